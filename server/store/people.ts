import { sql, type Kysely, type RawBuilder } from 'kysely';
import { FAILED_STATUSES, type ExecutionStatus } from '@celltrail/protocol';
import { isFarBehind, lateChanges } from './analytics/rolled.js';
import { type Database, type Instant } from './schema.js';

/** A person's figures over all time. */
export interface PersonFigures {
  username: string;
  executions: number;
  errors: number;
  /** runs whose end was seen: what an error rate is of */
  ended: number;
  /** when their last run began; null for somebody who only has a page open */
  last_active: Instant | null;
}

/** Where the next page of people begins: after this one. */
export interface PersonPlace {
  /** null: never active */
  last_active: Instant | null;
  username: string;
}

const NEVER = '-infinity';
const FAILED = sql.join(FAILED_STATUSES.map(status => sql.lit(status)));

/** Rows that the figures of analytics may lack, for everyone's to be told from them. */
const MOST_LATE = 100_000;

/**
 * People, the latest active first: everyone who ran something or had a page open. Everyone's figures come from the days
 * that analytics keep with what those have not reached yet, one person's from the rollups; both are exact. When they
 * were last active comes from the newest run of each.
 * @param username of one person alone; null for everyone
 */
export async function peopleFigures(
  db: Kysely<Database>,
  username: string | null,
  after: PersonPlace | null,
  limit: number | null
): Promise<PersonFigures[]> {
  if (username !== null) return figuresOf(db, sumsByQuarters(username), username, after, limit);
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async tx => {
      const sums = (await isFarBehind(tx, MOST_LATE)) ? sumsByQuarters(null) : await sumsByDays(tx);
      return figuresOf(tx, sums, null, after, limit);
    });
}

async function figuresOf(
  db: Kysely<Database>,
  sums: RawBuilder<unknown>,
  username: string | null,
  after: PersonPlace | null,
  limit: number | null
): Promise<PersonFigures[]> {
  const last = after?.last_active ?? NEVER;
  const beyond = after
    ? sql`WHERE coalesce(last_active, '-infinity') < ${last}::timestamptz
             OR (coalesce(last_active, '-infinity') = ${last}::timestamptz AND username > ${after.username})`
    : sql``;
  const { rows } = await sql<PersonFigures>`
    WITH known AS (
      ${sums}
      UNION ALL
      SELECT DISTINCT username, 0, 0, 0 FROM page_presence WHERE ${username}::text IS NULL OR username = ${username}),
    people AS (
      SELECT username, sum(executions)::float8 AS executions, coalesce(sum(errors), 0)::float8 AS errors,
             coalesce(sum(ended), 0)::float8 AS ended
        FROM known GROUP BY username),
    active AS (
      SELECT people.*, newest.timestamp AS last_active FROM people LEFT JOIN LATERAL (
        SELECT timestamp FROM code_execution_logs AS e WHERE e.username = people.username
         ORDER BY timestamp DESC LIMIT 1) AS newest ON true)
    SELECT * FROM active ${beyond}
     ORDER BY last_active DESC NULLS LAST, username LIMIT ${limit}`.execute(db);
  return rows;
}

/** Executions, errors and ended ones per person, from the rollups. */
const sumsByQuarters = (username: string | null): RawBuilder<unknown> => sql`
  SELECT username, sum(executions) AS executions,
         sum(executions) FILTER (WHERE status IN (${FAILED})) AS errors,
         sum(executions) FILTER (WHERE status = 'success' OR status IN (${FAILED})) AS ended
    FROM execution_rollups WHERE ${username}::text IS NULL OR username = ${username} GROUP BY username`;

/** The same of everyone, from the figures of analytics. */
const sumsByDays = async (db: Kysely<Database>): Promise<RawBuilder<unknown>> => sql`
  SELECT username, sum(executions) AS executions, sum(failed) AS errors, sum(succeeded + failed) AS ended
    FROM analytics_rollups WHERE kind = 'user' GROUP BY username
  UNION ALL
  SELECT username, sum(sign), sum(sign) FILTER (WHERE status IN (${FAILED})),
         sum(sign) FILTER (WHERE status = 'success' OR status IN (${FAILED}))
    FROM (${await lateChanges(db)}) AS late GROUP BY username`;

/** Executions of one day of one person. */
export interface DayFigure {
  username: string;
  /** 0 for the first of the days, today is the last */
  day: number;
  executions: number;
}

/** Executions per day. @param days how many, today the last @param tz IANA zone of the days; null for the database's */
export async function dailyFigures(
  db: Kysely<Database>,
  usernames: readonly string[],
  days: number,
  tz: string | null,
  now: Date
): Promise<DayFigure[]> {
  const { rows } = await sql<DayFigure>`
    WITH zone AS (SELECT coalesce(${tz}::text, current_setting('TimeZone')) AS name),
         span AS (SELECT (${now.toISOString()}::timestamptz AT TIME ZONE name)::date - ${days - 1}::int AS first, name
                    FROM zone)
    SELECT username, ((bucket AT TIME ZONE name)::date - first)::float8 AS day, sum(executions)::float8 AS executions
      FROM execution_rollups, span
     WHERE username = ANY(${sql.val([...usernames])}::text[]) AND bucket >= first::timestamp AT TIME ZONE name
       AND (bucket AT TIME ZONE name)::date < first + ${days}::int
     GROUP BY 1, 2`.execute(db);
  return rows;
}

/** A person's executions by hour and ISO weekday. */
export async function hourFigures(
  db: Kysely<Database>,
  username: string,
  days: number,
  tz: string | null,
  now: Date
): Promise<{ weekday: number; hour: number; executions: number }[]> {
  const { rows } = await sql<{ weekday: number; hour: number; executions: number }>`
    WITH zone AS (SELECT coalesce(${tz}::text, current_setting('TimeZone')) AS name)
    SELECT extract(isodow FROM bucket AT TIME ZONE name)::float8 AS weekday,
           extract(hour FROM bucket AT TIME ZONE name)::float8 AS hour, sum(executions)::float8 AS executions
      FROM execution_rollups, zone
     WHERE username = ${username} AND bucket > ${now.toISOString()}::timestamptz - make_interval(days => ${days}::int)
     GROUP BY 1, 2 HAVING sum(executions) > 0 ORDER BY 1, 2`.execute(db);
  return rows;
}

/** A person's executions by status, those they have any of. */
export async function statusFigures(
  db: Kysely<Database>,
  username: string
): Promise<{ status: ExecutionStatus; executions: number }[]> {
  const { rows } = await sql<{ status: ExecutionStatus; executions: number }>`
    SELECT status, sum(executions)::float8 AS executions FROM execution_rollups WHERE username = ${username}
     GROUP BY status HAVING sum(executions) > 0 ORDER BY executions DESC, status`.execute(db);
  return rows;
}
