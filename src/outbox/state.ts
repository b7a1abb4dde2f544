import { type OutboxState } from '../tokens.js';
import { type Queue } from './queue.js';

/** What the tab that sends told of itself. */
export type Told = Pick<OutboxState, 'reach' | 'nextTryAt' | 'problem' | 'lastStoredAt'>;

/** All that a page knows of delivery. */
export interface Known {
  queue: Pick<Queue, 'reach' | 'problem'>;
  /** Unix ms; null when no try is due */
  nextTryAt: number | null;
  /** newer than what this page found out itself; null when nothing is */
  told: Told | null;
  counts: { waiting: number; own: number; refused: number };
  /** why the browser stores nothing; null when it does */
  storageFault: string | null;
  lastStoredAt: number | null;
  username: string | null;
  /** words for events that wait for another person */
  othersWait: (count: number) => string;
}

/** How delivery stands, for people. Storage that fails comes first: it is the only state in which events are at risk. */
export function composeState(known: Known): OutboxState {
  const { counts, storageFault, lastStoredAt, username } = known;
  const { reach, problem } = known.told ?? known.queue;
  const { nextTryAt } = known.told ?? known;
  const others = username === null ? 0 : counts.waiting - counts.own;
  return {
    reach: storageFault === null ? reach : 'storage',
    waiting: counts.waiting,
    refused: counts.refused,
    lastStoredAt,
    nextTryAt,
    problem: storageFault ?? problem ?? (others > 0 ? known.othersWait(others) : null),
    username
  };
}
