/**
 * @jest-environment node
 * @jest-environment-options {"globalsCleanup": "off"}
 */
import { freshProfile } from './test/databases.js';
import { FakeLocks } from './test/locks.js';
import { FakeServer, refusal } from './test/server.js';
import { Tab } from './test/tab.js';
import type { EventBatch } from '@celltrail/protocol';

const PAGES = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'] as const;

let server: FakeServer;
let locks: FakeLocks;
let tabs: Tab[];
const open = (page: 0 | 1, options: { fault?: Error } = {}): Tab => {
  const tab = new Tab(server, locks, PAGES[page], options);
  tabs.push(tab);
  return tab;
};
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

test('one tab sends what every tab captured, and both show how it stands', async () => {
  const [first, second] = [open(0), open(1)];
  await first.pass();
  await second.pass();
  second.capture();
  await second.pass();
  await first.pass();
  expect(server.stored.size).toBe(1);
  expect(senders()).toEqual([PAGES[0]]);
  await second.pass();
  expect(second.outbox.state).toMatchObject({ reach: 'reachable', waiting: 0 });
  expect(second.outbox.state.lastStoredAt).not.toBeNull();
});

test('when the tab that sends is closed, the other goes on', async () => {
  const [first, second] = [open(0), open(1)];
  await first.pass();
  await second.pass();
  await first.close();
  second.capture();
  await second.pass();
  expect(senders()).toEqual([PAGES[1]]);
});

test('a tab learns of the sender’s trouble before its own heartbeat does', async () => {
  const [first, second] = [open(0), open(1)];
  await first.pass();
  await second.pass();
  server.behaviour = () => refusal('stopping');
  first.capture();
  await first.pass();
  await second.pass();
  expect(second.outbox.state).toMatchObject({ reach: 'unreachable', waiting: 1, problem: 'The server is stopping' });
});

test('events of a crashed visit are sent by the next', async () => {
  server.behaviour = () => Promise.reject(new TypeError('Failed to fetch'));
  const first = open(0);
  first.capture();
  await first.pass();
  await first.close();
  server.behaviour = null;
  const second = open(1);
  await second.pass();
  expect(server.stored.size).toBe(1);
});

describe('storage that the browser denies', () => {
  const denied = new DOMException('denied', 'SecurityError');

  test('is visible, and events are sent from memory', async () => {
    const tab = open(0, { fault: denied });
    tab.capture();
    tab.capture();
    await tab.pass();
    expect(server.sequences).toEqual([1, 2]);
    tab.capture();
    await tab.pass(5_000);
    expect(server.sequences).toEqual([1, 2, 3]);
    expect(tab.outbox.state).toMatchObject({ reach: 'storage', waiting: 0, problem: 'SecurityError: denied' });
  });

  test('keeps events in memory while the server is away, and writes them down when it allows it again', async () => {
    server.behaviour = () => Promise.reject(new TypeError('Failed to fetch'));
    const tab = open(0, { fault: denied });
    tab.capture();
    await tab.pass();
    expect(tab.outbox.state).toMatchObject({ reach: 'storage', waiting: 1 });
    tab.database.fault = null;
    await tab.pass(5_000);
    expect(tab.outbox.state).toMatchObject({ reach: 'unreachable', waiting: 1 });
    server.behaviour = null;
    await tab.pass(60_000);
    expect(server.sequences).toEqual([1]);
    expect(tab.outbox.state).toMatchObject({ reach: 'reachable', waiting: 0 });
  });

  test('that came while sending stores nothing twice', async () => {
    const tab = open(0);
    await tab.pass();
    server.behaviour = (path, batch) => {
      tab.database.fault = denied;
      return server.serve(path, batch);
    };
    tab.capture();
    await tab.pass(20_000);
    server.behaviour = null;
    tab.database.fault = null;
    await tab.pass(20_000);
    expect(server.sequences).toEqual([1]);
    expect(tab.outbox.state).toMatchObject({ reach: 'reachable', waiting: 0 });
  });
});

describe('a page that goes', () => {
  const keepalives = (): EventBatch[] =>
    server.requests
      .filter(({ init }) => init?.keepalive)
      .map(({ init }) => JSON.parse(init!.body as string) as EventBatch);

  test('sends its last events in a request that outlives it, the unwritten ones too', async () => {
    const tab = open(0);
    await tab.pass();
    server.behaviour = () => refusal('overloaded');
    tab.capture();
    await tab.pass();
    server.behaviour = null;
    tab.outbox.retry();
    await tab.pass();
    expect(server.sequences).toEqual([1]);
    tab.capture();
    tab.outbox.leave();
    expect(keepalives().map(({ actor, events }) => [actor, events.map(event => event.page_seq)])).toEqual([
      ['ana', [2]]
    ]);
    await tab.pass();
    expect(server.sequences).toEqual([1, 2]);
  });

  test('has nothing to send when all is acknowledged', async () => {
    const tab = open(0);
    tab.capture();
    await tab.pass();
    tab.outbox.leave();
    expect(keepalives()).toEqual([]);
  });

  test('sends nothing as somebody whom the server did not confirm', async () => {
    const tab = open(0);
    await tab.pass();
    server.behaviour = () => refusal('not-signed-in');
    tab.capture();
    await tab.pass();
    tab.outbox.leave();
    expect(keepalives()).toEqual([]);
  });
});
