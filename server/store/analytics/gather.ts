import { createHash } from 'node:crypto';
import { bucketOf, eachPacked, pack } from './sketch.js';
import { addTally, emptyTally, tallyOf, type Counted, type Tally } from './tally.js';

/** An execution as analytics count it. */
export interface CountedRow extends Counted {
  timestamp: string;
  username: string;
  notebook_path: string | null;
}

/** Which of the figures. */
export interface RollupKey {
  kind: 'cell' | 'all' | 'user' | 'notebook';
  begins: string;
  username: string;
  notebook_path: string;
}

/** Figures as they are kept. */
export interface Rollup extends RollupKey, Tally {
  times: Buffer;
  waits: Buffer;
}

/** What is to be added to one of the figures. */
export interface Addition extends RollupKey {
  tally: Tally;
  times: Map<number, number>;
  waits: Map<number, number>;
}

const QUARTER_MS = 15 * 60_000;
const DAY_MS = 24 * 3_600_000;
/** Bytes of a path that an index row has room for, beside a name. */
const PATH_BYTES = 1_000;

/** A notebook as figures are kept by: empty for none; a path too long for an index ends in a hash. */
export function notebookKey(path: string | null): string {
  if (path === null || Buffer.byteLength(path) <= PATH_BYTES) return path ?? '';
  const hash = createHash('sha256').update(path).digest('hex').slice(0, 16);
  return `${[...path].slice(0, 200).join('')}…${hash}`;
}

/** What rows mean for the figures, sorted by key. @param rows each with 1, or -1 to take back what was counted of it */
export function additionsOf(rows: readonly { row: CountedRow; sign: 1 | -1 }[]): Addition[] {
  const additions = new Map<string, Addition>();
  for (const { row, sign } of rows) {
    const tally = tallyOf(row, sign);
    for (const key of keysOf(row)) {
      const addition = at(additions, key);
      addTally(addition.tally, tally);
      if (row.execution_time_ms !== null) count(addition.times, bucketOf(row.execution_time_ms), sign);
      if (row.queued_ms !== null) count(addition.waits, bucketOf(row.queued_ms), sign);
    }
  }
  return [...additions.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, addition]) => addition);
}

/** One of the figures with what is added to it. @param kept undefined where there is none yet */
export function added({ tally, times, waits, ...key }: Addition, kept: Rollup | undefined): Rollup {
  const sum = emptyTally();
  if (kept) addTally(sum, kept);
  addTally(sum, tally);
  return { ...key, ...sum, times: merged(kept?.times, times), waits: merged(kept?.waits, waits) };
}

/** A key as text, the same for the same key. */
export function keyText({ kind, begins, username, notebook_path }: RollupKey): string {
  return JSON.stringify([kind, Date.parse(begins), username, notebook_path]);
}

function keysOf({ timestamp, username, notebook_path }: CountedRow): RollupKey[] {
  const at = Date.parse(timestamp);
  const quarter = new Date(Math.floor(at / QUARTER_MS) * QUARTER_MS).toISOString();
  const day = new Date(Math.floor(at / DAY_MS) * DAY_MS).toISOString();
  const path = notebookKey(notebook_path);
  return [
    { kind: 'cell', begins: quarter, username, notebook_path: path },
    { kind: 'all', begins: quarter, username: '', notebook_path: '' },
    { kind: 'user', begins: day, username, notebook_path: '' },
    { kind: 'notebook', begins: day, username: '', notebook_path: path }
  ];
}

function at(additions: Map<string, Addition>, key: RollupKey): Addition {
  const text = keyText(key);
  const known = additions.get(text) ?? { ...key, tally: emptyTally(), times: new Map(), waits: new Map() };
  additions.set(text, known);
  return known;
}

function count(counts: Map<number, number>, bucket: number, sign: number): void {
  counts.set(bucket, (counts.get(bucket) ?? 0) + sign);
}

function merged(kept: Buffer | undefined, more: ReadonlyMap<number, number>): Buffer {
  const counts = new Map(more);
  if (kept) eachPacked(kept, (bucket, n) => count(counts, bucket, n));
  return pack(counts);
}
