import { type Truth } from './truth.js';

/** Where a run came from and what it showed, as it is on record. */
export interface Context {
  username: string;
  client: string | null;
  notebook_path: string | null;
  cell_id: string | null;
  cell_number: number | null;
  kernel_name: string | null;
  session_id: string | null;
  /** when the kernel began, ISO 8601 */
  timestamp: string;
  queued_ms: number | null;
  silent: boolean | null;
  store_history: boolean | null;
  output_types: string[] | null;
  output_bytes: number | null;
  /** whether a page that had not sent it told its end */
  witnessed: boolean;
}

/** The notebook that a kernel was opened for, and the name of its kernel specification. */
export interface Home {
  path: string;
  kernelName: string;
}

/** What a scenario says of the place of a run, where the kernel and the notebook it was opened for can't tell it. */
export interface Place {
  /** `test_user` where it isn't said */
  username?: string;
  /** `notebook` for a request that names a cell, where it isn't said; every other request's has to be said */
  client?: string;
  /** that of the notebook that the kernel was opened for, where it isn't said; another kernel's has to be said */
  notebook_path?: string | null;
  /** what the request itself said, where it isn't said here */
  cell_id?: string | null;
  /** Lab's server let not all outputs through, and says so to the pages: what they showed is not what the kernel sent */
  isCut?: boolean;
  /** no page sent the request, so a page sees of it what it sees of another client's; said where `client` isn't `foreign` */
  isSentElsewhere?: boolean;
  /** the page that sent it was gone when it ended: the page that saw the end sees of it what it sees of another client's */
  isEndWitnessed?: boolean;
}

/**
 * Every sentence that is wrong about a run's context. What nobody has said is wrong, too: a scenario that forgets to
 * say where its runs came from fails.
 */
export function wrongContext(
  truth: Truth,
  row: Context,
  place: Place,
  home: Home | undefined,
  status: string
): string[] {
  const client = place.client ?? (truth.cell_id === null ? undefined : 'notebook');
  const path = place.notebook_path === undefined ? home?.path : place.notebook_path;
  const unsaid = [
    ...(client === undefined ? ['nobody said which client sent it'] : []),
    ...(path === undefined ? ['nobody said in which notebook it ran'] : [])
  ];
  const isForeign = place.isSentElsewhere ?? client === 'foreign';
  const wanted: Partial<Context> = {
    username: place.username ?? 'test_user',
    client,
    notebook_path: path,
    cell_id: place.cell_id === undefined ? truth.cell_id : place.cell_id,
    kernel_name: home?.kernelName ?? 'python3',
    session_id: truth.session_id,
    // The content of another client's request reaches no page; only its code does.
    silent: isForeign ? null : truth.silent,
    store_history: isForeign ? null : truth.store_history && !truth.silent
  };
  const number = numberOf(truth, status, isForeign);
  if (number !== undefined) wanted.cell_number = number;
  const wrong = Object.entries(wanted)
    .filter(([key, value]) => value !== undefined && row[key as keyof Context] !== value)
    .map(
      ([key, value]) => `${key} is ${JSON.stringify(row[key as keyof Context])} instead of ${JSON.stringify(value)}`
    );
  // Of a run whose end no page saw, only a part of the outputs was seen.
  const shown = status === 'unknown' ? [] : wrongOutput(truth, row, place);
  return [...unsaid, ...wrong, ...wrongWaiting(truth, row, status), ...shown];
}

/** @returns undefined where nobody knows, as the kernel was gone before it had said it */
function numberOf({ silent, input_count }: Truth, status: string, isForeign: boolean): number | null | undefined {
  // A silent run has no number of its own. Deno says one nevertheless, and of another client's run that is all a page knows.
  if (status === 'aborted' || (silent && !isForeign)) return null;
  return input_count ?? undefined;
}

/**
 * Waiting lies between the request's date, in whole milliseconds by the browser's clock, and the kernel's stamp of its
 * begin. Both run on this machine. The stamp is set between taking the request up and the handler's begin, which the
 * hook writes down; it may differ from either by as much as a run's time may.
 */
function wrongWaiting(truth: Truth, row: Context, status: string): string[] {
  if (status === 'aborted') return row.queued_ms === null ? [] : [`queued_ms is ${row.queued_ms}, and it never began`];
  if (truth.taken_at === null) return [];
  const least = (truth.taken_at - truth.requested_at) * 1000;
  const most = (truth.at - truth.requested_at) * 1000;
  const tolerance = Math.max(5, most * 0.02);
  const isNear = (ms: number) => ms >= least - tolerance && ms <= most + tolerance;
  const between = `${least.toFixed(1)} to ${most.toFixed(1)}`;
  const began = Date.parse(row.timestamp) - truth.requested_at * 1000;
  return [
    ...(row.queued_ms !== null && isNear(row.queued_ms) ? [] : [`queued_ms is ${row.queued_ms} instead of ${between}`]),
    ...(isNear(began) ? [] : [`timestamp is ${began.toFixed(1)} ms after the request instead of ${between}`])
  ];
}

/** Of a text longer than 4096 characters its characters are counted, not its bytes: a lower bound. */
function wrongOutput({ output }: Truth, row: Context, { isCut }: Place): string[] {
  if (!output || isCut) return [];
  const types = JSON.stringify(output.types.length ? output.types : null);
  const wrong = JSON.stringify(row.output_types) === types ? [] : [`output_types is ${JSON.stringify(row.output_types)} instead of ${types}`]; // prettier-ignore
  const bytes = row.output_bytes ?? 0;
  const isRight = output.exact ? bytes === output.bytes : bytes <= output.bytes && bytes > 0 === output.bytes > 0;
  return isRight ? wrong : [...wrong, `output_bytes is ${bytes} instead of ${output.bytes}`];
}
