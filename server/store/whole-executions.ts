import { sql, type Kysely, type Selectable } from 'kysely';
import { type Database, type ExecutionTable } from './schema.js';

/**
 * Executions whole, in the order of their ids as given, up to so many bytes of text, but at least one.
 * @param ids of executions; those that are no longer there are left out
 * @param done how many of the ids are answered by that
 */
export async function wholeExecutions(
  db: Kysely<Database>,
  ids: readonly string[],
  maxBytes: number
): Promise<{ rows: Selectable<ExecutionTable>[]; done: number }> {
  const { rows } = await sql<Selectable<ExecutionTable> & { place: number; upto: number }>`
    SELECT * FROM (
      SELECT l.*, u.place, row_number() OVER w AS number,
             sum(octet_length(l.code) + coalesce(octet_length(l.code_json), 0)
                 + coalesce(octet_length(l.error_traceback), 0)) OVER w AS upto
        FROM unnest(${sql.val([...ids])}::uuid[]) WITH ORDINALITY AS u (id, place)
        JOIN code_execution_logs AS l ON l.id = u.id
      WINDOW w AS (ORDER BY u.place)) AS sized
     WHERE number = 1 OR upto <= ${maxBytes} ORDER BY place`.execute(db);
  return { rows, done: rows.length ? rows.at(-1)!.place : ids.length };
}
