import { MAX_BATCH_EVENTS, MAX_BODY_BYTES, type Problem } from '@celltrail/protocol';
import { backoffMs, REFUSED, UNREACHABLE } from './backoff.js';
import type { Answer, Failed, Verdict } from './verdict.js';

/** What the queue must know of an event. */
export interface Item {
  key: number;
  /** UTF-8 bytes */
  bytes: number;
}

/** How much one batch may hold, and how much is known to be too much (exclusive). */
export interface Size {
  now: number;
  tooMuch: number;
}

/** Where sending stands. The events themselves lie in the store. */
export interface Queue {
  reach: 'unknown' | 'reachable' | 'unreachable' | 'refused';
  /** failures in a row */
  failures: number;
  /** nothing is sent before, by the monotonic clock in ms */
  notBefore: number;
  events: Size;
  bytes: Size;
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

/** A queue that has sent nothing yet. */
export const FRESH: Queue = {
  reach: 'unknown',
  failures: 0,
  notBefore: 0,
  events: { now: MAX_BATCH_EVENTS, tooMuch: MAX_BATCH_EVENTS + 1 },
  bytes: { now: MAX_BODY_BYTES - ENVELOPE_BYTES, tooMuch: MAX_BODY_BYTES - ENVELOPE_BYTES + 1 },
  problem: null
};

/** How long until something may be sent, in ms; 0: now. @param now by the monotonic clock */
export function waitMs(queue: Queue, now: number): number {
  return Math.max(0, queue.notBefore - now);
}

/** The first events that fit into one batch. An event larger than any batch travels alone: the server decides. */
export function nextBatch<T extends Item>(queue: Queue, waiting: readonly T[]): T[] {
  const batch: T[] = [];
  let bytes = 0;
  for (const item of waiting) {
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
  if (verdict.kind === 'failed') return { queue: fail(queue, verdict, now, random), acknowledged: [], refused: [] };
  if (verdict.kind === 'too-large') return split(queue, batch, verdict);
  const settled = { acknowledged: [] as number[], refused: [] as Settlement['refused'] };
  batch.forEach(({ key }, index) => sort(key, verdict.answers[index], settled));
  if (settled.acknowledged.length + settled.refused.length < batch.length) {
    // An answer that this build can't read: ask again later, as the server may be in the middle of a rollout.
    const failure: Failed = { kind: 'failed', reach: 'unreachable', problem: 'unreadable answer', retryAfterMs: null };
    return { queue: fail(queue, failure, now, random), ...settled };
  }
  return { queue: succeed(queue), ...settled };
}

/** The queue after a request that led to nothing. */
export function fail(queue: Queue, failure: Failed, now: number, random: number): Queue {
  const failures = queue.failures + 1;
  const limits = failure.reach === 'refused' ? REFUSED : UNREACHABLE;
  const delay = backoffMs(failures, random, failure.retryAfterMs, limits);
  return { ...queue, reach: failure.reach, failures, notBefore: now + delay, problem: failure.problem };
}

/** The queue after an answer that shows that the server is there and knows us. */
export function succeed(queue: Queue): Queue {
  const { events, bytes } = queue;
  return {
    reach: 'reachable',
    failures: 0,
    notBefore: 0,
    events: grow(events),
    bytes: grow(bytes),
    problem: null
  };
}

/** The queue when there is a reason to try sooner. @param at when, by the monotonic clock; never later than before */
export function hurry(queue: Queue, at = 0): Queue {
  return { ...queue, notBefore: Math.min(queue.notBefore, at) };
}

function sort(
  key: number,
  answer: Answer | undefined,
  into: { acknowledged: number[]; refused: Settlement['refused'] }
): void {
  if (answer?.outcome === 'stored' || answer?.outcome === 'duplicate') into.acknowledged.push(key);
  else if (answer?.outcome === 'refused') into.refused.push({ key, problem: answer.problem });
}

// Halves what was too much and goes on at once; an event that is too large alone will never fit.
function split(queue: Queue, batch: readonly Item[], verdict: Verdict & { kind: 'too-large' }): Settlement {
  const [only] = batch;
  if (only && batch.length === 1) {
    return { queue: succeed(queue), acknowledged: [], refused: [{ key: only.key, problem: verdict.problem }] };
  }
  const reached: Queue = { ...queue, reach: 'reachable', failures: 0, notBefore: 0, problem: null };
  const sent = verdict.measure === 'events' ? batch.length : batch.reduce((sum, item) => sum + item.bytes + 1, 0);
  return {
    queue: { ...reached, [verdict.measure]: { now: Math.max(1, Math.floor(sent / 2)), tooMuch: sent } },
    acknowledged: [],
    refused: []
  };
}

// Half-way towards what is known to be too much: finds a proxy's limit in a few steps and then stays below it.
function grow({ now, tooMuch }: Size): Size {
  return { now: Math.max(now, Math.floor((now + tooMuch - 1) / 2)), tooMuch };
}
