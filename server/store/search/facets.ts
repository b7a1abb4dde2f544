import { sql, type Kysely } from 'kysely';
import { type Database } from '../schema.js';
import { rowConditions, textConditions, type Search } from './conditions.js';
import { searchText } from './normal.js';

/** How often a value stands in what was found. */
export interface FacetRow {
  facet: 'all' | 'status' | 'user' | 'notebook' | 'client';
  value: string | null;
  count: number;
}

/**
 * How the newest matches of a search are spread.
 * @param most matches that are counted
 * @param values of each facet, the most frequent first
 */
export async function facetCounts(
  db: Kysely<Database>,
  search: Search,
  most: number,
  values: number
): Promise<FacetRow[]> {
  const { rows } = await sql<FacetRow>`
    WITH found AS MATERIALIZED (
      SELECT l.status, l.username, l.notebook_path, l.client FROM code_execution_logs l
       WHERE ${rowConditions(search)} AND ${textConditions(search.terms, searchText(sql`l.code`))}
       ORDER BY l.timestamp DESC, l.id DESC LIMIT ${most}),
    counted AS (
      SELECT CASE WHEN GROUPING(status) = 0 THEN 'status' WHEN GROUPING(username) = 0 THEN 'user'
                  WHEN GROUPING(notebook_path) = 0 THEN 'notebook' WHEN GROUPING(client) = 0 THEN 'client' ELSE 'all' END AS facet,
             coalesce(status, username, notebook_path, client) AS value, count(*) AS count
        FROM found GROUP BY GROUPING SETS ((), (status), (username), (notebook_path), (client)))
    SELECT facet, value, count FROM (
      SELECT *, row_number() OVER (PARTITION BY facet ORDER BY count DESC, value) AS place FROM counted) AS placed
     WHERE place <= ${values} ORDER BY facet, place`.execute(db);
  return rows;
}
