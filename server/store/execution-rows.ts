import { sql, type Kysely, type Selectable } from 'kysely';
import { type Database, type ExecutionTable } from './schema.js';
import { columnsOf, unnest, type ColumnType } from './unnest.js';

/** What is said of an execution: its row without what the store adds. */
export type ExecutionContent = Omit<Selectable<ExecutionTable>, 'username' | 'stored_at' | 'completed_at'>;

/** A row of an execution as it comes or goes. */
export type ExecutionRow = ExecutionContent & { username: string };

/** What stays as the first word said it: the trigger of the table refuses any change of it. */
const KEPT = {
  id: 'uuid',
  code: 'text',
  code_json: 'text',
  kernel_id: 'text',
  msg_id: 'text',
  requested_at: 'timestamptz'
} as const satisfies Partial<Record<keyof ExecutionRow, ColumnType>>;

/** What the end of an execution fills in, and the sender where a witness was quicker. */
const COMPLETED = {
  username: 'text',
  cell_number: 'bigint',
  execution_time_ms: 'double precision',
  status: 'text',
  error_message: 'text',
  timestamp: 'timestamptz',
  notebook_path: 'text',
  cell_id: 'text',
  client: 'text',
  kernel_name: 'text',
  session_id: 'text',
  queued_ms: 'double precision',
  silent: 'boolean',
  store_history: 'boolean',
  error_name: 'text',
  error_traceback: 'text',
  error_traceback_length: 'bigint',
  output_types: 'text[]',
  output_bytes: 'bigint',
  reason: 'text',
  witnessed: 'boolean',
  page_id: 'uuid',
  page_seq: 'bigint',
  observed_at: 'timestamptz'
} as const satisfies Partial<Record<keyof ExecutionRow, ColumnType>>;

const COLUMNS: Readonly<Record<keyof ExecutionRow, ColumnType>> = { ...KEPT, ...COMPLETED };

const IS_OPEN = (alias: string) => sql`${sql.ref(`${alias}.status`)} IN ('running', 'unknown')`;

/**
 * Inserts rows, passing over ids that are there already; waits for another transaction that inserts one of them now.
 * @param rows sorted by id: so two replicas never wait for each other in a circle
 * @returns ids of the rows that were inserted
 */
export async function insertExecutions(db: Kysely<Database>, rows: readonly ExecutionRow[]): Promise<Set<string>> {
  if (!rows.length) return new Set();
  const names = sql.join(Object.keys(COLUMNS).map(name => sql.id(name)));
  const { rows: made } = await sql<{ id: string }>`
    INSERT INTO code_execution_logs (${names}, completed_at)
    SELECT ${columnsOf('u', COLUMNS)}, CASE WHEN ${IS_OPEN('u')} THEN NULL ELSE now() END
      FROM ${unnest('u', COLUMNS, rows)}
    ON CONFLICT (id) DO NOTHING
    RETURNING id`.execute(db);
  return new Set(made.map(({ id }) => id));
}

/** Reads rows and holds them until the transaction ends, in the order of their ids. */
export async function lockExecutions(db: Kysely<Database>, ids: readonly string[]): Promise<Map<string, ExecutionRow>> {
  if (!ids.length) return new Map();
  const names = sql.join(Object.keys(COLUMNS).map(name => sql.id(name)));
  const { rows } = await sql<ExecutionRow>`
    SELECT ${names} FROM code_execution_logs WHERE id = ANY(${sql.val([...ids])}::uuid[]) ORDER BY id FOR UPDATE`.execute(
    db
  );
  return new Map(rows.map(row => [row.id, row]));
}

/**
 * Completes open rows, and lets senders take over what a witness told.
 * @returns ids of the rows that were changed: those that were open or witnessed still
 */
export async function completeExecutions(db: Kysely<Database>, rows: readonly ExecutionRow[]): Promise<Set<string>> {
  if (!rows.length) return new Set();
  const columns = { id: KEPT.id, ...COMPLETED };
  const values = Object.entries(COMPLETED).map(([name, type]) =>
    type === 'text[]' ? sql`${sql.id(name)} = u.${sql.id(name)}::text[]` : sql`${sql.id(name)} = u.${sql.id(name)}`
  );
  const { rows: done } = await sql<{ id: string }>`
    UPDATE code_execution_logs AS l
       SET ${sql.join(values)}, completed_at = CASE WHEN ${IS_OPEN('u')} THEN NULL ELSE now() END
      FROM ${unnest('u', columns, rows)}
     WHERE l.id = u.id AND (${IS_OPEN('l')} OR l.witnessed)
    RETURNING l.id`.execute(db);
  return new Set(done.map(({ id }) => id));
}
