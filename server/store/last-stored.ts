import { sql, type Kysely } from 'kysely';
import { type Database, type Instant } from './schema.js';

/** Of the rows that are newest by their own clock, how many are looked at: what arrives late is stored out of order. */
const LOOKED_AT = 20;

/**
 * When something was last stored, an execution, its end or another event. That a server began says nothing of pages.
 * @param username whose; null for anyone's
 * @returns null when there is nothing
 */
export async function lastStored(db: Kysely<Database>, username: string | null): Promise<Instant | null> {
  const whose = username === null ? sql`true` : sql`username = ${username}`;
  const { rows } = await sql<{ at: Instant | null }>`
    SELECT max(at) AS at FROM (
      (SELECT greatest(stored_at, completed_at) AS at FROM code_execution_logs
        WHERE ${whose} ORDER BY timestamp DESC LIMIT ${LOOKED_AT})
      UNION ALL
      (SELECT stored_at FROM audit_events
        WHERE ${whose} AND type NOT IN ('server.started', 'server.stopped') ORDER BY observed_at DESC LIMIT ${LOOKED_AT})
    ) AS newest`.execute(db);
  return rows[0]?.at ?? null;
}
