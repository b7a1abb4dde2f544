import { wrongContext, type Context, type Home, type Place } from './context.js';
import { type Truth } from './truth.js';

/** A row of `code_execution_logs`, as far as the suite judges it. */
export interface Row {
  kernel_id: string;
  msg_id: string;
  code: string;
  /** the exact code as a JSON string where `code` can't hold it */
  code_json: string | null;
  status: string;
  execution_time_ms: number | null;
  cell_number: number | null;
  error_message: string | null;
  reason: string | null;
  client: string;
  timestamp: string;
  /** missing where the recorder keeps none; then it is not judged */
  context?: Context;
}

/** Every kind of fault, in the order of the table. */
export const KINDS = [
  'missing',
  'phantom',
  'duplicate',
  'wrongCode',
  'wrongStatus',
  'wrongTime',
  'wrongError',
  'wrongContext'
] as const;

/** A kind of fault. */
export type Kind = (typeof KINDS)[number];

/** What a scenario found: how much there is, and one list of sentences per kind of fault. */
export type Verdict = { executions: number; rows: number } & Record<Kind, string[]>;

/** What a scenario says of a run where the kernel's own hook can't know it: how it ends, where it came from. */
export interface ExpectedRun extends Place {
  status?: string;
}

/**
 * What a scenario says of its runs, by their code; a text alone is the status, a list is one for each run of that code
 * in the order they ran. Null: no page could see the run's code, so it makes no row.
 */
export type Expected = ReadonlyMap<string, string | ExpectedRun | readonly ExpectedRun[] | null>;

/** A run's time may differ from the kernel's own measurement by so much: 5 ms, or 2 % of a long one. */
const tolerance = (took: number) => Math.max(5, took * 0.02);

/**
 * Holds the rows against what the kernel wrote down. What no page could see, whoever calls this leaves
 * out of `truths`.
 * @param expected what the runs must be called that never came to their end (killed, restarted) or were interrupted
 * @param homes by kernel, the notebook that it was opened for
 */
export function compare(
  truths: readonly Truth[],
  rows: readonly Row[],
  expected: Expected = new Map(),
  homes: ReadonlyMap<string, Home> = new Map()
): Verdict {
  const none = Object.fromEntries(KINDS.map(kind => [kind, [] as string[]])) as Record<Kind, string[]>;
  const verdict: Verdict = { executions: truths.length, rows: rows.length, ...none };
  const byKey = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.kernel_id} ${row.msg_id}`;
    byKey.set(key, [...(byKey.get(key) ?? []), row]);
  }
  const next = sayings(expected);
  for (const truth of truths) {
    const run = next(truth.code);
    const key = `${truth.kernel_id} ${truth.msg_id}`;
    const [row, ...more] = byKey.get(key) ?? [];
    byKey.delete(key);
    const say = preview(truth.code);
    if (!row) {
      verdict.missing.push(say);
      continue;
    }
    if (more.length) verdict.duplicate.push(say);
    judge(verdict, truth, row, run);
    if (row.context) {
      const wrong = wrongContext(truth, row.context, run, homes.get(truth.kernel_id), row.status);
      verdict.wrongContext.push(...wrong.map(text => `${say}: ${text}`));
    }
  }
  for (const [row] of byKey.values()) if (row) verdict.phantom.push(`${preview(row.code)} (${row.status})`);
  return verdict;
}

/** @returns what is said of the next run of a code; a list that is too short says nothing, and the place is missed */
function sayings(expected: Expected): (code: string) => ExpectedRun {
  const runs = new Map<string, number>();
  return code => {
    const said = expected.get(code) ?? {};
    const at = runs.get(code) ?? 0;
    runs.set(code, at + 1);
    if (typeof said === 'string') return { status: said };
    return isList(said) ? (said[at] ?? {}) : said;
  };
}

const isList = (said: ExpectedRun | readonly ExpectedRun[]): said is readonly ExpectedRun[] => Array.isArray(said);

function judge(verdict: Verdict, truth: Truth, row: Row, run: ExpectedRun): void {
  const say = preview(truth.code);
  const status = run.status ?? statusOf(truth);
  const code = row.code_json === null ? row.code : (JSON.parse(row.code_json) as string);
  if (code !== truth.code) verdict.wrongCode.push(`${say} → ${preview(code)}`);
  if (row.status !== status) verdict.wrongStatus.push(`${say}: ${row.status} instead of ${status}`);
  if (status === 'unknown') {
    if (row.reason === null) verdict.wrongStatus.push(`${say}: unknown, and no reason why`);
    return;
  }
  // A page sees the reply of its own requests; of another client's run it sees idle alone.
  const took =
    run.isEndWitnessed || (run.isSentElsewhere ?? row.context?.witnessed ?? row.client === 'foreign')
      ? (truth.idle_ms ?? truth.took_ms)
      : truth.took_ms;
  if (status === 'aborted') {
    if (row.execution_time_ms !== null) verdict.wrongTime.push(`${say}: ${row.execution_time_ms} ms, and it never ran`);
  } else if (took !== null && !isNear(row.execution_time_ms, truth.ran_ms ?? took, took)) {
    const measured = `${truth.ran_ms?.toFixed(3)} to ${took.toFixed(3)}`;
    verdict.wrongTime.push(`${say}: ${row.execution_time_ms} ms instead of ${measured}`);
  }
  const error = errorOf(truth);
  if (error !== null && !sameError(row.error_message, error)) {
    verdict.wrongError.push(`${say}: ${row.error_message} instead of ${preview(error)}`);
  }
  if (error === null && row.status === 'success' && row.error_message !== null) {
    verdict.wrongError.push(`${say}: ${row.error_message} where there was none`);
  }
}

/** Whether a time on record is one that the kernel measured. @param ran at least, ms @param took at most, ms */
export function isNear(measured: number | null, ran: number, took: number): boolean {
  return measured !== null && measured >= ran - tolerance(ran) && measured <= took + tolerance(took);
}

/** A message longer than the limit is cut, so the beginning decides there. */
function sameError(message: string | null, error: string): boolean {
  return message === error || (message !== null && error.length > 4000 && error.startsWith(message.slice(0, 4000)));
}

/** `ename: evalue`, or the one of them that says something. xeus-python names an error by its class's repr. */
function errorOf({ ename, evalue }: Truth): string | null {
  if (ename === null) return null;
  const name = ename.replace(/^<class '(.*)'>$/, '$1');
  return plain([name, evalue].filter(Boolean).join(': '));
}

function statusOf(truth: Truth): string {
  if (truth.aborted) return 'aborted';
  if (truth.status === 'ok') return 'success';
  return truth.status ?? 'unknown';
}

// A record is read in terminals: colours are no part of an error's text.
// eslint-disable-next-line no-control-regex -- the escape character is what is looked for
const plain = (text: string) => text.replace(/\u001b\[[0-9;]*m/g, '');

const preview = (text: string) => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);

/** Whether nothing is wrong. */
export function isFaithful(verdict: Verdict): boolean {
  return faults(verdict).length === 0;
}

/** Every fault as a sentence. */
export function faults(verdict: Verdict): string[] {
  return KINDS.flatMap(kind => verdict[kind].map(text => `${kind}: ${text}`));
}
