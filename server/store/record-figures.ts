import { sql, type Kysely } from 'kysely';
import { PAGE_OPEN_S } from './pages.js';
import { type Database } from './schema.js';

/** How the pages of everyone stand. */
export interface RecordFigures {
  /** pages that said something within the last two minutes, by whether they record */
  recording: number;
  off: number;
  /** events that browsers said wait there */
  waiting: number;
  /** events that browsers keep because they were refused */
  refused: number;
  /** events that pages numbered and that have not arrived */
  missing: number;
}

/**
 * What `/metrics` tells of the record, in one question. Pages of one browser share an outbox, so what it holds is the
 * latest word of each browser of each person within a week, as on the health screen.
 */
export async function recordFigures(db: Kysely<Database>): Promise<RecordFigures> {
  const { rows } = await sql<RecordFigures>`
    WITH recent AS (
      SELECT username, browser_id, capturing, waiting, refused, last_seen,
             last_seen > now() - make_interval(secs => ${PAGE_OPEN_S}) AS open
        FROM page_presence WHERE last_seen > now() - interval '7 days'
    ), latest AS (
      SELECT DISTINCT ON (username, browser_id) waiting, refused FROM recent
       ORDER BY username, browser_id, last_seen DESC
    )
    SELECT (SELECT count(*)::float8 FROM recent WHERE open AND capturing) AS recording,
           (SELECT count(*)::float8 FROM recent WHERE open AND NOT capturing) AS off,
           (SELECT coalesce(sum(waiting), 0)::float8 FROM latest) AS waiting,
           (SELECT coalesce(sum(refused), 0)::float8 FROM latest) AS refused,
           (SELECT coalesce(sum(missing), 0)::float8 FROM page_holes) AS missing`.execute(db);
  return rows[0]!;
}
