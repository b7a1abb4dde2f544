import type { AuditEvent, Statement } from '@celltrail/protocol';
import { Page } from './page.js';

const statement = (id: string): Statement => ({ id, type: 'capture.enabled' });

test('numbers events from 1 without holes and holds them until somebody listens', () => {
  const emitted: AuditEvent[] = [];
  const page = new Page({ pageId: 'p', date: () => 'now', emit: event => void emitted.push(event) });
  page.state(statement('a'));
  page.state(statement('b'));
  expect(emitted).toEqual([]);
  expect(page.sequence).toBe(2);
  page.open();
  page.state(statement('c'));
  expect(emitted.map(({ id, page_seq, page_id, observed_at }) => [id, page_seq, page_id, observed_at])).toEqual([
    ['a', 1, 'p', 'now'],
    ['b', 2, 'p', 'now'],
    ['c', 3, 'p', 'now']
  ]);
});
