import { type Lab } from '../parts/lab.js';
import { type Psql } from '../parts/psql.js';
import { startWorkplace } from '../parts/workplace.js';
import { type Row } from './compare.js';
import { type Context } from './context.js';

/** A JupyterLab, and what keeps the record of it that is judged. */
export interface Recorder {
  lab: Lab;
  /** all that is on record */
  rows(): Row[];
  /** what each event of that kind and kernel (null: of none) says; missing where the recorder keeps none */
  audited?(type: string, kernel: string | null): Record<string, unknown>[];
  /** how long delivery may take until what is on record is held against what ran, ms; 15,000 by default */
  deliveryMs?: number;
  stop(): Promise<void>;
}

/** Starts a recorder in a folder of the suite's own, with the environment that Lab and its kernels get. */
export type StartRecorder = (folder: string, env: Record<string, string>) => Promise<Recorder>;

const COLUMNS = [
  'kernel_id',
  'msg_id',
  'code',
  'code_json',
  'status',
  'execution_time_ms',
  'cell_number',
  'error_message',
  'reason',
  'client',
  'timestamp',
  'username',
  'notebook_path',
  'cell_id',
  'kernel_name',
  'session_id',
  'queued_ms',
  'silent',
  'store_history',
  'output_types',
  'output_bytes',
  'witnessed'
];

/** What is on record in a database of ours. */
export function recorded(psql: Psql): Row[] {
  const rows = psql.rows<Row & Context>(`SELECT ${COLUMNS.join(', ')} FROM code_execution_logs`);
  return rows.map(row => ({ ...row, context: row }));
}

/** Ours: the extension in Lab, a server, its database. */
export const celltrail: StartRecorder = async (folder, env) => {
  const { server, lab, psql } = await startWorkplace(folder, env);
  return {
    lab,
    rows: () => recorded(psql),
    audited: (type, kernel) =>
      psql
        .rows<{
          body: Record<string, unknown>;
        }>(
          `SELECT body FROM audit_events WHERE type = '${type}'
              AND kernel_id ${kernel === null ? 'IS NULL' : `= '${kernel}'`} ORDER BY observed_at, page_seq`
        )
        .map(({ body }) => body),
    stop: async () => {
      await lab.running.stop();
      await server.stop();
    }
  };
};
