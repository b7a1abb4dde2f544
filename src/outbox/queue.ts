import { MAX_BATCH_EVENTS, MAX_BODY_BYTES, type Problem } from '@celltrail/protocol';
import { ASIDE, backoffMs, REFUSED, UNREACHABLE } from './backoff.js';
import { passedSize, splitSize, wholeSize, type Size } from './sizes.js';
import type { Answer, Failed, Verdict } from './verdict.js';

/** What the queue must know of an event. */
export interface Item {
  key: number;
  /** UTF-8 bytes */
  bytes: number;
}

/** An event that does not get through by itself: the others pass it by. */
export interface Aside {
  tries: number;
  /** it is tried again then, alone; by the monotonic clock in ms */
  until: number;
  /** what the last try said */
  problem: string;
}

/** Where sending stands. The events themselves lie in the store. */
export interface Queue {
  reach: 'unknown' | 'reachable' | 'unreachable' | 'refused' | 'expired';
  /** the credential was refused and is asked for anew, once: while true, another refusal is a failure */
  renewing: boolean;
  /** failures in a row */
  failures: number;
  /** nothing is sent before, by the monotonic clock in ms */
  notBefore: number;
  events: Size;
  bytes: Size;
  /** by key */
  aside: ReadonlyMap<number, Aside>;
  /** what the last failure said; null when the last try went well */
  problem: string | null;
}

/** What a verdict means for the events of its batch; what is in neither list stays. */
export interface Settlement {
  queue: Queue;
  /** in the database for good: may be deleted here */
  acknowledged: number[];
  /** refused for good: kept apart, and shown */
  refused: { key: number; problem: Problem }[];
}

/** Bytes of a body around its events: the page's state, the version, the actor. */
export const ENVELOPE_BYTES = 16 * 1024;

const MOST_BYTES = MAX_BODY_BYTES - ENVELOPE_BYTES;

/**
 * After so many failures in a row of a server that answers when it is asked who we are, what is sent may be the
 * reason: a proxy that cuts what is large or slow, a firewall that dislikes a text.
 */
export const PATIENCE = 2;

/** A queue that has sent nothing yet. */
export const FRESH: Queue = {
  reach: 'unknown',
  renewing: false,
  failures: 0,
  notBefore: 0,
  events: wholeSize(MAX_BATCH_EVENTS),
  bytes: wholeSize(MOST_BYTES),
  aside: new Map(),
  problem: null
};

const UNREADABLE: Failed = {
  kind: 'failed',
  reach: 'unreachable',
  problem: 'unreadable-answer',
  mayBeContent: false,
  retryAfterMs: null
};

/** How long until something may be sent, in ms; 0: now. @param now by the monotonic clock */
export function waitMs(queue: Queue, now: number): number {
  return Math.max(0, queue.notBefore - now);
}

/** What is set aside and not due yet. @param now by the monotonic clock */
export function restingKeys(queue: Queue, now: number): Set<number> {
  return new Set([...queue.aside].flatMap(([key, { until }]) => (until > now ? [key] : [])));
}

/**
 * The first events that fit into one batch. An event larger than any batch travels alone: the server decides. One
 * that was set aside travels alone, too, and first when it is due.
 * @param now by the monotonic clock
 */
export function nextBatch<T extends Item>(queue: Queue, waiting: readonly T[], now: number): T[] {
  const batch: T[] = [];
  let bytes = 0;
  for (const item of waiting) {
    const aside = queue.aside.get(item.key);
    if (aside && aside.until <= now) return [item];
    if (aside) continue;
    const size = item.bytes + 1; // the comma
    if (batch.length > 0 && (batch.length >= queue.events.now || bytes + size > queue.bytes.now)) break;
    batch.push(item);
    bytes += size;
  }
  return batch;
}

/**
 * What a verdict means. An event leaves the queue only by its own answer; every failure keeps everything.
 * @param batch what was sent
 * @param now by the monotonic clock, in ms
 * @param random in [0, 1)
 */
export function settle(
  queue: Queue,
  batch: readonly Item[],
  verdict: Verdict,
  now: number,
  random: number
): Settlement {
  // A sign-in that ran out is no failure yet: asked anew who we are, the server may know.
  if (verdict.kind === 'failed' && verdict.reach === 'expired' && !queue.renewing) {
    return kept({ ...queue, renewing: true });
  }
  if (verdict.kind === 'failed') return kept(suspect(queue, batch, verdict, now, random));
  if (verdict.kind === 'too-large') return split(queue, batch, verdict, now, random);
  const settled = { acknowledged: [] as number[], refused: [] as Settlement['refused'] };
  batch.forEach(({ key }, index) => sort(key, verdict.answers[index], settled));
  if (settled.acknowledged.length + settled.refused.length < batch.length) {
    // An answer that this build can't read: ask again later, as the server may be in the middle of a rollout.
    return { queue: fail(queue, UNREADABLE, now, random), ...settled };
  }
  return { queue: pass(queue, batch), ...settled };
}

/** The queue after a request that led to nothing. */
export function fail(queue: Queue, failure: Failed, now: number, random: number): Queue {
  const failures = queue.failures + 1;
  const limits = failure.reach === 'unreachable' ? UNREACHABLE : REFUSED;
  const delay = backoffMs(failures, random, failure.retryAfterMs, limits);
  return { ...queue, reach: failure.reach, failures, notBefore: now + delay, problem: failure.problem };
}

/** The queue after an answer that shows that the server is there and knows us. */
export function succeed(queue: Queue): Queue {
  return { ...queue, reach: 'reachable', renewing: false, failures: 0, notBefore: 0, problem: null };
}

/** The queue when there is a reason to try sooner. @param at when, by the monotonic clock; never later than before */
export function hurry(queue: Queue, at = 0): Queue {
  const aside = new Map([...queue.aside].map(([key, one]) => [key, { ...one, until: Math.min(one.until, at) }]));
  return { ...queue, notBefore: Math.min(queue.notBefore, at), aside };
}

function kept(queue: Queue): Settlement {
  return { queue, acknowledged: [], refused: [] };
}

// A batch that was answered: what it held is set aside no more, and what it measured is no limit.
function pass(queue: Queue, batch: readonly Item[]): Queue {
  const { aside, ...rest } = succeed(queue);
  const keys = new Set(batch.map(({ key }) => key));
  return {
    ...rest,
    events: passedSize(queue.events, batch.length, MAX_BATCH_EVENTS),
    bytes: passedSize(queue.bytes, bytesOf(batch), MOST_BYTES),
    aside: batch.some(({ key }) => aside.has(key)) ? new Map([...aside].filter(([key]) => !keys.has(key))) : aside
  };
}

// Whether it is what was sent that does not get through is found by halving, down to one event.
function suspect(queue: Queue, batch: readonly Item[], failure: Failed, now: number, random: number): Queue {
  const failed = fail(queue, failure, now, random);
  const [first] = batch;
  if (!first || !failure.mayBeContent) return failed;
  // It fails as it did before: that says nothing of the rest, and whether the server is gone the next request tells.
  if (queue.failures === 0 && queue.aside.has(first.key)) {
    return setAside(queue, first.key, failure.problem, now, random);
  }
  if (queue.failures < PATIENCE && !queue.aside.has(first.key)) return failed;
  if (batch.length === 1) return setAside(failed, first.key, failure.problem, now, random);
  // Not a limit: with the next success it grows again.
  return { ...failed, events: { ...failed.events, now: Math.ceil(batch.length / 2) } };
}

function setAside(queue: Queue, key: number, problem: string, now: number, random: number): Queue {
  const tries = (queue.aside.get(key)?.tries ?? 0) + 1;
  const until = now + backoffMs(tries, random, null, ASIDE);
  return { ...queue, aside: new Map(queue.aside).set(key, { tries, until, problem }) };
}

function bytesOf(batch: readonly Item[]): number {
  return batch.reduce((sum, item) => sum + item.bytes + 1, 0);
}

function sort(
  key: number,
  answer: Answer | undefined,
  into: { acknowledged: number[]; refused: Settlement['refused'] }
): void {
  if (answer?.outcome === 'stored' || answer?.outcome === 'duplicate') into.acknowledged.push(key);
  else if (answer?.outcome === 'refused') into.refused.push({ key, problem: answer.problem });
}

// Halves what was too much and goes on at once. One event alone that is too large for the server itself will never
// fit; one that something on the way does not let through may, when that is set right.
function split(
  queue: Queue,
  batch: readonly Item[],
  verdict: Verdict & { kind: 'too-large' },
  now: number,
  random: number
): Settlement {
  const reached = succeed(queue);
  const [only] = batch;
  if (only && batch.length === 1) {
    const { problem } = verdict;
    if (problem === null) return kept(setAside(reached, only.key, 'too-large-on-the-way', now, random));
    return { queue: pass(queue, batch), acknowledged: [], refused: [{ key: only.key, problem }] };
  }
  const sent = verdict.measure === 'events' ? batch.length : bytesOf(batch);
  return kept({ ...reached, [verdict.measure]: splitSize(queue[verdict.measure], sent) });
}
