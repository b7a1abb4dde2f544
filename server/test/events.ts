import { randomUUID } from 'node:crypto';
import { executionId, type AuditEvent, type ExecutionEvent } from '@celltrail/protocol';

/** A page that makes events for tests, numbered as a page does. */
export interface TestPage {
  page_id: string;
  /** An execution's end; every field can be overridden, and the id follows. */
  finished(over?: Partial<ExecutionEvent>): ExecutionEvent;
  /** The start of the same execution. */
  startOf(end: ExecutionEvent, over?: Partial<ExecutionEvent>): ExecutionEvent;
  /** Any other event; a turned-off capture by default. */
  other(over?: Partial<AuditEvent>): AuditEvent;
}

/** @param at Unix ms of what happens @param page_id random by default */
export function testPage(at = Date.now(), page_id: string = randomUUID()): TestPage {
  let page_seq = 0;
  const stamp = () => ({ observed_at: new Date(at).toISOString(), page_id, page_seq: ++page_seq });
  return {
    page_id,
    finished(over = {}) {
      const kernel_id = over.kernel_id ?? randomUUID();
      const msg_id = over.msg_id ?? randomUUID();
      const requested_at = over.requested_at ?? new Date(at).toISOString();
      return {
        ...stamp(),
        type: 'execution.finished',
        kernel_id,
        kernel_name: 'python3',
        msg_id,
        requested_at,
        code: 'print("Hello Shaparak!")',
        status: 'success',
        timestamp: new Date(at).toISOString().replace('Z', '123Z'),
        execution_time_ms: 12.345,
        cell_number: 1,
        client: 'notebook',
        notebook_path: 'تحلیل/Untitled.ipynb',
        output_types: ['text/plain', 'weird/"quoted\\type"'],
        output_bytes: 120,
        id: executionId(requested_at, kernel_id, msg_id),
        ...over
      };
    },
    startOf(end, over = {}) {
      const { kernel_id, msg_id, requested_at, code, timestamp, cell_number, id, client, notebook_path } = end;
      const said = { kernel_id, kernel_name: 'python3', msg_id, requested_at, code, timestamp, cell_number, id };
      return {
        ...stamp(),
        ...said,
        type: 'execution.started',
        status: 'running',
        client,
        notebook_path,
        ...over
      };
    },
    other(over = {}) {
      return { ...stamp(), id: randomUUID(), type: 'capture.disabled', reason: 'settings', ...over } as AuditEvent;
    }
  };
}
