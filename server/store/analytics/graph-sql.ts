import { FAILED_STATUSES } from '@celltrail/protocol';

/** What figures are asked of. */
export interface Scope {
  /** instants: from, and up to but without */
  begins: string;
  ends: string;
  /** IANA zone of days and hours */
  tz: string;
  /** whose; null for everyone's */
  username: string | null;
  /** null for every notebook's */
  notebook: string | null;
}

/** How long the steps of a graph over time are. */
export type Step = 'hour' | 'day';

const FAILED = FAILED_STATUSES.map(status => `'${status}'`).join(', ');

// Texts that an admin can paste into psql: what the graphs say, counted from the rows themselves. Answers come from the
// rollups, and the tests compare the two.

/** Figures of a group of rows: counts, and milliseconds. */
const DURATIONS = `count(*) AS executions,
       count(*) FILTER (WHERE status IN (${FAILED})) AS errors,
       count(*) FILTER (WHERE status = 'success')::float8
         / nullif(count(*) FILTER (WHERE status IN ('success', ${FAILED})), 0) AS success_rate,
       avg(execution_time_ms) AS average_ms,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY execution_time_ms) AS median_ms,
       percentile_cont(0.95) WITHIN GROUP (ORDER BY execution_time_ms) AS p95_ms,
       percentile_cont(0.99) WITHIN GROUP (ORDER BY execution_time_ms) AS p99_ms`;

/** All together, how many people and how many notebooks. */
export function totalsSql(scope: Scope): string {
  return `SELECT ${DURATIONS},
       count(DISTINCT username) AS people, count(DISTINCT notebook_path) AS notebooks
  FROM code_execution_logs
 WHERE ${within(scope)}`;
}

/** One row per person or notebook, the busiest first. */
export function groupSql(scope: Scope, column: 'username' | 'notebook_path', limit: number): string {
  return `SELECT ${column},
       ${DURATIONS}
  FROM code_execution_logs
 WHERE ${within(scope)}
 GROUP BY ${column} ORDER BY executions DESC, ${column} LIMIT ${limit}`;
}

/** One row per step, also where nothing ran. */
export function overTimeSql(scope: Scope, step: Step): string {
  return `SELECT step.at, coalesce(executions, 0) AS executions, coalesce(errors, 0) AS errors,
       errors::float8 / nullif(ended, 0) AS error_rate
  FROM ${steps(scope, step)}
  LEFT JOIN (
    SELECT ${stepOf('timestamp', scope, step)} AS at, count(*) AS executions,
           count(*) FILTER (WHERE status IN (${FAILED})) AS errors,
           count(*) FILTER (WHERE status IN ('success', ${FAILED})) AS ended
      FROM code_execution_logs
     WHERE ${within(scope)}
     GROUP BY 1) AS ran ON ran.at = step.at
 ORDER BY step.at`;
}

/** Hours of the week in which something ran. */
export function heatSql(scope: Scope): string {
  return `SELECT extract(isodow FROM timestamp AT TIME ZONE ${text(scope.tz)})::int AS weekday,
       extract(hour FROM timestamp AT TIME ZONE ${text(scope.tz)})::int AS hour,
       count(*) AS executions, count(*) FILTER (WHERE status IN (${FAILED})) AS errors
  FROM code_execution_logs
 WHERE ${within(scope)}
 GROUP BY 1, 2 ORDER BY 1, 2`;
}

/** The slowest ones. @param thresholdMs and no quicker */
export function slowSql(scope: Scope, thresholdMs: number, limit: number): string {
  return `SELECT id, username, timestamp, notebook_path, cell_number, left(code, 200) AS code_preview, status,
       execution_time_ms
  FROM code_execution_logs
 WHERE execution_time_ms >= ${thresholdMs} AND ${within(scope)}
 ORDER BY execution_time_ms DESC, id LIMIT ${limit}`;
}

/** Errors by name, the most frequent first. */
export function errorsSql(scope: Scope, limit: number): string {
  return `SELECT coalesce(error_name, split_part(error_message, ':', 1)) AS error_name, count(*) AS executions,
       count(DISTINCT username) AS people, max(timestamp) AS last_at,
       (array_agg(id ORDER BY timestamp DESC, id))[1] AS example_id,
       (array_agg(left(error_message, 500) ORDER BY timestamp DESC, id))[1] AS example_message
  FROM code_execution_logs
 WHERE coalesce(error_name, error_message) IS NOT NULL AND ${within(scope)}
 GROUP BY 1 ORDER BY executions DESC, error_name LIMIT ${limit}`;
}

/** Waiting between request and beginning, per step in which something waited. */
export function queueSql(scope: Scope, step: Step): string {
  return `SELECT ${stepOf('timestamp', scope, step)} AS at, count(*) AS executions, avg(queued_ms) AS average_ms,
       percentile_cont(0.95) WITHIN GROUP (ORDER BY queued_ms) AS p95_ms, max(queued_ms) AS longest_ms
  FROM code_execution_logs
 WHERE queued_ms IS NOT NULL AND ${within(scope)}
 GROUP BY 1 ORDER BY 1`;
}

/** Of a graph over time, a row per step. */
export function steps({ begins, ends, tz }: Scope, step: Step): string {
  if (step === 'hour')
    return `generate_series(${text(begins)}::timestamptz, ${text(ends)}::timestamptz - interval '1 second', '1 hour') AS step (at)`;
  return `(SELECT day AT TIME ZONE ${text(tz)} AS at
          FROM generate_series(${text(begins)}::timestamptz AT TIME ZONE ${text(tz)},
                               ${text(ends)}::timestamptz AT TIME ZONE ${text(tz)} - interval '1 hour', '1 day') AS day) AS step`;
}

/** The step that an instant lies in. */
export function stepOf(column: string, { tz }: Scope, step: Step): string {
  return `date_trunc('${step}', ${column}, ${text(tz)})`;
}

function within({ begins, ends, username, notebook }: Scope): string {
  const conditions = [`timestamp >= ${text(begins)}`, `timestamp < ${text(ends)}`];
  if (username !== null) conditions.push(`username = ${text(username)}`);
  if (notebook !== null) conditions.push(`notebook_path = ${text(notebook)}`);
  return conditions.join(' AND ');
}

/** A text as SQL writes it. With `standard_conforming_strings`, the default since Postgres 9.1, `\` is no escape. */
function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
