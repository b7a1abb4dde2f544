import { sql, type Kysely } from 'kysely';
import { type Database } from './schema.js';

/** Of this month and the next (UTC), those that have no partition. @returns months as `2026-11` */
export async function missingPartitions(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{ month: string }>`
    SELECT to_char(begins, 'YYYY-MM') AS month
      FROM generate_series(0, 1) AS step,
           LATERAL (SELECT date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => step) AS begins) AS m
     WHERE NOT EXISTS (SELECT FROM pg_inherits
                        WHERE inhparent = to_regclass('code_execution_logs')
                          AND inhrelid = to_regclass('code_execution_logs_' || to_char(begins, 'YYYY_MM')))
     ORDER BY 1`.execute(db);
  return rows.map(({ month }) => month);
}
