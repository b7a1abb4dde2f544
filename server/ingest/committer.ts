import { type Log } from '../log.js';
import { overloaded, problem, type ProblemError } from '../problems.js';
import { type PresenceRow } from '../store/presence.js';
import { type Committed, type Work } from '../store/commit.js';
import { type Arrival } from '../store/page-sequences.js';
import { commitApart, type Item, type Outcome } from './commit-apart.js';

/** What one request wants stored. */
export interface Wanted {
  items: readonly Item[];
  page: PresenceRow | null;
  /** numbers of events that were refused before this */
  refused: readonly Arrival[];
  /** characters it holds in memory, about */
  size: number;
}

/** How much may wait, and how much one transaction takes. */
export interface CommitterLimits {
  /** events that may wait */
  maxWaitingItems: number;
  /** characters that may wait */
  maxWaitingSize: number;
  /** requests join a transaction up to that many events; a larger one has a transaction of its own */
  maxItems: number;
  maxSize: number;
  /** a batch of up to that many events goes before larger ones, and finds room that they don't */
  smallItems: number;
  /** what may wait by the pace of the last transactions, in ms; beyond it larger batches have to come later */
  maxWaitMs: number;
}

/** Room for a few seconds of a large company's morning, far from what a small machine's memory holds. */
export const DEFAULT_LIMITS: CommitterLimits = {
  maxWaitingItems: 20_000,
  maxWaitingSize: 64 * 1024 * 1024,
  maxItems: 2_000,
  maxSize: 8 * 1024 * 1024,
  smallItems: 10,
  maxWaitMs: 5_000
};

/** How long one transaction should take at most, where many events wait: who comes meanwhile waits for it. ms */
const TRANSACTION_MS = 250;

/** Events in a transaction from which on it tells how fast many go. */
const WORTH_MEASURING = 100;

/** What small batches have for themselves of the room, as a share. */
const KEPT_FOR_SMALL = 1 / 8;

/** Gathers requests in flight into transactions. */
export interface Committer {
  /**
   * Stores what one request wants.
   * @returns outcomes in the order of its items, after the commit
   * @throws `overloaded`, `stopping`, `database-…`: nothing was acknowledged, and the same again is safe
   */
  submit(wanted: Wanted): Promise<Outcome[]>;
  /** Takes nothing more and resolves when all that was taken has its answer. */
  drain(): Promise<void>;
  /** what has no answer yet */
  waiting(): { items: number; size: number };
  /** Whether a larger batch would be turned away now. */
  crowded(): boolean;
}

/** Told of each transaction: how many events it took together, and how long it took in ms. */
export type OnCommitted = (events: number, took_ms: number) => void;

interface Waiting extends Wanted {
  resolve: (outcomes: Outcome[]) => void;
  reject: (error: unknown) => void;
}

/**
 * Group commit without timers: while one transaction is under way, requests gather, and the next takes them all. An idle
 * server commits a lone request at once; a busy one shares each flush of the log among many.
 * @param store the one transaction @param onChanged whose record changed, after each commit
 */
export function createCommitter(
  store: (work: Work) => Promise<Committed>,
  onChanged: (usernames: string[]) => void,
  log: Log,
  { limits = DEFAULT_LIMITS, onCommitted = () => {} }: { limits?: CommitterLimits; onCommitted?: OnCommitted } = {}
): Committer {
  // Two lines: what a page tells of the run that just ended must not stand behind what ten thousand pages have kept.
  const small: Waiting[] = [];
  const large: Waiting[] = [];
  const pace = createPace();
  const total = { items: 0, size: 0 };
  let running: Promise<void> | null = null;
  let stopping = false;

  const next = (): Waiting[] => {
    const first = take(small, limits);
    const { maxItems, maxSize } = limits;
    const room =
      Math.min(maxItems, pace.itemsIn(TRANSACTION_MS)) - first.reduce((sum, { items }) => sum + items.length, 0);
    return [...first, ...take(large, { maxItems: room, maxSize })];
  };
  const run = async (): Promise<void> => {
    while (small.length || large.length) {
      const group = next();
      const took_ms = await commitGroup(group, store, onChanged, log);
      if (took_ms === null) continue;
      const events = group.reduce((sum, { items }) => sum + items.length, 0);
      pace.note(events, took_ms);
      onCommitted(events, took_ms);
    }
    running = null;
  };
  const crowded = (): boolean =>
    total.items >= limits.maxWaitingItems * (1 - KEPT_FOR_SMALL) ||
    total.size >= limits.maxWaitingSize * (1 - KEPT_FOR_SMALL) ||
    pace.msFor(total.items) > limits.maxWaitMs;
  const refuseNow = (wanted: Wanted): ProblemError | undefined => {
    if (stopping) return problem('stopping', { fix: 'try again in a moment' });
    const fits =
      total.items + wanted.items.length <= limits.maxWaitingItems &&
      total.size + wanted.size <= limits.maxWaitingSize &&
      (isSmall(wanted, limits) || !crowded());
    // A request larger than all that may wait is taken when nothing waits; else it would never be.
    return fits || total.items === 0 ? undefined : overloaded();
  };
  return {
    async submit(wanted) {
      const refusal = refuseNow(wanted);
      if (refusal) throw refusal;
      const items = Math.max(1, wanted.items.length); // a heartbeat waits, too
      total.items += items;
      total.size += wanted.size;
      try {
        return await new Promise<Outcome[]>((resolve, reject) => {
          (isSmall(wanted, limits) ? small : large).push({ ...wanted, resolve, reject });
          // The loop starts in the next turn, so requests that came in this one are together already.
          running ??= Promise.resolve().then(run);
        });
      } finally {
        total.items -= items;
        total.size -= wanted.size;
      }
    },
    async drain() {
      stopping = true;
      await running;
    },
    waiting: () => ({ ...total }),
    crowded
  };
}

function isSmall({ items }: Wanted, { smallItems }: CommitterLimits): boolean {
  return items.length <= smallItems;
}

interface Pace {
  note(items: number, took_ms: number): void;
  msFor(items: number): number;
  itemsIn(ms: number): number;
}

/** How fast the last transactions that were worth measuring went. */
function createPace(): Pace {
  let msPerItem = 0;
  return {
    note(items, took_ms) {
      // A transaction of a few events is mostly its commit, and says nothing of many.
      if (items >= WORTH_MEASURING) msPerItem = msPerItem ? 0.7 * msPerItem + 0.3 * (took_ms / items) : took_ms / items;
    },
    msFor: items => items * msPerItem,
    itemsIn: ms => (msPerItem ? Math.max(WORTH_MEASURING, ms / msPerItem) : Infinity)
  };
}

/** The requests of the next transaction: as many as fit, at least one. */
function take(waiting: Waiting[], limits: Pick<CommitterLimits, 'maxItems' | 'maxSize'>): Waiting[] {
  let [items, size, count] = [0, 0, 0];
  for (const wanted of waiting) {
    items += wanted.items.length;
    size += wanted.size;
    if (count && (items > limits.maxItems || size > limits.maxSize)) break;
    count++;
  }
  return waiting.splice(0, count);
}

/** @returns how long it took, in ms; null when it failed */
async function commitGroup(
  group: readonly Waiting[],
  store: (work: Work) => Promise<Committed>,
  onChanged: (usernames: string[]) => void,
  log: Log
): Promise<number | null> {
  const began = performance.now();
  const items = group.flatMap(wanted => wanted.items);
  const aside = { pages: group.flatMap(({ page }) => page ?? []), refused: group.flatMap(({ refused }) => refused) };
  try {
    const outcomes = await commitApart(items, aside, store, onChanged, log);
    let next = 0;
    for (const { items, resolve } of group) resolve(outcomes.slice(next, (next += items.length)));
    const took_ms = performance.now() - began;
    log.debug({ requests: group.length, events: items.length, took_ms: Math.round(took_ms) }, 'batch committed');
    return took_ms;
  } catch (error) {
    for (const { reject } of group) reject(error);
    return null;
  }
}
