/** What a column holds; times are ISO 8601 in UTC with microseconds. */
export type ColumnKind = 'text' | 'integer' | 'number' | 'boolean' | 'time' | 'texts';

/** One value of an exported row. */
export type Exported = string | number | boolean | string[] | null;

/** An exported run, by column. */
export type ExportedRow = Readonly<Record<string, Exported>>;

/** The columns of an export, all that `code_execution_logs` has, in the order of that table. */
export const EXPORTED_COLUMNS = {
  id: 'text',
  username: 'text',
  cell_number: 'integer',
  code: 'text',
  execution_time_ms: 'number',
  status: 'text',
  error_message: 'text',
  timestamp: 'time',
  notebook_path: 'text',
  cell_id: 'text',
  client: 'text',
  kernel_id: 'text',
  kernel_name: 'text',
  msg_id: 'text',
  session_id: 'text',
  requested_at: 'time',
  queued_ms: 'number',
  silent: 'boolean',
  store_history: 'boolean',
  error_name: 'text',
  error_traceback: 'text',
  error_traceback_length: 'integer',
  output_types: 'texts',
  output_bytes: 'integer',
  reason: 'text',
  code_json: 'text',
  page_id: 'text',
  page_seq: 'integer',
  observed_at: 'time',
  stored_at: 'time',
  completed_at: 'time',
  witnessed: 'boolean'
} as const satisfies Record<string, ColumnKind>;

/** Names of {@link EXPORTED_COLUMNS}, in order. */
export const EXPORTED_NAMES = Object.keys(EXPORTED_COLUMNS) as (keyof typeof EXPORTED_COLUMNS)[];
