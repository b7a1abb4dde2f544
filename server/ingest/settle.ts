import { canStep, isOpen } from '@celltrail/protocol';
import { type Execution } from './clean.js';

/** What one person's page says of an execution, or what the store holds of it. */
export type Version = Execution & { username: string };

/**
 * What an event is to what is known already: `new`; `completing` what stands, which is an open row or one that a
 * witness told; `duplicate`, it says nothing that is not known; `contradiction`, the same identity with other content,
 * to be kept beside the row.
 */
export type Verdict = 'new' | 'completing' | 'duplicate' | 'contradiction';

/** What to do with the row of one execution. */
export interface Settled {
  /** the row as it should stand; the one that was handed in where nothing changes it */
  row: Version | null;
  /** one per event, in their order */
  verdicts: Verdict[];
  /** what witnesses had said and the sender's own account, which took its place, contradicts: to be kept beside the row */
  overruled: Version[];
}

/** How far two pages' clocks of the same run may differ: one sees the reply, another only the idle that follows. */
const TOLERANCE_MS = 1000;

/**
 * Makes one row of all that is said of one execution, the same whichever comes first. It has two halves. Where it came
 * from is told by the sender's page; a witness, another page on the same kernel, never claims to have sent it. How it
 * went is told by whoever knows most: what is open knows less than what is closed, `running` less than `unknown`, and
 * of two that know as much a witness, who saw no reply, less than the sender.
 * @param stored the row in the store, null when there is none
 * @param events of that execution, in the order they came
 */
export function settle(stored: Version | null, events: readonly Version[]): Settled {
  let row = stored;
  const overruled: Version[] = [];
  const verdicts = events.map(event => {
    const known = row;
    const verdict = judge(known, event);
    if (verdict === 'new') row = event;
    if (verdict === 'completing' && known) {
      row = join(known, event);
      if (disagrees(known, event)) overruled.push(known);
    }
    return verdict;
  });
  return { row, verdicts, overruled };
}

function judge(a: Version | null, b: Version): Verdict {
  if (!a) return 'new';
  // Two people can't both have sent it.
  if (!sameRequest(a, b) || (isSenders(a) && isSenders(b) && a.username !== b.username)) return 'contradiction';
  if (isFuller(a, b) || (isSenders(b) && !isSenders(a)) || isLacking(a, b)) return 'completing';
  return disagrees(a, b) ? 'contradiction' : 'duplicate';
}

/** Whether it is the sender's; everything but `foreign` is. */
function isSenders({ client }: Version): boolean {
  return client !== 'foreign';
}

/** Whether the second of two accounts knows more of how it went. */
function isFuller(a: Version, b: Version): boolean {
  return canStep(a.status, b.status) || (a.witnessed && !b.witnessed && !canStep(b.status, a.status));
}

/** When it was asked for was settled by the first word; who sent it too, unless that was a witness. */
function join(first: Version, next: Version): Version {
  const end = isFuller(first, next) ? next : first;
  const isClaim = isSenders(next) && !isSenders(first);
  const sender = isSenders(first) === isSenders(next) ? end : isClaim ? next : first;
  const other = sender === next ? first : next;
  // The page that started a run knows its cell; one that was reloaded since, or saw only its end, may not.
  const context = Object.fromEntries(CONTEXT.map(key => [key, sender[key] ?? other[key]])) as Pick<
    Version,
    (typeof CONTEXT)[number]
  >;
  const client = sender.client ?? (isSenders(other) ? other.client : null);
  const username = (isClaim ? next : first).username;
  return { ...end, ...context, ...beginning(first, next, end), client, username, requested_at: first.requested_at };
}

/** When it began, from the account that knows it: a page that missed the kernel's `busy` dates a run by its request. */
function beginning(first: Version, next: Version, end: Version): Partial<Version> {
  const other = end === next ? first : next;
  if (!isLacking(end, other)) return {};
  const { timestamp, execution_time_ms } = other;
  return other.status === end.status ? { timestamp, execution_time_ms } : { timestamp };
}

/** Whether the first of two accounts does not know when the run began, and the second does. */
function isLacking(a: Version, b: Version): boolean {
  return !isBegun(a) && isBegun(b) && a.status !== 'aborted';
}

/** Whether an account knows when the kernel took the run up. */
function isBegun({ queued_ms }: Version): boolean {
  return queued_ms !== null;
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

function sameRequest(a: Execution, b: Execution): boolean {
  const same = (['code', 'code_json', 'kernel_id', 'msg_id'] as const).every(key => a[key] === b[key]);
  // The id holds the milliseconds; an observer may know the microseconds and another not.
  return same && a.requested_at.slice(0, 23) === b.requested_at.slice(0, 23);
}

/** Whether two accounts can't both be true. One that is still open leaves room for any end. */
function disagrees(a: Version, b: Version): boolean {
  return a.status === b.status ? !sameRun(a, b) : !isOpen(a.status) && !isOpen(b.status);
}

/** Whether two accounts with the same status tell of the same run. */
function sameRun(a: Version, b: Version): boolean {
  // A page has one story of an end: what it says twice, it says in the same words.
  if (a.page_id === b.page_id && a.witnessed === b.witnessed && !isOpen(a.status)) return sameWords(a, b);
  return (
    (['cell_number', 'error_name'] as const).every(key => agree(a[key], b[key])) &&
    (!isBegun(a) || !isBegun(b) || near(Date.parse(a.timestamp), Date.parse(b.timestamp))) &&
    (a.execution_time_ms === null || b.execution_time_ms === null || near(a.execution_time_ms, b.execution_time_ms))
  );
}

/** The row may have got its context and its beginning from another page's account, where this one did not know it. */
function sameWords(a: Version, b: Version): boolean {
  const words = isBegun(a) === isBegun(b) ? END : END.filter(key => !BEGINNING.has(key));
  const sameEnd = words.every(key => JSON.stringify(a[key]) === JSON.stringify(b[key]));
  if (!sameEnd || isSenders(a) !== isSenders(b)) return sameEnd;
  return [...CONTEXT, 'client' as const].every(key => agree(a[key], b[key]));
}

const END = [
  'cell_number',
  'execution_time_ms',
  'error_message',
  'timestamp',
  'error_name',
  'error_traceback',
  'error_traceback_length',
  'output_types',
  'output_bytes',
  'reason'
] as const satisfies readonly (keyof Execution)[];
const BEGINNING: ReadonlySet<keyof Execution> = new Set(['timestamp', 'execution_time_ms']);

function agree(a: unknown, b: unknown): boolean {
  return a === null || b === null || a === b;
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= TOLERANCE_MS;
}
