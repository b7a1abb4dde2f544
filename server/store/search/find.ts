import { sql, type Kysely, type Selectable } from 'kysely';
import { type Database, type ExecutionTable } from '../schema.js';
import { rowConditions, textConditions, type Search } from './conditions.js';
import { searchText } from './normal.js';

/** What a search shows of an execution. */
export type FoundRow = Pick<
  Selectable<ExecutionTable>,
  | 'id'
  | 'username'
  | 'timestamp'
  | 'notebook_path'
  | 'cell_number'
  | 'status'
  | 'execution_time_ms'
  | 'error_message'
  | 'client'
  | 'kernel_name'
> & { code: string };

/** A place in the order of what is found: newest first, and by id where two began at once. */
export interface Place {
  timestamp: string;
  id: string;
}

/** Characters of a code that are looked through for what to show of it. */
const SHOWN_FROM = 100_000;

/** Executions that a search finds, newest first. @param after begins behind that place; null: at the newest */
export async function findExecutions(
  db: Kysely<Database>,
  search: Search,
  after: Place | null,
  limit: number
): Promise<FoundRow[]> {
  const behind = after ? sql`(l.timestamp, l.id) < (${after.timestamp}::timestamptz, ${after.id}::uuid)` : sql`true`;
  const { rows } = await sql<FoundRow>`
    SELECT l.id, l.username, l.timestamp, l.notebook_path, l.cell_number, l.status, l.execution_time_ms, l.error_message,
           l.client, l.kernel_name, left(l.code, ${SHOWN_FROM}) AS code
      FROM code_execution_logs l
     WHERE ${rowConditions(search)} AND ${textConditions(search.terms, searchText(sql`l.code`))} AND ${behind}
     ORDER BY l.timestamp DESC, l.id DESC LIMIT ${limit}`.execute(db);
  return rows;
}

/** How many a search finds. @param most counting stops there */
export async function countExecutions(db: Kysely<Database>, search: Search, most: number): Promise<number> {
  const { rows } = await sql<{ found: number }>`
    SELECT count(*) AS found FROM (
      SELECT FROM code_execution_logs l
       WHERE ${rowConditions(search)} AND ${textConditions(search.terms, searchText(sql`l.code`))} LIMIT ${most}) AS one`.execute(
    db
  );
  return rows[0]!.found;
}
