import { describeProblem, MAX_BATCH_EVENTS, MAX_BODY_BYTES } from '@celltrail/protocol';
import {
  ENVELOPE_BYTES,
  fail,
  FRESH,
  hurry,
  nextBatch,
  settle,
  succeed,
  PATIENCE,
  restingKeys,
  waitMs,
  type Item,
  type Queue
} from './queue.js';
import type { Answer, Failed, Verdict } from './verdict.js';

const items = (count: number, bytes = 10): Item[] => Array.from({ length: count }, (_, i) => ({ key: i + 1, bytes }));
const stored: Answer = { outcome: 'stored' };
const answered = (...answers: Answer[]): Verdict => ({ kind: 'answered', answers });
const problem = describeProblem('body-too-large');
const tooLarge = (measure: 'events' | 'bytes'): Verdict => ({ kind: 'too-large', measure, problem });
const failure = (reach: Failed['reach'], retryAfterMs: number | null = null): Failed => ({
  kind: 'failed',
  reach,
  problem: 'no',
  mayBeContent: false,
  retryAfterMs
});
const ofAProxy: Verdict = { kind: 'too-large', measure: 'bytes', problem: null };
const cut: Verdict = { ...failure('unreachable'), mayBeContent: true };

describe('the next batch', () => {
  test('holds the oldest events, as many as one batch may', () => {
    const batch = nextBatch(FRESH, items(MAX_BATCH_EVENTS + 1), 0);
    expect(batch).toHaveLength(MAX_BATCH_EVENTS);
    expect(batch[0]!.key).toBe(1);
  });

  test('stays below the bytes of a body, commas and envelope counted', () => {
    const batch = nextBatch(FRESH, items(9, 1024 * 1024), 0);
    expect(batch).toHaveLength(7);
    expect(7 * (1024 * 1024 + 1) + ENVELOPE_BYTES).toBeLessThan(MAX_BODY_BYTES);
  });

  test('takes an event larger than any batch alone', () => {
    expect(nextBatch(FRESH, items(3, MAX_BODY_BYTES), 0)).toEqual([{ key: 1, bytes: MAX_BODY_BYTES }]);
  });

  test('of nothing is nothing', () => {
    expect(nextBatch(FRESH, [], 0)).toEqual([]);
  });
});

describe('an answered batch', () => {
  test('deletes what is stored or was there already, and keeps refused events apart', () => {
    const refusal = { ...describeProblem('date-in-future') };
    const verdict = answered(stored, { outcome: 'refused', problem: refusal }, { outcome: 'duplicate' });
    const settled = settle(FRESH, items(3), verdict, 0, 0.5);
    expect(settled).toMatchObject({ acknowledged: [1, 3], refused: [{ key: 2, problem: refusal }] });
    expect(settled.queue).toMatchObject({ reach: 'reachable', failures: 0, problem: null });
  });

  test('with an unclear answer keeps that event and waits before it asks again', () => {
    const settled = settle(FRESH, items(2), answered(stored, { outcome: 'unclear' }), 0, 0.5);
    expect(settled).toMatchObject({ acknowledged: [1], refused: [], queue: { failures: 1 } });
    expect(waitMs(settled.queue, 0)).toBeGreaterThan(0);
  });

  test('ends a series of failures', () => {
    const failing = fail(FRESH, failure('unreachable'), 0, 0.5);
    expect(settle(failing, items(1), answered(stored), 0, 0.5).queue.failures).toBe(0);
  });
});

describe('a failure', () => {
  test('keeps everything and waits longer each time', () => {
    const once = settle(FRESH, items(2), failure('unreachable'), 1000, 0.5);
    expect(once).toMatchObject({ acknowledged: [], refused: [], queue: { failures: 1, notBefore: 1500 } });
    const twice = settle(once.queue, items(2), failure('unreachable'), 2000, 0.5);
    expect(twice.queue).toMatchObject({ failures: 2, notBefore: 3000 });
  });

  test('by a refusal is retried slowly', () => {
    expect(fail(FRESH, failure('refused'), 0, 0.5)).toMatchObject({ reach: 'refused', notBefore: 15_000 });
  });

  test('keeps to what the server asked for', () => {
    expect(waitMs(fail(FRESH, failure('unreachable', 9000), 0, 0), 0)).toBe(9000);
  });

  test('need not be waited out when there is a reason to try sooner', () => {
    const failing = fail(FRESH, failure('unreachable', 9000), 0, 0);
    expect(waitMs(hurry(failing), 0)).toBe(0);
    expect(waitMs(hurry(failing, 2000), 0)).toBe(2000);
    expect(waitMs(hurry(failing, 99_000), 0)).toBe(9000);
  });
});

describe('a sign-in that ran out', () => {
  const expired = failure('expired');

  test('is renewed at once, once: the second time in a row is a failure that says so', () => {
    const once = settle(FRESH, items(2), expired, 0, 0.5);
    expect(once).toMatchObject({ acknowledged: [], refused: [], queue: { renewing: true, failures: 0, notBefore: 0 } });
    const twice = settle(once.queue, items(2), expired, 0, 0.5).queue;
    expect(twice).toMatchObject({ reach: 'expired', failures: 1, notBefore: 15_000 });
    expect(settle(twice, items(2), expired, 0, 0.5).queue.failures).toBe(2);
  });

  test('is renewed anew when it had been good in between', () => {
    const once = settle(FRESH, items(1), expired, 0, 0.5).queue;
    const good = settle(once, items(1), answered(stored), 0, 0.5).queue;
    expect(good.renewing).toBe(false);
    expect(settle(good, items(1), expired, 0, 0.5).queue.failures).toBe(0);
  });
});

describe('a batch that is too large', () => {
  test('is halved at once, by events or by bytes', () => {
    const events = settle(FRESH, items(8), tooLarge('events'), 0, 0.5).queue;
    expect(nextBatch(events, items(8), 0)).toHaveLength(4);
    expect(waitMs(events, 0)).toBe(0);
    const bytes = settle(FRESH, items(8, 99), tooLarge('bytes'), 0, 0.5).queue;
    expect(nextBatch(bytes, items(8, 99), 0)).toHaveLength(4);
    expect(nextBatch(bytes, items(8, 9), 0)).toHaveLength(8);
  });

  test.each(['events', 'bytes'] as const)('by %s comes down to one event, which is refused and kept', measure => {
    let queue: Queue = FRESH;
    let settled = settle(queue, nextBatch(queue, items(500), 0), tooLarge(measure), 0, 0.5);
    for (let tries = 0; settled.refused.length === 0; tries++) {
      expect(tries).toBeLessThan(10);
      queue = settled.queue;
      settled = settle(queue, nextBatch(queue, items(500), 0), tooLarge(measure), 0, 0.5);
    }
    expect(settled).toMatchObject({ acknowledged: [], refused: [{ key: 1, problem }] });
  });

  test('teaches where a proxy draws the line: few tries are wasted, then none', () => {
    const limit = 100_000;
    let queue: Queue = FRESH;
    let wasted = 0;
    const waiting = items(500, 9_999);
    for (let round = 0; round < 60; round++) {
      const batch = nextBatch(queue, waiting, 0);
      const fits = batch.length * 10_000 <= limit;
      if (!fits) wasted++;
      queue = settle(queue, batch, fits ? answered(...batch.map(() => stored)) : tooLarge('bytes'), 0, 0.5).queue;
    }
    expect(wasted).toBeLessThan(15);
    expect(nextBatch(queue, waiting, 0)).toHaveLength(10);
  });

  test('never lets a batch grow over what the protocol allows', () => {
    let queue: Queue = FRESH;
    for (let round = 0; round < 10; round++) queue = succeed(queue);
    expect(queue.events.now).toBe(MAX_BATCH_EVENTS);
    expect(queue.bytes.now).toBe(MAX_BODY_BYTES - ENVELOPE_BYTES);
  });
});

describe('what does not get through by itself', () => {
  const three = items(3);

  test('because a proxy finds it too large is set aside, kept, and passed by', () => {
    const settled = settle(FRESH, items(1), ofAProxy, 0, 0);
    expect(settled).toMatchObject({ acknowledged: [], refused: [], queue: { reach: 'reachable', failures: 0 } });
    expect([...restingKeys(settled.queue, 0)]).toEqual([1]);
    expect(nextBatch(settled.queue, three, 0).map(({ key }) => key)).toEqual([2, 3]);
  });

  test('is tried again alone, later each time, and is forgotten when it passed', () => {
    const once = settle(FRESH, items(1), ofAProxy, 0, 0.999).queue;
    expect(nextBatch(once, three, 60_000).map(({ key }) => key)).toEqual([1]);
    const twice = settle(once, items(1), ofAProxy, 60_000, 0.999).queue;
    expect(restingKeys(twice, 2.9 * 60_000)).toEqual(new Set([1]));
    expect(restingKeys(twice, 3 * 60_000)).toEqual(new Set());
    expect(settle(twice, items(1), answered(stored), 0, 0.5).queue.aside.size).toBe(0);
  });

  test('is tried at once when there is a reason to try sooner', () => {
    const aside = settle(FRESH, items(1), ofAProxy, 0, 0.5).queue;
    expect(restingKeys(hurry(aside, 0), 0).size).toBe(0);
  });

  test('by a connection that is cut each time is found by halving, and the rest goes on', () => {
    const poison = 5;
    let queue: Queue = FRESH;
    let waiting = items(8);
    for (let tries = 0; waiting.length > 1; tries++) {
      expect(tries).toBeLessThan(30);
      const batch = nextBatch(queue, waiting, 0);
      const passes = !batch.some(({ key }) => key === poison);
      const verdict = passes ? answered(...batch.map(() => stored)) : cut;
      const settled = settle(queue, batch, verdict, 0, 0);
      queue = settled.queue;
      expect(settled.refused).toEqual([]);
      waiting = waiting.filter(({ key }) => !settled.acknowledged.includes(key));
    }
    expect([...restingKeys(queue, 0)]).toEqual([poison]);
  });

  test('does not trouble the rest when it fails again', () => {
    const aside = settle(FRESH, items(1), ofAProxy, 0, 0).queue;
    const again = settle(aside, items(1), cut, 60_000, 0).queue;
    expect(again).toMatchObject({ reach: 'reachable', failures: 0, notBefore: 0 });
    expect([...restingKeys(again, 60_000)]).toEqual([1]);
  });

  test('is not looked for while a failure is new, or is the word of our own server', () => {
    let queue: Queue = FRESH;
    for (let time = 0; time < PATIENCE; time++) queue = settle(queue, items(1), cut, 0, 0).queue;
    expect(queue.aside.size).toBe(0);
    for (let time = 0; time < 5; time++) queue = settle(queue, items(1), failure('unreachable'), 0, 0).queue;
    expect(queue.aside.size).toBe(0);
    expect(settle(queue, items(1), cut, 0, 0).queue.aside.size).toBe(1);
  });
});
