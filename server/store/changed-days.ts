import { sql, type Kysely } from 'kysely';
import { holdCursor, isBeyond, reachedBy } from './follow-cursor.js';
import { type Database, type Instant } from './schema.js';

/** A person's day, in the database's zone, in which something changed. */
export interface ChangedDay {
  username: string;
  begins: Instant;
  ends: Instant;
}

/** How a follower reads on. */
export interface Pace {
  /** commits younger than that are left for later: a transaction that began before them may still commit */
  lagMs: number;
  /** executions at a time */
  batch: number;
}

/**
 * Holds a follower's cursor and hands out the days in which executions changed since; moves it on when `look` is done.
 * Where that fails, nothing of it stays and the cursor does not move.
 * @param name of the follower
 * @param look what to do with the days, in the transaction that moves the cursor
 * @returns how many executions were behind it; null where another server is at it
 */
export async function followDays(
  db: Kysely<Database>,
  name: string,
  { lagMs, batch }: Pace,
  look: (tx: Kysely<Database>, days: ChangedDay[]) => Promise<void>
): Promise<number | null> {
  return db.transaction().execute(async tx => {
    if (!(await holdCursor(tx, name))) return null;
    const reached = await reachedBy(tx, name);
    const { rows } = await sql<ChangedDay & { taken: number; last_at: Instant; last_id: string }>`
      WITH fresh AS MATERIALIZED (
        SELECT l.id, coalesce(l.completed_at, l.stored_at) AS changed_at, l.username, date_trunc('day', l.timestamp) AS day
          FROM code_execution_logs l
         WHERE ${isBeyond(reached)}
           AND coalesce(l.completed_at, l.stored_at) < now() - make_interval(secs => ${lagMs / 1000}::float8)
         ORDER BY coalesce(l.completed_at, l.stored_at), l.id LIMIT ${batch}),
      last AS (SELECT changed_at, id FROM fresh ORDER BY changed_at DESC, id DESC LIMIT 1)
      SELECT username, day AS begins, day + interval '1 day' AS ends, (SELECT count(*) FROM fresh) AS taken,
             (SELECT changed_at FROM last) AS last_at, (SELECT id FROM last) AS last_id
        FROM fresh GROUP BY username, day ORDER BY day, username`.execute(tx);
    const [first] = rows;
    if (!first) return 0;
    await look(
      tx,
      rows.map(({ username, begins, ends }) => ({ username, begins, ends }))
    );
    await sql`
      UPDATE follow_cursors SET changed_at = ${first.last_at}::timestamptz, id = ${first.last_id}::uuid
       WHERE name = ${name}`.execute(tx);
    return first.taken;
  });
}
