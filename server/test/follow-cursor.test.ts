import { sql } from 'kysely';
import { isBeyond, reachedBy } from '../store/follow-cursor.js';
import { databases } from './databases.js';

for (const database of databases)
  describe(`what follows the record on ${database.name}`, () => {
    it('enters the index of changes where it has come to, so that what it costs does not grow with the record', async () => {
      const fresh = await database.fresh();
      const { db } = await fresh.store();
      const plan = await db.transaction().execute(async tx => {
        await sql`SET LOCAL enable_seqscan = off`.execute(tx);
        const reached = await reachedBy(tx, 'search');
        const { rows } = await sql<{ 'QUERY PLAN': string }>`
          EXPLAIN SELECT FROM code_execution_logs l WHERE ${isBeyond(reached)}
           ORDER BY coalesce(l.completed_at, l.stored_at), l.id LIMIT 10`.execute(tx);
        return rows.map(row => row['QUERY PLAN']).join('\n');
      });
      const scans = plan.match(/Index (Only )?Scan using code_execution_logs_\S*/g)!;
      expect(scans.length).toBeGreaterThan(3);
      expect(plan.match(/Index Cond: \(ROW\(COALESCE/g)).toHaveLength(scans.length);
      await fresh.drop();
    });
  });
