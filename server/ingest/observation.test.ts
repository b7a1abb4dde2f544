import { type EventRow } from '../store/event-rows.js';
import { opposedEvent } from './observation.js';

const ID = '6a7fd860-7085-8683-a16b-cf65886c7227';
const seen = (change: Partial<EventRow> = {}, said: Record<string, unknown> = {}): EventRow => {
  const row = {
    id: ID,
    type: 'kernel.restarted',
    username: 'sara',
    observed_at: '2026-11-24T10:00:00.000Z',
    ...change
  };
  return {
    page_id: 'page-1',
    page_seq: 1,
    kernel_id: 'k1',
    ...row,
    body: { id: row.id, type: row.type, kernel_id: 'k1', observed_at: row.observed_at, reason: 'requested', ...said }
  };
};

it("takes a second page's word for what is on record already", () => {
  const second = seen({ page_id: 'page-2', page_seq: 7, observed_at: '2026-11-24T10:00:03.000Z' }, { reason: null });
  expect(opposedEvent(seen(), second)).toBeNull();
});

it('keeps the word of another person as an event of their own, the same however often it is said', () => {
  const other = opposedEvent(seen(), seen({ username: 'reza', page_id: 'page-2' }));
  expect(other).toMatchObject({ type: 'kernel.restarted', username: 'reza' });
  expect(other!.id).not.toBe(ID);
  expect(opposedEvent(seen(), seen({ username: 'reza', page_id: 'page-3' }))!.id).toBe(other!.id);
});

it.each([
  ['another kind', seen({ type: 'kernel.died' })],
  ['another kernel', seen({}, { kernel_id: 'k2' })],
  ['a gap of another size', seen({ type: 'capture.gap' }, { missing: 2 })]
])('keeps %s under a taken id as a contradiction', (_, event) => {
  const stored = event.type === 'capture.gap' ? seen({ type: 'capture.gap' }, { missing: 1 }) : seen();
  expect(opposedEvent(stored, event)).toMatchObject({ type: 'event.contradicted' });
});

it('keeps a page’s own word under a taken id as a contradiction', () => {
  const own = (reason: string) => seen({ type: 'capture.disabled' }, { reason });
  expect(opposedEvent(own('a'), own('b'))).toMatchObject({ type: 'event.contradicted' });
});
