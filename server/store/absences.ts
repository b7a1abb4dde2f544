import { sql, type Kysely } from 'kysely';
import { type Absence } from '@celltrail/protocol';
import { type Range } from './day-range.js';
import { type Database } from './schema.js';

// audit_events_type_observed_at leads to these kinds in that time alone, however much else is on record.
const isAbsence = (username: string | null, { begins, ends }: Range) => sql`
  type IN ('capture.gap', 'capture.disabled', 'capture.enabled')
  AND observed_at >= ${begins}::timestamptz AND observed_at < ${ends}::timestamptz
  AND (${username}::text IS NULL OR username = ${username})`;

/** How often something was not recorded, by kind and reason. @param username whose; null for everyone's */
export async function absenceFigures(
  db: Kysely<Database>,
  username: string | null,
  range: Range
): Promise<Absence['figures']> {
  const { rows } = await sql<Absence['figures'][number]>`
    SELECT type, body->>'reason' AS reason, count(*)::float8 AS times,
           coalesce(sum((body->>'missing')::bigint), 0)::float8 AS missing
      FROM audit_events WHERE ${isAbsence(username, range)}
     GROUP BY type, body->>'reason' ORDER BY times DESC, type, reason`.execute(db);
  return rows;
}

/** The last of them, one by one. @param username whose; null for everyone's */
export async function absences(
  db: Kysely<Database>,
  username: string | null,
  range: Range,
  limit: number
): Promise<Absence['latest']> {
  const { rows } = await sql<Absence['latest'][number]>`
    SELECT id, observed_at AS at, username, type, body->>'reason' AS reason, kernel_id, body->>'gap_from' AS gap_from,
           body->>'gap_to' AS gap_to, (body->>'missing')::float8 AS missing
      FROM audit_events WHERE ${isAbsence(username, range)}
     ORDER BY observed_at DESC, id LIMIT ${limit}`.execute(db);
  return rows;
}
