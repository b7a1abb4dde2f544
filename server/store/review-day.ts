import { sql, type Kysely } from 'kysely';
import { FAILED_STATUSES, type Review } from '@celltrail/protocol';
import { type Database, type Instant } from './schema.js';

/** Who ran what in a time, from the rollups. The busiest first. */
export async function peopleOf(
  db: Kysely<Database>,
  { begins, ends }: { begins: Instant; ends: Instant }
): Promise<Omit<Review['people'][number], 'alerts'>[]> {
  const { rows } = await sql<Omit<Review['people'][number], 'alerts'>>`
    SELECT username, sum(executions)::float8 AS executions,
           coalesce(sum(executions) FILTER (WHERE status = ANY(${sql.val([...FAILED_STATUSES])})), 0)::float8 AS errors,
           min(bucket) AS first_at, max(bucket) + interval '15 minutes' AS last_at
      FROM execution_rollups
     WHERE bucket >= ${begins}::timestamptz AND bucket < ${ends}::timestamptz AND executions > 0
     GROUP BY username ORDER BY executions DESC, username`.execute(db);
  return rows;
}

/** What of a time was not recorded, as far as that was noticed. */
export async function coverageOf(
  db: Kysely<Database>,
  { begins, ends }: { begins: Instant; ends: Instant }
): Promise<Review['coverage']> {
  const { rows } = await sql<Review['coverage']>`
    SELECT count(*) FILTER (WHERE type = 'capture.gap')::float8 AS gaps,
           coalesce(sum((body->>'missing')::bigint) FILTER (WHERE type = 'capture.gap'), 0)::float8 AS missing,
           count(*) FILTER (WHERE type = 'capture.disabled')::float8 AS switched_off,
           count(*) FILTER (WHERE type = 'execution.unseen')::float8 AS unseen,
           (SELECT coalesce(sum(executions), 0)::float8 FROM execution_rollups
             WHERE status = 'unknown' AND bucket >= ${begins}::timestamptz AND bucket < ${ends}::timestamptz) AS unknown
      FROM audit_events
     WHERE type IN ('capture.gap', 'capture.disabled', 'execution.unseen')
       AND observed_at >= ${begins}::timestamptz AND observed_at < ${ends}::timestamptz`.execute(db);
  return rows[0]!;
}
