import { sql, type Kysely } from 'kysely';
import { type Database, type Instant } from './schema.js';

/** From an instant up to another, which is not in it. */
export interface Range {
  begins: Instant;
  ends: Instant;
}

/**
 * Whole days of a time zone; one may be 23 or 25 hours long.
 * @param from @param to YYYY-MM-DD, both included; null for the day of `now`
 * @param tz IANA name; null for the database's zone
 * @throws DatabaseError 22023 for a zone that this Postgres does not know
 */
export async function dayRange(
  db: Kysely<Database>,
  from: string | null,
  to: string | null,
  tz: string | null,
  now: Date
): Promise<Range> {
  const { rows } = await sql<Range>`
    WITH zone AS (SELECT coalesce(${tz}::text, current_setting('TimeZone')) AS name),
         today AS (SELECT (${now.toISOString()}::timestamptz AT TIME ZONE name)::date AS date, name FROM zone)
    SELECT coalesce(${from}::date, date)::timestamp AT TIME ZONE name AS begins,
           (coalesce(${to}::date, date) + 1)::timestamp AT TIME ZONE name AS ends
      FROM today`.execute(db);
  return rows[0]!;
}

/**
 * The same with the name of the zone, for figures of a week and more.
 * @param from null: so many days before `to` as `before` says
 */
export async function zonedDays(
  db: Kysely<Database>,
  from: string | null,
  to: string | null,
  tz: string | null,
  now: Date,
  before = 6
): Promise<Range & { tz: string }> {
  const { rows } = await sql<Range & { tz: string }>`
    WITH zone AS (SELECT coalesce(${tz}::text, current_setting('TimeZone')) AS name),
         last AS (SELECT coalesce(${to}::date, (${now.toISOString()}::timestamptz AT TIME ZONE name)::date) AS day, name FROM zone)
    SELECT coalesce(${from}::date, day - ${before}::integer)::timestamp AT TIME ZONE name AS begins,
           (day + 1)::timestamp AT TIME ZONE name AS ends, name AS tz
      FROM last`.execute(db);
  return rows[0]!;
}
