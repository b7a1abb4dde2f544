import { sql, type Kysely, type RawBuilder } from 'kysely';
import { type Database } from '../schema.js';
import { rowConditions, type Search } from './conditions.js';
import { indexedMatches, isIndexed, MOST_INDEXED, walkedMatches } from './matches.js';

/** How often a value stands in what was found. */
export interface FacetRow {
  facet: 'all' | 'status' | 'user' | 'notebook' | 'client';
  value: string | null;
  count: number;
}

/**
 * How the matches of a search are spread: all of them where the newest rows are all, or where they are rare enough to be
 * looked up; else those among the newest rows.
 * @param walk newest rows that are looked at
 * @param values of each facet, the most frequent first
 */
export async function facetCounts(
  db: Kysely<Database>,
  search: Search,
  walk: number,
  values: number
): Promise<{ rows: FacetRow[]; exact: boolean }> {
  const walked = await count(
    db,
    walkedMatches(search, sql`true`, walk),
    sql`matched`,
    sql`(SELECT count(*) FROM walked) < ${walk}`,
    sql`true`,
    values
  );
  if (walked.exact || !isIndexed(search)) return walked;
  const few = sql`(SELECT count(*) FROM found) <= ${MOST_INDEXED}`;
  const found = await count(
    db,
    indexedMatches(search),
    sql`found`,
    few,
    sql`${few} AND ${rowConditions(search)}`,
    values
  );
  return found.exact ? found : walked;
}

async function count(
  db: Kysely<Database>,
  matches: RawBuilder<unknown>,
  from: RawBuilder<unknown>,
  exact: RawBuilder<unknown>,
  are: RawBuilder<unknown>,
  values: number
): Promise<{ rows: FacetRow[]; exact: boolean }> {
  const { rows } = await sql<FacetRow & { exact: boolean }>`
    WITH ${matches},
    spread AS MATERIALIZED (
      SELECT l.status, l.username, l.notebook_path, l.client
        FROM ${from} AS m JOIN code_execution_logs l ON l.id = m.id WHERE ${are}),
    counted AS (
      SELECT CASE WHEN GROUPING(status) = 0 THEN 'status' WHEN GROUPING(username) = 0 THEN 'user'
                  WHEN GROUPING(notebook_path) = 0 THEN 'notebook' WHEN GROUPING(client) = 0 THEN 'client' ELSE 'all' END AS facet,
             coalesce(status, username, notebook_path, client) AS value, count(*) AS count
        FROM spread GROUP BY GROUPING SETS ((), (status), (username), (notebook_path), (client)))
    SELECT facet, value, count, ${exact} AS exact FROM (
      SELECT *, row_number() OVER (PARTITION BY facet ORDER BY count DESC, value) AS place FROM counted) AS placed
     WHERE place <= ${values} ORDER BY facet, place`.execute(db);
  return { rows: rows.map(({ facet, value, count }) => ({ facet, value, count })), exact: rows[0]?.exact ?? true };
}
