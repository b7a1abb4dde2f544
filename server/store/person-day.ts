import { sql, type Kysely } from 'kysely';
import { FAILED_STATUSES, type ExecutionStatus } from '@celltrail/protocol';
import { type Database, type Instant } from './schema.js';

/** What a person ran on a day. */
export interface DayRun {
  id: string;
  timestamp: Instant;
  /** of the day, in the database's zone */
  hour: number;
  status: ExecutionStatus;
  error_name: string | null;
  notebook_path: string | null;
  kernel_id: string;
}

/** What a person ran in one hour of one day. */
export interface HabitHour {
  /** YYYY-MM-DD in the database's zone */
  day: string;
  hour: number;
  executions: number;
  errors: number;
}

/** Runs of a day that are looked at: the first ones; who runs more is found by the volume. */
const MOST_RUNS = 20_000;
/** Days that a habit is known from. */
export const HISTORY_DAYS = 60;

/** What a person ran in a time, in its order, without its code. */
export async function runsOf(
  db: Kysely<Database>,
  username: string,
  { begins, ends }: { begins: Instant; ends: Instant }
): Promise<DayRun[]> {
  const { rows } = await sql<DayRun>`
    SELECT id, timestamp, extract(hour FROM timestamp)::int AS hour, status, error_name, notebook_path, kernel_id
      FROM code_execution_logs
     WHERE username = ${username} AND timestamp >= ${begins}::timestamptz AND timestamp < ${ends}::timestamptz
     ORDER BY timestamp, id LIMIT ${MOST_RUNS}`.execute(db);
  return rows;
}

/** The codes of executions. @param length UTF-16 code units, at most, of each */
export async function codesOf(
  db: Kysely<Database>,
  ids: readonly string[],
  length: number
): Promise<{ id: string; code: string }[]> {
  const { rows } = await sql<{ id: string; code: string }>`
    SELECT id, left(code, ${length}) AS code FROM code_execution_logs WHERE id = ANY(${sql.val([...ids])}::uuid[])`.execute(
    db
  );
  return rows;
}

/** What a person ran in each hour of the days before, from the rollups. */
export async function habitsOf(db: Kysely<Database>, username: string, before: Instant): Promise<HabitHour[]> {
  const { rows } = await sql<HabitHour>`
    SELECT to_char(bucket, 'YYYY-MM-DD') AS day, extract(hour FROM bucket)::int AS hour, sum(executions)::float8 AS executions,
           coalesce(sum(executions) FILTER (WHERE status = ANY(${sql.val([...FAILED_STATUSES])})), 0)::float8 AS errors
      FROM execution_rollups
     WHERE username = ${username} AND executions > 0 AND status <> 'aborted' AND bucket < ${before}::timestamptz
       AND bucket >= ${before}::timestamptz - make_interval(days => ${HISTORY_DAYS}::integer)
     GROUP BY 1, 2`.execute(db);
  return rows;
}
