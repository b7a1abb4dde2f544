import { type Log } from '../log.js';
import { problem, type ProblemError } from '../problems.js';
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
}

/** Room for a few seconds of a large company's morning, far from what a small machine's memory holds. */
export const DEFAULT_LIMITS: CommitterLimits = {
  maxWaitingItems: 20_000,
  maxWaitingSize: 64 * 1024 * 1024,
  maxItems: 2_000,
  maxSize: 8 * 1024 * 1024
};

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
  const waiting: Waiting[] = [];
  const total = { items: 0, size: 0 };
  let running: Promise<void> | null = null;
  let stopping = false;

  const run = async (): Promise<void> => {
    while (waiting.length) await commitGroup(take(waiting, limits), store, onChanged, log, onCommitted);
    running = null;
  };
  const refuseNow = (wanted: Wanted): ProblemError | undefined => {
    if (stopping) return problem('stopping', { fix: 'try again in a moment' });
    const fits =
      total.items + wanted.items.length <= limits.maxWaitingItems && total.size + wanted.size <= limits.maxWaitingSize;
    // A request larger than all that may wait is taken when nothing waits; else it would never be.
    return fits || total.items === 0 ? undefined : problem('overloaded', { fix: 'try again in a moment' });
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
          waiting.push({ ...wanted, resolve, reject });
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
    waiting: () => ({ ...total })
  };
}

/** The requests of the next transaction: as many as fit, at least one. */
function take(waiting: Waiting[], limits: CommitterLimits): Waiting[] {
  let [items, size, count] = [0, 0, 0];
  for (const wanted of waiting) {
    items += wanted.items.length;
    size += wanted.size;
    if (count && (items > limits.maxItems || size > limits.maxSize)) break;
    count++;
  }
  return waiting.splice(0, count);
}

async function commitGroup(
  group: readonly Waiting[],
  store: (work: Work) => Promise<Committed>,
  onChanged: (usernames: string[]) => void,
  log: Log,
  onCommitted: OnCommitted
): Promise<void> {
  const began = performance.now();
  const items = group.flatMap(wanted => wanted.items);
  const aside = { pages: group.flatMap(({ page }) => page ?? []), refused: group.flatMap(({ refused }) => refused) };
  try {
    const outcomes = await commitApart(items, aside, store, onChanged, log);
    let next = 0;
    for (const { items, resolve } of group) resolve(outcomes.slice(next, (next += items.length)));
    const took_ms = performance.now() - began;
    log.debug({ requests: group.length, events: items.length, took_ms: Math.round(took_ms) }, 'batch committed');
    onCommitted(items.length, took_ms);
  } catch (error) {
    for (const { reject } of group) reject(error);
  }
}
