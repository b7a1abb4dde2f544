import { MAX_BATCH_EVENTS, type EventAnswer, type PageState } from '@celltrail/protocol';
import { type Log } from '../log.js';
import { problem } from '../problems.js';
import { commit, type Rules } from '../store/commit.js';
import { type Store } from '../store/open.js';
import { type PresenceRow } from '../store/presence.js';
import { type Item, type Outcome } from './commit-apart.js';
import { cleanEvent, type Cleaned } from './clean.js';
import { createCommitter, type CommitterLimits, type OnCommitted } from './committer.js';
import { type Arrival } from '../store/page-sequences.js';
import { contradictedExecution } from './contradiction.js';
import { opposedEvent } from './observation.js';
import { refusedNumbers } from './refused-numbers.js';
import { settle } from './settle.js';
import { storable } from './storable.js';

/** Who a batch is attributed to. Never taken from its body. */
export interface Sender {
  username: string;
}

/** A batch whose envelope was checked; its events were not. */
export interface Batch {
  page?: PageState | null;
  events: readonly unknown[];
}

/** The one way of events into the store. */
export interface Ingest {
  /**
   * Stores the events of a batch, each once.
   * @returns one answer per event, in their order, given only after the commit
   * @throws `batch-too-large`; `overloaded`, `stopping`, `database-…`: nothing was acknowledged, and the same
   * batch again is safe
   */
  accept: (sender: Sender, batch: Batch) => Promise<EventAnswer[]>;
  /** Takes nothing more and resolves when all that was taken is committed. */
  drain: () => Promise<void>;
  /** what has no answer yet, as events and as characters */
  waiting: () => { items: number; size: number };
  /** whether a large batch would be turned away, or wait for longer than its sender does */
  crowded: () => boolean;
}

/** What ingest is made of. */
export interface IngestParts {
  store: Store;
  log: Log;
  /** Unix ms */
  now: () => number;
  /** told whose record changed, after each commit */
  announce: (usernames: string[]) => void;
  limits?: CommitterLimits;
  onCommitted?: OnCommitted;
}

const RULES: Rules = { settle, contradicted: contradictedExecution, eventOpposed: opposedEvent };

/** Ingest on an open store. */
export function createIngest({ store, log, now, announce, ...options }: IngestParts): Ingest {
  const committer = createCommitter(work => commit(store.db, work, RULES), announce, log, options);
  return {
    async accept({ username }, { events, page }) {
      if (events.length > MAX_BATCH_EVENTS)
        throw problem('batch-too-large', { limit: MAX_BATCH_EVENTS, fix: 'split the batch' });
      const cleaned = events.map((event, index) => cleanEvent(event, index, now()));
      const items = cleaned.flatMap(one => toItem(one, username));
      const refused: Arrival[] = refusedNumbers(cleaned, events).map(number => ({ ...number, username }));
      if (!items.length && !page && !refused.length) return answers(cleaned, []);
      const wanted = { items, page: page ? toPresence(page, username) : null, refused, size: sizeOf(items) };
      return answers(cleaned, await committer.submit(wanted));
    },
    drain: () => committer.drain(),
    waiting: () => committer.waiting(),
    crowded: () => committer.crowded()
  };
}

function toItem(one: Cleaned, username: string): Item[] {
  if (one.kind === 'execution') return [{ kind: 'execution', row: { ...one.execution, username } }];
  if (one.kind === 'occurrence') return [{ kind: 'event', row: { ...one.occurrence, username } }];
  return [];
}

function toPresence(page: PageState, username: string): PresenceRow {
  return {
    page_id: page.page_id.toLowerCase(),
    username,
    extension_version: storable(page.extension_version),
    lab_version: page.lab_version == null ? null : storable(page.lab_version),
    capturing: page.capturing,
    last_seq: page.last_seq ?? null,
    fault: page.fault == null ? null : storable(page.fault),
    browser_id: page.browser_id?.toLowerCase() ?? null,
    keeping: page.keeping ?? null,
    waiting: page.waiting,
    refused: page.refused
  };
}

/** Code and traceback make the difference; the rest of a row is small. */
function sizeOf(items: readonly Item[]): number {
  const fixed = 1_000;
  return items.reduce((sum, item) => {
    if (item.kind === 'event') return sum + fixed;
    const { code, code_json, error_traceback } = item.row;
    return sum + fixed + code.length + (code_json?.length ?? 0) + (error_traceback?.length ?? 0);
  }, 0);
}

function answers(cleaned: readonly Cleaned[], outcomes: readonly Outcome[]): EventAnswer[] {
  let next = 0;
  return cleaned.map((one, index): EventAnswer => {
    if (one.kind === 'refused')
      return { outcome: 'refused', problem: { ...problem(one.refusal.kind, one.refusal.details).toProblem() } };
    const outcome = outcomes[next++]!;
    if (typeof outcome === 'string') return { outcome };
    return { outcome: 'refused', problem: { ...outcome.refused.toProblem(), field: `events[${index}]` } };
  });
}
