import { sql, type Kysely, type RawBuilder } from 'kysely';
import { type Analytics } from '@celltrail/protocol';
import { isBeyond, reachedBy, type Reached } from '../follow-cursor.js';
import { type Database } from '../schema.js';
import { NAME } from './feed.js';
import { type Scope } from './graph-sql.js';

type SlowRow = Analytics['slow']['rows'][number];
type ErrorRow = Analytics['frequent_errors']['rows'][number];

/**
 * The slowest executions, of those that took a second and more, and how many took as long as asked.
 * @param thresholdMs a second at least
 */
export async function slowest(
  db: Kysely<Database>,
  scope: Scope,
  thresholdMs: number,
  limit: number
): Promise<{ rows: SlowRow[]; executions: number }> {
  const { rows } = await sql<SlowRow & { all_of_them: number }>`
    WITH ${notable(scope, await reachedBy(db, NAME), sql`execution_time_ms >= ${thresholdMs}::float8`)},
    page AS (SELECT id FROM notable ORDER BY execution_time_ms DESC, id LIMIT ${limit})
    SELECT (SELECT count(*) FROM notable) AS all_of_them, l.id, l.username, l.timestamp, l.notebook_path, l.cell_number,
           left(l.code, 200) AS code_preview, l.status, l.execution_time_ms
      FROM page JOIN code_execution_logs l ON l.id = page.id ORDER BY l.execution_time_ms DESC, l.id`.execute(db);
  return { rows: rows.map(shown), executions: rows[0]?.all_of_them ?? 0 };
}

/** A row without the fact that comes with it. */
function shown({
  id,
  username,
  timestamp,
  notebook_path,
  cell_number,
  code_preview,
  status,
  execution_time_ms
}: SlowRow): SlowRow {
  return { id, username, timestamp, notebook_path, cell_number, code_preview, status, execution_time_ms };
}

/** Errors by name, the most frequent first. */
export async function errorsByName(db: Kysely<Database>, scope: Scope, limit: number): Promise<ErrorRow[]> {
  const { rows } = await sql<ErrorRow>`
    WITH ${notable(scope, await reachedBy(db, NAME), sql`error_name IS NOT NULL`)},
    of_people AS (
      SELECT error_name, username, count(*) AS executions, max(timestamp) AS last_at FROM notable GROUP BY 1, 2),
    named AS (
      SELECT error_name, sum(executions)::bigint AS executions, count(*) AS people, max(last_at) AS last_at
        FROM of_people GROUP BY 1 ORDER BY executions DESC, error_name LIMIT ${limit}),
    -- Of all names in one go: a look for each goes through everything again.
    example AS (
      SELECT DISTINCT ON (n.error_name) n.error_name, n.id
        FROM notable n JOIN named ON named.error_name = n.error_name AND named.last_at = n.timestamp
       ORDER BY n.error_name, n.id)
    SELECT named.error_name, named.executions, named.people, named.last_at, l.id AS example_id,
           left(l.error_message, 500) AS example_message
      FROM named
      JOIN example USING (error_name)
      JOIN code_execution_logs l ON l.id = example.id
     ORDER BY named.executions DESC, named.error_name`.execute(db);
  return rows;
}

/** `notable`: those kept apart, and of the rows that the follower has not reached those like them, as they are now. */
function notable(scope: Scope, reached: Reached, are: RawBuilder<unknown>): RawBuilder<unknown> {
  const asked = sql`timestamp >= ${scope.begins}::timestamptz AND timestamp < ${scope.ends}::timestamptz
     AND (${scope.username}::text IS NULL OR username = ${scope.username})
     AND (${scope.notebook}::text IS NULL OR notebook_path = ${scope.notebook}) AND ${are}`;
  return sql`
    late AS MATERIALIZED (
      SELECT l.id, l.timestamp, l.username, l.notebook_path, l.execution_time_ms,
             coalesce(error_name, split_part(error_message, ':', 1)) AS error_name
        FROM code_execution_logs l
       WHERE ${isBeyond(reached)}),
    notable AS MATERIALIZED (
      SELECT * FROM analytics_notable n WHERE ${asked} AND NOT EXISTS (SELECT FROM late WHERE late.id = n.id)
      UNION ALL
      SELECT * FROM late WHERE ${asked})`;
}
