import { sql, type Kysely } from 'kysely';
import { type CellVersion, type ExecutionDetail } from '@celltrail/protocol';
import { type Database } from './schema.js';

/** One execution with all its columns. */
export type WholeExecution = ExecutionDetail['execution'];

/** Runs of a cell that are looked at for other codes: a loop over one cell must not read a year of it. */
const LOOKED_AT = 500;

/** One execution. @param username whose it has to be; null for anyone's. @returns undefined where there is none */
export async function findExecution(
  db: Kysely<Database>,
  id: string,
  username: string | null
): Promise<WholeExecution | undefined> {
  return db
    .selectFrom('code_execution_logs')
    .selectAll()
    .where('id', '=', id)
    .$if(username !== null, query => query.where('username', '=', username!))
    .executeTakeFirst();
}

/**
 * Earlier runs of the same cell by the same person whose code was another than that of the run after it, the latest
 * first. Cells are known by their id, which stays when a notebook is renamed.
 */
export async function cellVersions(
  db: Kysely<Database>,
  run: Pick<WholeExecution, 'id' | 'username' | 'timestamp' | 'cell_id' | 'code'>,
  limit: number
): Promise<CellVersion[]> {
  if (run.cell_id === null) return [];
  const { rows } = await sql<CellVersion>`
    WITH earlier AS (
      SELECT id, timestamp, cell_number, status, code FROM code_execution_logs
       WHERE cell_id = ${run.cell_id} AND username = ${run.username}
         AND timestamp <= ${run.timestamp}::timestamptz
         AND (timestamp, id) < (${run.timestamp}::timestamptz, ${run.id}::uuid)
       ORDER BY timestamp DESC, id DESC LIMIT ${LOOKED_AT}),
    stepped AS (
      SELECT *, lag(code, 1, ${run.code}) OVER (ORDER BY timestamp DESC, id DESC) AS later_code FROM earlier)
    SELECT id, timestamp, cell_number, status, code FROM stepped
     WHERE code <> later_code ORDER BY timestamp DESC, id DESC LIMIT ${limit}`.execute(db);
  return rows;
}
