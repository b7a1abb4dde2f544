import type { OutboxState } from '../tokens.js';
import type { Queue } from './queue.js';

/** What the tab that sends told of itself. */
export type Told = Pick<OutboxState, 'reach' | 'nextTryAt' | 'problem' | 'lastStoredAt'>;

/** All that a page knows of delivery. */
export interface Known {
  queue: Pick<Queue, 'reach' | 'problem' | 'aside'>;
  /** Unix ms; null when no try is due */
  nextTryAt: number | null;
  /** newer than what this page found out itself; null when nothing is */
  told: Told | null;
  counts: { waiting: number; own: number; refused: number; full: boolean };
  /** why the browser stores nothing; null when it does */
  storageFault: string | null;
  lastStoredAt: number | null;
  username: string | null;
}

/** Before anything was looked at. */
export const NOTHING_KNOWN: OutboxState = {
  reach: 'unknown',
  waiting: 0,
  others: 0,
  refused: 0,
  full: false,
  lastStoredAt: null,
  nextTryAt: null,
  problem: null,
  username: null
};

/** How delivery stands, for people. Storage that fails comes first: it is the only state in which events are at risk. */
export function composeState(known: Known): OutboxState {
  const { counts, storageFault, lastStoredAt, username } = known;
  const { reach } = known.told ?? known.queue;
  const problem = known.told ? known.told.problem : (known.queue.problem ?? asideProblem(known.queue));
  const { nextTryAt } = known.told ?? known;
  return {
    reach: storageFault === null ? reach : 'storage',
    waiting: counts.waiting,
    others: username === null ? 0 : counts.waiting - counts.own,
    refused: counts.refused,
    full: counts.full,
    lastStoredAt,
    nextTryAt,
    problem: storageFault ?? problem,
    username
  };
}

// What was set aside waits although all else goes through: that must not look like all is well.
function asideProblem({ aside }: Pick<Queue, 'aside'>): string | null {
  const [first] = aside.values();
  return first?.problem ?? null;
}
