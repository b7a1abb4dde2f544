/**
 * @jest-environment node
 * @jest-environment-options {"globalsCleanup": "off"}
 */
import { freshProfile } from './test/databases.js';
import { FakeLocks } from './test/locks.js';
import { FakeServer } from './test/server.js';
import { Tab } from './test/tab.js';

const PAGES = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'] as const;
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

let server: FakeServer;
let locks: FakeLocks;
let tabs: Tab[];
const open = (page: 0 | 1 = 0, options: { isPlainHttp?: boolean } = {}): Tab => {
  const tab = new Tab(server, locks, PAGES[page], options);
  tabs.push(tab);
  return tab;
};
const offline = () => Promise.reject(new TypeError('Failed to fetch'));
const senders = (): string[] =>
  server.batches.filter(({ events }) => events.length > 0).map(batch => batch.page!.page_id);

beforeEach(() => {
  freshProfile();
  server = new FakeServer();
  locks = new FakeLocks();
  tabs = [];
});
afterEach(async () => {
  for (const tab of tabs) await tab.close();
});

test.each([
  ['ahead', 10 * YEAR_MS],
  ['back', -10 * YEAR_MS]
])('a wall clock that jumps ten years %s delays nothing and loses nothing', async (_, jump) => {
  const tab = open();
  await tab.pass();
  server.behaviour = offline;
  tab.capture();
  await tab.pass();
  tab.time.skew = jump;
  // Looked at once an hour, so that the jump is seen.
  await tab.pass(2 * 60 * 60_000);
  tab.capture();
  server.behaviour = null;
  await tab.pass(2 * 60_000);
  expect(server.sequences).toEqual([1, 2]);
  expect(tab.outbox.state).toMatchObject({ reach: 'reachable', waiting: 0 });
});

test('two tabs on plain http share one sender', async () => {
  const [first, second] = [open(0, { isPlainHttp: true }), open(1, { isPlainHttp: true })];
  await first.pass();
  await second.pass();
  second.capture();
  await second.pass();
  await first.pass(10_000);
  expect(senders()).toEqual([PAGES[0]]);
});

test('a browser that can be read and deletes nothing is asked every few seconds, and the server is not flooded', async () => {
  const tab = open();
  await tab.pass();
  tab.database.refusesToDelete = true;
  tab.capture();
  await tab.pass();
  expect(tab.outbox.state).toMatchObject({ reach: 'storage', problem: 'QuotaExceededError: no room' });
  const before = server.requests.length;
  await tab.pass(60_000);
  expect(tab.outbox.state.reach).toBe('storage');
  expect(server.requests.length - before).toBeLessThan(20);
  tab.database.refusesToDelete = false;
  await tab.pass(10_000);
  expect(tab.outbox.state).toMatchObject({ reach: 'reachable', waiting: 0 });
  expect(server.sequences).toEqual([1]);
});
