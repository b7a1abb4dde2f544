/**
 * @jest-environment node
 * @jest-environment-options {"globalsCleanup": "off"}
 */
import type { AuditEvent } from '@celltrail/protocol';
import { freshProfile, ROOMY } from './test/databases.js';
import { FakeLocks } from './test/locks.js';
import { FakeServer } from './test/server.js';
import { Tab } from './test/tab.js';

const SECOND_PAGE = '22222222-2222-4222-8222-222222222222';
const HOUR_MS = 60 * 60_000;
let server: FakeServer;
let locks: FakeLocks;
let tabs: Tab[];
const open = (pageId?: string): Tab => {
  const tab = new Tab(server, locks, pageId);
  tabs.push(tab);
  tab.bounds = { ...ROOMY, maxEvents: 5 };
  tab.outbox.rebound();
  return tab;
};
const offline = () => Promise.reject(new TypeError('Failed to fetch'));
const gaps = (): AuditEvent[] =>
  [...server.stored.values()]
    .map(({ event }) => event)
    .filter(event => 'reason' in event && String(event.reason).startsWith('outbox_'));

beforeEach(() => {
  freshProfile();
  server = new FakeServer();
  locks = new FakeLocks();
  tabs = [];
});
afterEach(async () => {
  for (const tab of tabs) await tab.close();
});

test('a full outbox is shown, loses what comes, and says afterwards how much that was, once', async () => {
  const tab = open();
  await tab.pass();
  server.behaviour = offline;
  for (let seq = 1; seq <= 8; seq++) tab.capture();
  await tab.pass();
  expect(tab.outbox.state).toMatchObject({ full: true, waiting: 5 });
  server.behaviour = null;
  tab.outbox.retry();
  await tab.pass(2 * 60_000);
  expect(tab.outbox.state).toMatchObject({ full: false, waiting: 0, reach: 'reachable' });
  expect(server.sequences.slice(0, 5)).toEqual([1, 2, 3, 4, 5]);
  expect(gaps()).toMatchObject([{ reason: 'outbox_full', missing: 3 }]);
  await tab.pass(10 * 60_000);
  expect(gaps()).toHaveLength(1);
});

test('the server learns at once that a browser keeps nothing, and that it does again', async () => {
  const tab = open();
  await tab.pass();
  tab.database.fault = new DOMException('full', 'QuotaExceededError');
  tab.capture();
  await tab.pass();
  expect(server.batches.at(-1)!.page).toMatchObject({ keeping: 'memory' });
  tab.database.fault = null;
  tab.capture();
  await tab.pass(10_000);
  expect(server.batches.at(-1)!.page).toMatchObject({ keeping: 'disk' });
});

test('what a tab that was closed lost is told by the next', async () => {
  const first = open();
  await first.pass();
  server.behaviour = offline;
  for (let seq = 1; seq <= 7; seq++) first.capture();
  await first.pass();
  await first.close();
  server.behaviour = null;
  await open(SECOND_PAGE).pass(2 * 60_000);
  expect(gaps()).toMatchObject([{ page_id: SECOND_PAGE, missing: 2 }]);
});

test('what one person lost is not told in the name of another', async () => {
  const first = open();
  await first.pass();
  server.behaviour = offline;
  for (let seq = 1; seq <= 7; seq++) first.capture();
  await first.pass();
  await first.close();
  server.behaviour = null;
  server.username = 'babak';
  const second = open(SECOND_PAGE);
  await second.pass(2 * 60_000);
  expect(gaps()).toEqual([]);
  server.username = 'ana';
  await second.pass(10 * 60_000);
  expect([...server.stored.values()].filter(({ event }) => 'missing' in event)).toMatchObject([{ actor: 'ana' }]);
});

test('more room, by the settings, takes effect at once', async () => {
  const tab = open();
  await tab.pass();
  server.behaviour = offline;
  for (let seq = 1; seq <= 6; seq++) tab.capture();
  await tab.pass();
  tab.bounds = ROOMY;
  tab.outbox.rebound();
  tab.capture();
  await tab.pass();
  // The statement of what was lost found room, too.
  expect(tab.outbox.state).toMatchObject({ full: false, waiting: 7 });
});

test('what waited for too many days is deleted, and how much that was is on record', async () => {
  const tab = open();
  tab.bounds = { ...ROOMY, maxDays: 3 };
  tab.outbox.rebound();
  await tab.pass();
  server.behaviour = offline;
  tab.capture();
  tab.capture();
  for (let day = 0; day < 5; day++) {
    tab.time.skew += 24 * HOUR_MS;
    await tab.pass(HOUR_MS + 1);
  }
  // What waits now is the statement of it.
  expect(tab.outbox.state.waiting).toBe(1);
  server.behaviour = null;
  await tab.pass(3 * 60_000);
  expect(gaps()).toMatchObject([{ reason: 'outbox_expired', missing: 2 }]);
});
