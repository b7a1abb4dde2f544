/**
 * @jest-environment node
 * @jest-environment-options {"globalsCleanup": "off"}
 */
import { KEEPALIVE_BYTES, type PageState } from '@celltrail/protocol';
import { batchBody } from './body.js';
import { toEntry, UNCLAIMED, utf8Bytes, type Entry } from './entry.js';
import { LastBatch } from './last-batch.js';
import { PAGE_ID, someEvent } from './test/events.js';

const entry = (seq: number, actor = 'ana', text = ''): Entry => toEntry(someEvent(seq, PAGE_ID, text), actor, null);
const sequences = (entries: readonly Entry[]): number[] => entries.map(({ page_seq }) => page_seq);
const page: PageState = {
  page_id: PAGE_ID,
  extension_version: '0.1.0',
  lab_version: '4.6.6',
  capturing: true,
  waiting: 9,
  refused: 0
};

test('keeps what nobody acknowledged, in its order', () => {
  const last = new LastBatch();
  for (const seq of [1, 2, 3]) last.remember(entry(seq));
  last.forget([entry(2)]);
  expect(sequences(last.of('ana'))).toEqual([1, 3]);
});

test('takes nothing of another person along, and nothing unclaimed', () => {
  const last = new LastBatch();
  last.remember(entry(1, 'babak'));
  last.remember(entry(2, UNCLAIMED));
  last.remember(entry(3));
  expect(sequences(last.of('ana'))).toEqual([3]);
});

test('a body of Persian letters stays within the bytes that keepalive requests share', () => {
  const last = new LastBatch();
  for (let seq = 1; seq <= 40; seq++) last.remember(entry(seq, 'ana', 'سلام '.repeat(300)));
  const events = last.of('ana');
  expect(sequences(events).at(-1)).toBe(40);
  expect(events.length).toBeGreaterThan(15);
  expect(utf8Bytes(batchBody(page, 'ana', events))).toBeLessThanOrEqual(KEEPALIVE_BYTES);
});

test('one event that is too large for a last batch does not push the others out', () => {
  const last = new LastBatch();
  last.remember(entry(1));
  last.remember(entry(2, 'ana', 'x'.repeat(KEEPALIVE_BYTES)));
  expect(sequences(last.of('ana'))).toEqual([1]);
});

test('an acknowledgement of another page’s event with the same number changes nothing', () => {
  const last = new LastBatch();
  last.remember(entry(1));
  last.forget([{ page_id: '22222222-2222-4222-8222-222222222222', page_seq: 1 }]);
  expect(sequences(last.of('ana'))).toEqual([1]);
});

test('the body is the batch of the protocol', () => {
  const body = JSON.parse(batchBody(page, 'a"na', [entry(1), entry(2)])) as unknown;
  expect(body).toEqual({
    protocol: 1,
    page,
    actor: 'a"na',
    events: [someEvent(1, PAGE_ID, ''), someEvent(2, PAGE_ID, '')]
  });
  expect(JSON.parse(batchBody(page, 'ana', []))).toMatchObject({ events: [] });
});
