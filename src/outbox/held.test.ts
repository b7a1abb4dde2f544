/**
 * @jest-environment node
 * @jest-environment-options {"globalsCleanup": "off"}
 */
import { KEEPALIVE_BYTES, type AuditEvent, type PageState } from '@celltrail/protocol';
import { batchBody } from './body.js';
import { toEntry, utf8Bytes, type Entry } from './entry.js';
import { Held } from './held.js';
import { PAGE_ID, someEvent } from './test/events.js';

const sequences = (events: readonly { page_seq: number }[]): number[] => events.map(({ page_seq }) => page_seq);
const page: PageState = {
  page_id: PAGE_ID,
  extension_version: '0.1.0',
  lab_version: '4.6.6',
  capturing: true,
  waiting: 9,
  refused: 0
};
const holding = (held: Held, ...events: [seq: number, actor?: string | null, text?: string][]): Held => {
  for (const [seq, actor = 'ana', text = ''] of events) held.hold(someEvent(seq, PAGE_ID, text), actor);
  return held;
};
const ofLength = (seq: number, length: number): AuditEvent =>
  ({ ...someEvent(seq), type: 'execution', code: 'x'.repeat(length) }) as unknown as AuditEvent;

test('keeps for the last batch what nobody acknowledged, in its order', () => {
  const held = holding(new Held(), [1], [2], [3]);
  held.stored([1, 2, 3]);
  held.settled([2]);
  expect(sequences(held.lastBatch('ana'))).toEqual([1, 3]);
});

test('takes nothing of another person along, and nothing unclaimed', () => {
  const held = holding(new Held(), [1, 'babak'], [2, null], [3]);
  expect(sequences(held.lastBatch('ana'))).toEqual([3]);
});

test('a body of Persian letters stays within the bytes that keepalive requests share', () => {
  const held = new Held();
  for (let seq = 1; seq <= 40; seq++) holding(held, [seq, 'ana', 'سلام '.repeat(300)]);
  const events = held.lastBatch('ana');
  expect(sequences(events).at(-1)).toBe(40);
  expect(events.length).toBeGreaterThan(15);
  expect(utf8Bytes(batchBody(page, 'ana', events))).toBeLessThanOrEqual(KEEPALIVE_BYTES);
});

test('one event that is too large for a last batch does not push the others out', () => {
  const held = holding(new Held(), [1], [2, 'ana', 'x'.repeat(KEEPALIVE_BYTES)]);
  held.hold(ofLength(3, KEEPALIVE_BYTES), 'ana');
  expect(sequences(held.lastBatch('ana'))).toEqual([1]);
});

test('what is not on the disk is told, to be given to another outbox', () => {
  const held = holding(new Held(), [1], [2], [3]);
  held.stored([2, 2, 9]);
  expect(sequences(held.unstored)).toEqual([1, 3]);
});

test('of what is on the disk only as much is held as a last batch takes', () => {
  const held = new Held(1000);
  for (const seq of [1, 2, 3]) held.hold(ofLength(seq, 400), 'ana');
  held.stored([1, 2]);
  expect(held.size).toBe(2);
  held.stored([3]);
  expect(held.size).toBe(1);
});

test('memory is bounded, by events and by bytes, while nothing reaches the disk', () => {
  const few = holding(new Held(1000, { events: 2, bytes: 1e9 }), [1], [2], [3]);
  expect(sequences(few.unstored)).toEqual([2, 3]);
  const small = new Held(1000, { events: 99, bytes: 1000 });
  for (const seq of [1, 2, 3]) small.hold(ofLength(seq, 400), 'ana');
  expect(sequences(small.unstored)).toEqual([3]);
});

test('the body is the batch of the protocol', () => {
  const entry = (seq: number): Entry => toEntry(someEvent(seq, PAGE_ID, ''), 'ana', null);
  const body = JSON.parse(batchBody(page, 'a"na', [entry(1), entry(2)])) as unknown;
  expect(body).toEqual({
    protocol: 1,
    page,
    actor: 'a"na',
    events: [someEvent(1, PAGE_ID, ''), someEvent(2, PAGE_ID, '')]
  });
  expect(JSON.parse(batchBody(page, 'ana', []))).toMatchObject({ events: [] });
});
