import { randomUUID } from 'node:crypto';
import { executionId, PROTOCOL_VERSION, type ExecutionEvent } from '@celltrail/protocol';

/** The tab that sends in tests. */
export const PAGE_ID = '0b7c3f5e-6a0e-4d0c-9a39-0f6f1d2f7a11';

let sequence = 0;

/** A run that ended well, with what a test says changed; its id follows from its identity. */
export function execution(change: Partial<ExecutionEvent> = {}): ExecutionEvent {
  const identity = { kernel_id: 'kernel', msg_id: randomUUID(), requested_at: '2026-11-24T10:00:00.000Z', ...change };
  return {
    type: 'execution.finished',
    id: executionId(identity.requested_at, identity.kernel_id, identity.msg_id),
    observed_at: '2026-11-24T10:00:01.000Z',
    page_id: PAGE_ID,
    page_seq: ++sequence,
    code: 'print("Hello Shaparak!")',
    status: 'success',
    timestamp: '2026-11-24T10:00:00.001Z',
    execution_time_ms: 1.234,
    cell_number: 1,
    ...identity
  };
}

/** A body of `POST /api/events`. */
export function batch(...events: unknown[]): { protocol: number; events: unknown[] } {
  return { protocol: PROTOCOL_VERSION, events };
}
