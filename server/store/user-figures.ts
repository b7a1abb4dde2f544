import { sql, type Kysely } from 'kysely';
import { type ExecutionStatus } from '@celltrail/protocol';
import { type Database } from './schema.js';

/** How many executions of one status a person has. */
export interface StatusFigure {
  status: ExecutionStatus;
  total: number;
  /** of those, what began today */
  today: number;
}

/**
 * A person's executions by status, from the rollups: what it costs does not grow with what they ran in a quarter of
 * an hour. Their buckets of 15 minutes fit every zone that is in use, so a day is a whole number of them; it may be
 * 23 or 25 hours long.
 * @param tz IANA name of the zone whose day is "today"; null for the database's
 * @throws DatabaseError 22023 for a zone that this Postgres does not know
 */
export async function userFigures(
  db: Kysely<Database>,
  username: string,
  tz: string | null,
  now: Date
): Promise<StatusFigure[]> {
  const { rows } = await sql<StatusFigure>`
    WITH zone AS (SELECT coalesce(${tz}::text, current_setting('TimeZone')) AS name),
         today AS (SELECT date_trunc('day', ${now.toISOString()}::timestamptz AT TIME ZONE name) AS midnight, name
                     FROM zone),
         day AS (SELECT midnight AT TIME ZONE name AS begins, (midnight + interval '1 day') AT TIME ZONE name AS ends
                   FROM today)
    SELECT status, sum(executions)::float8 AS total,
           coalesce(sum(executions) FILTER (WHERE bucket >= begins AND bucket < ends), 0)::float8 AS today
      FROM execution_rollups, day
     WHERE username = ${username}
     GROUP BY status`.execute(db);
  return rows;
}
