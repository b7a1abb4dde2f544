import { sql, type Kysely } from 'kysely';
import { holdCursor, isBeyond, reachedBy, type Reached } from '../follow-cursor.js';
import { type Database } from '../schema.js';

const NAME = 'search';

/** How far the index of search has come, to ask for what is beyond it. */
export function searchReached(db: Kysely<Database>): Promise<Reached> {
  return reachedBy(db, NAME);
}

/**
 * Takes the next executions into the index of search. One server does it at a time; another one finds the cursor taken.
 * @param lagMs commits younger than that are left for later: a transaction that began before them may still commit
 * @returns how many were taken in; null where another server is at it
 */
export async function feedSearch(db: Kysely<Database>, lagMs: number, batch: number): Promise<number | null> {
  return db.transaction().execute(async tx => {
    if (!(await holdCursor(tx, NAME))) return null;
    const reached = await reachedBy(tx, NAME);
    const { rows } = await sql<{ taken: number }>`
      WITH fresh AS MATERIALIZED (
        SELECT l.id, l.timestamp, coalesce(l.completed_at, l.stored_at) AS changed_at, celltrail_search_text(l.code) AS text
          FROM code_execution_logs l
         WHERE ${isBeyond(reached)}
           AND coalesce(l.completed_at, l.stored_at) < now() - make_interval(secs => ${lagMs / 1000}::float8)
         ORDER BY coalesce(l.completed_at, l.stored_at), l.id LIMIT ${batch}),
      hashed AS MATERIALIZED (
        SELECT *, encode(substr(sha256(convert_to(text, 'UTF8')), 1, 16), 'hex')::uuid AS text_id FROM fresh),
      texts AS (
        INSERT INTO search_texts SELECT DISTINCT ON (text_id) text_id, text FROM hashed ORDER BY text_id
        ON CONFLICT (id) DO NOTHING),
      links AS (
        INSERT INTO search_links AS k (id, text_id, timestamp) SELECT id, text_id, timestamp FROM hashed
        ON CONFLICT (id) DO UPDATE SET timestamp = excluded.timestamp WHERE k.timestamp <> excluded.timestamp),
      moved AS (
        UPDATE follow_cursors c SET changed_at = last.changed_at, id = last.id
          FROM (SELECT changed_at, id FROM hashed ORDER BY changed_at DESC, id DESC LIMIT 1) AS last
         WHERE c.name = ${NAME})
      SELECT count(*) AS taken FROM hashed`.execute(tx);
    return rows[0]!.taken;
  });
}
