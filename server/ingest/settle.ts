import { canStep, isOpen } from '@celltrail/protocol';
import { type Execution } from './clean.js';

/** What one person's page says of an execution. */
export type Version = Execution & { username: string };

/**
 * What an event is to what is known already: `new`; `completing` an open row; `duplicate`, it says nothing that is not
 * known; `contradiction`, the same identity with other content, to be kept beside the row.
 */
export type Verdict = 'new' | 'completing' | 'duplicate' | 'contradiction';

/** What to do with the row of one execution. */
export interface Settled {
  /** the row as it should stand; the one that was handed in where nothing changes it */
  row: Version | null;
  /** one per event, in their order */
  verdicts: Verdict[];
}

/** How far two pages' clocks of the same run may differ: one sees the reply, another only the idle that follows. */
const TOLERANCE_MS = 1000;

/**
 * Makes one row of all that is said of one execution. An event is whole by itself and the fullest one stands alone, so
 * a start and an end give the same row whichever comes first: what is open knows less than what is closed, `running`
 * less than `unknown`.
 * @param stored the row in the store, null when there is none
 * @param events of that execution, in the order they came
 */
export function settle(stored: Version | null, events: readonly Version[]): Settled {
  let row = stored;
  const verdicts = events.map(event => {
    const verdict = judge(row, event);
    if (verdict === 'new') row = event;
    if (verdict === 'completing' && row) row = complete(row, event);
    return verdict;
  });
  return { row, verdicts };
}

/**
 * Whose it is, what ran and when it was asked for was settled by the first word. Where it ran is kept from it too where
 * the end does not know: the page that started a run knows its cell, another that saw only the end does not.
 */
function complete(first: Version, end: Version): Version {
  const { username, requested_at } = first;
  const known = Object.fromEntries(CONTEXT.map(key => [key, end[key] ?? first[key]])) as Pick<
    Version,
    (typeof CONTEXT)[number]
  >;
  const client = end.client === null || end.client === 'foreign' ? (first.client ?? end.client) : end.client;
  return { ...end, ...known, client, username, requested_at };
}

const CONTEXT = [
  'notebook_path',
  'cell_id',
  'kernel_name',
  'session_id',
  'queued_ms',
  'silent',
  'store_history'
] as const;

function judge(a: Version | null, b: Version): Verdict {
  if (!a) return 'new';
  if (!sameRequest(a, b)) return 'contradiction';
  // Another person's page may see a run of a shared kernel; it may not claim it.
  if (a.username !== b.username && b.client !== 'foreign') return 'contradiction';
  if (canStep(a.status, b.status)) return 'completing';
  if (a.status !== b.status) return isOpen(b.status) ? 'duplicate' : 'contradiction';
  return sameRun(a, b) ? 'duplicate' : 'contradiction';
}

function sameRequest(a: Execution, b: Execution): boolean {
  const same = (['code', 'code_json', 'kernel_id', 'msg_id'] as const).every(key => a[key] === b[key]);
  // The id holds the milliseconds; an observer may know the microseconds and another not.
  return same && a.requested_at.slice(0, 23) === b.requested_at.slice(0, 23);
}

/** Whether two accounts with the same status tell of the same run. */
function sameRun(a: Execution, b: Execution): boolean {
  // A page has one story of an end: what it says twice, it says in the same words.
  if (a.page_id === b.page_id && !isOpen(a.status)) return WORDS.every(key => equal(a[key], b[key]));
  return (
    (['cell_number', 'error_name'] as const).every(key => a[key] === null || b[key] === null || a[key] === b[key]) &&
    near(Date.parse(a.timestamp), Date.parse(b.timestamp)) &&
    (a.execution_time_ms === null || b.execution_time_ms === null || near(a.execution_time_ms, b.execution_time_ms))
  );
}

const WORDS = [
  'cell_number',
  'execution_time_ms',
  'error_message',
  'timestamp',
  'notebook_path',
  'cell_id',
  'client',
  'kernel_name',
  'session_id',
  'requested_at',
  'queued_ms',
  'silent',
  'store_history',
  'error_name',
  'error_traceback',
  'error_traceback_length',
  'output_types',
  'output_bytes',
  'reason'
] as const satisfies readonly (keyof Execution)[];

function equal(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= TOLERANCE_MS;
}
