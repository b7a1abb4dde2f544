import { randomUUID } from 'node:crypto';
import { executionId } from '@celltrail/protocol';

/** UTF-16 code units of a code: with the rest a row of about 1.6 KB. */
export const CODE_LENGTH = 1_000;

/**
 * A run that ended, as a page sends it.
 * @param {object} own what it has of its own; by default its kernel, request and page are new and its code is no other's
 */
export function makeEvent({
  at = new Date().toISOString(),
  kernel_id = randomUUID(),
  msg_id = randomUUID(),
  ...own
} = {}) {
  return {
    type: 'execution.finished',
    id: executionId(at, kernel_id, msg_id),
    kernel_id,
    msg_id,
    requested_at: at,
    observed_at: at,
    page_id: randomUUID(),
    page_seq: 1,
    code: randomUUID().repeat(CODE_LENGTH / 36),
    status: 'success',
    timestamp: at,
    execution_time_ms: 12.345,
    cell_number: 1,
    notebook_path: 'analysis/Untitled.ipynb',
    client: 'notebook',
    ...own
  };
}
