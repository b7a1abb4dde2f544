import { sql, type Kysely } from 'kysely';
import { type PersonDetail } from '@celltrail/protocol';
import { type Database } from './schema.js';

/** The notebooks a person used most in the last days. */
export async function notebooksOf(
  db: Kysely<Database>,
  username: string,
  days: number,
  now: Date,
  limit: number
): Promise<PersonDetail['notebooks']> {
  const { rows } = await sql<PersonDetail['notebooks'][number]>`
    SELECT notebook_path, count(*)::float8 AS executions, count(*) FILTER (WHERE status = 'error')::float8 AS errors
      FROM code_execution_logs
     WHERE username = ${username} AND timestamp > ${now.toISOString()}::timestamptz - make_interval(days => ${days}::int)
     GROUP BY notebook_path ORDER BY executions DESC, notebook_path LIMIT ${limit}`.execute(db);
  return rows;
}

/** The errors a person met most in the last days. */
export async function errorsOf(
  db: Kysely<Database>,
  username: string,
  days: number,
  now: Date,
  limit: number
): Promise<PersonDetail['errors']> {
  const { rows } = await sql<PersonDetail['errors'][number]>`
    SELECT error_name, count(*)::float8 AS times FROM code_execution_logs
     WHERE username = ${username} AND status = 'error'
       AND timestamp > ${now.toISOString()}::timestamptz - make_interval(days => ${days}::int)
     GROUP BY error_name ORDER BY times DESC, error_name LIMIT ${limit}`.execute(db);
  return rows;
}
