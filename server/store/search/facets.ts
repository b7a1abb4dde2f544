import { sql, type Kysely, type RawBuilder } from 'kysely';
import { type Database } from '../schema.js';
import { type Search } from './conditions.js';
import { searchReached } from './feed.js';
import { indexedMatches, isIndexed, MOST_INDEXED, walkedMatches } from './matches.js';

/** How often a value stands in what was found. */
export interface FacetRow {
  facet: 'all' | 'status' | 'user' | 'notebook' | 'client';
  value: string | null;
  count: number;
}

/**
 * How the matches of a search are spread: all of them where they are rare enough to be looked up, or where no more than
 * `look` rows come into question; else those among the newest of these.
 * @param look rows that are looked at
 * @param values of each facet, the most frequent first
 */
export async function facetCounts(
  db: Kysely<Database>,
  search: Search,
  look: number,
  values: number
): Promise<{ rows: FacetRow[]; exact: boolean }> {
  if (isIndexed(search)) {
    const few = sql`(SELECT count(*) FROM found) <= ${MOST_INDEXED}`;
    const found = await count(db, indexedMatches(search, await searchReached(db)), few, values);
    if (found.exact) return found;
  }
  return count(db, walkedMatches(search, sql`true`, look), sql`(SELECT count(*) FROM looked) < ${look}`, values);
}

async function count(
  db: Kysely<Database>,
  matches: RawBuilder<unknown>,
  exact: RawBuilder<unknown>,
  values: number
): Promise<{ rows: FacetRow[]; exact: boolean }> {
  const { rows } = await sql<FacetRow & { exact: boolean }>`
    WITH ${matches},
    counted AS (
      SELECT CASE WHEN GROUPING(status) = 0 THEN 'status' WHEN GROUPING(username) = 0 THEN 'user'
                  WHEN GROUPING(notebook_path) = 0 THEN 'notebook' WHEN GROUPING(client) = 0 THEN 'client' ELSE 'all' END AS facet,
             coalesce(status, username, notebook_path, client) AS value, count(*) AS count
        FROM matched GROUP BY GROUPING SETS ((), (status), (username), (notebook_path), (client)))
    SELECT facet, value, count, ${exact} AS exact FROM (
      SELECT *, row_number() OVER (PARTITION BY facet ORDER BY count DESC, value) AS place FROM counted) AS placed
     WHERE place <= ${values} ORDER BY facet, place`.execute(db);
  return { rows: rows.map(({ facet, value, count }) => ({ facet, value, count })), exact: rows[0]?.exact ?? true };
}
