import { sql, type Kysely } from 'kysely';
import { type Database, type Instant } from '../schema.js';
import { needle } from './conditions.js';

const COLUMNS = { user: 'username', notebook: 'notebook_path', kernel: 'kernel_name' } as const;

/** Executions that are looked at, the newest ones. */
const LOOKED_AT = 10_000;

/** Values that begin with, or hold, what was typed: those used last first. @param username whose; null: everyone's */
export async function completeValues(
  db: Kysely<Database>,
  qualifier: keyof typeof COLUMNS,
  typed: string,
  username: string | null,
  limit: number
): Promise<{ value: string; last_used: Instant }[]> {
  const column = sql.ref(COLUMNS[qualifier]);
  const { rows } = await sql<{ value: string; last_used: Instant }>`
    SELECT * FROM (
      SELECT value, max(timestamp) AS last_used FROM (
        SELECT ${column} AS value, timestamp FROM code_execution_logs
         WHERE ${username}::text IS NULL OR username = ${username} ORDER BY timestamp DESC LIMIT ${LOOKED_AT}) AS latest
       WHERE value IS NOT NULL GROUP BY value OFFSET 0) AS used
     WHERE strpos(celltrail_search_text(value), ${needle(typed)}) > 0
     ORDER BY last_used DESC, value LIMIT ${limit}`.execute(db);
  return rows;
}
