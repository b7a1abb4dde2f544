import { createHash } from 'node:crypto';
import { executionId, isOpen, type ExecutionClient, type ExecutionStatus } from '@celltrail/protocol';
import { type FreshDatabase } from './databases.js';

/** What a test says of a run that is on record already; everything else is ordinary. */
export interface StoredRun {
  username?: string;
  timestamp?: string;
  code?: string;
  status?: ExecutionStatus;
  execution_time_ms?: number | null;
  queued_ms?: number | null;
  notebook_path?: string | null;
  kernel_name?: string | null;
  client?: ExecutionClient | null;
  error_message?: string | null;
  stored_at?: string;
}

let count = 0;

/** Puts runs on record as ingest would have, with their rollups. @returns their ids */
export async function storeRuns(fresh: Pick<FreshDatabase, 'query'>, runs: readonly StoredRun[]): Promise<string[]> {
  const ids: string[] = [];
  for (const run of runs) {
    const row = {
      username: 'sara',
      timestamp: '2026-11-24T10:00:00Z',
      code: 'x = 1',
      status: 'success' as const,
      ...run
    };
    const msg_id = createHash('sha256').update(String(++count)).digest('hex');
    const id = executionId(row.timestamp, 'k', msg_id);
    const error_name = row.error_message?.split(':')[0] ?? null;
    const time = row.execution_time_ms === undefined ? 12.5 : row.execution_time_ms;
    const told = row.stored_at ?? row.timestamp;
    await fresh.query(
      `INSERT INTO code_execution_logs (id, username, cell_number, code, execution_time_ms, queued_ms, status, timestamp,
         notebook_path, kernel_name, client, error_message, error_name, kernel_id, msg_id, requested_at, page_id, page_seq,
         observed_at, stored_at, completed_at)
       VALUES ($1, $2, 7, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'k', $13, $7, gen_random_uuid(), 1, $7, $14, $15)`,
      [
        id,
        row.username,
        row.code,
        time,
        row.queued_ms ?? null,
        row.status,
        row.timestamp,
        row.notebook_path === undefined ? 'a.ipynb' : row.notebook_path,
        row.kernel_name ?? 'python3',
        row.client ?? 'notebook',
        row.error_message ?? null,
        error_name,
        msg_id,
        told,
        isOpen(row.status) ? null : told
      ]
    );
    await fresh.query(
      `INSERT INTO execution_rollups AS r VALUES ($1, date_bin('15 minutes', $2, 'epoch'), $3, 1, $4)
       ON CONFLICT (username, bucket, status) DO UPDATE
          SET executions = r.executions + 1, total_time_ms = r.total_time_ms + excluded.total_time_ms`,
      [row.username, row.timestamp, row.status, time ?? 0]
    );
    ids.push(id);
  }
  return ids;
}
