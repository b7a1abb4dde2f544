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
