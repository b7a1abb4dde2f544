import { sql, type Kysely } from 'kysely';
import { type Database, type Instant } from './schema.js';

/** Events in a row that a page numbered and that did not arrive. */
export interface PageHole {
  page_id: string;
  username: string;
  missing_from: number;
  missing_to: number;
  missing: number;
  /** since when the first of the page's missing events is known to be missing */
  since: Instant;
  /** how many events its browser last said are waiting */
  waiting: number;
}

/**
 * What pages lost, the latest first. Costs what there are pages with holes: `page_sequences_hole_since` holds no others.
 * @param username whose pages; null for everyone's
 */
export async function pageHoles(db: Kysely<Database>, username: string | null, limit: number): Promise<PageHole[]> {
  const { rows } = await sql<PageHole>`
    SELECT page_id, username, missing_from::float8, missing_to::float8, missing::float8, since, waiting::float8
      FROM page_holes WHERE ${username}::text IS NULL OR username = ${username}
     ORDER BY since DESC, page_id, missing_from LIMIT ${limit}`.execute(db);
  return rows;
}

/** How many pages have holes, and how many events that are. @param username whose; null for everyone's */
export async function holeFigures(
  db: Kysely<Database>,
  username: string | null
): Promise<{ pages: number; missing: number; waiting: number }> {
  const { rows } = await sql<{ pages: number; missing: number; waiting: number }>`
    SELECT count(*)::float8 AS pages, coalesce(sum(missing), 0)::float8 AS missing,
           coalesce(max(waiting), 0)::float8 AS waiting
      FROM (SELECT page_id, sum(missing) AS missing, max(waiting) AS waiting FROM page_holes
             WHERE ${username}::text IS NULL OR username = ${username} GROUP BY page_id) AS page`.execute(db);
  return rows[0]!;
}
