import { digestId } from '@celltrail/protocol';
import { type EventRow } from '../store/event-rows.js';
import { type ExecutionRow } from '../store/execution-rows.js';

/**
 * An account that contradicts what is on record, as an event that keeps it whole. Its id is a hash of what it says, so
 * the same account sent again is the same event.
 */
export function contradictedExecution(account: ExecutionRow): EventRow {
  return {
    id: idOf(account),
    type: 'execution.contradicted',
    username: account.username,
    observed_at: account.observed_at,
    page_id: account.page_id,
    page_seq: account.page_seq,
    kernel_id: account.kernel_id,
    body: { ...account }
  };
}

/** An event whose id another event has, kept the same way; `body.id` is the id it claimed. */
export function contradictedEvent(event: EventRow): EventRow {
  return { ...event, id: idOf(event), type: 'event.contradicted' };
}

/** An id that follows from a value; a row from the store and one from an event differ in the order of their fields. */
function idOf(value: object): string {
  return digestId(JSON.stringify(Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))));
}
