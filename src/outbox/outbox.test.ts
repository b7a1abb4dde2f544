/**
 * @jest-environment node
 * @jest-environment-options {"globalsCleanup": "off"}
 */
import { describeProblem } from '@celltrail/protocol';
import { OutboxDatabase } from './database.js';
import { REQUEST_TIMEOUT_MS } from './exchange.js';
import { freshProfile } from './test/databases.js';
import { FakeLocks } from './test/locks.js';
import { answer, FakeServer, refusal, type Behaviour } from './test/server.js';
import { Tab } from './test/tab.js';

let server: FakeServer;
let locks: FakeLocks;
let tabs: Tab[];
const open = (...options: [pageId?: string, options?: { configuredUser?: string; fault?: Error }]): Tab => {
  const tab = new Tab(server, locks, ...options);
  tabs.push(tab);
  return tab;
};

beforeEach(() => {
  freshProfile();
  server = new FakeServer();
  locks = new FakeLocks();
  tabs = [];
});
afterEach(async () => {
  for (const tab of tabs) await tab.close();
});

test('an event is on the disk before it is sent, and leaves it when it is stored', async () => {
  const tab = open();
  const reader = new OutboxDatabase();
  let onDisk: number | null = null;
  server.behaviour = async (path, batch) => {
    if (batch && batch.events.length > 0) onDisk = (await reader.count('ana')).own;
    return server.serve(path, batch);
  };
  tab.capture();
  await tab.pass();
  expect(onDisk).toBe(1);
  expect(server.sequences).toEqual([1]);
  expect(tab.outbox.state).toMatchObject({ reach: 'reachable', waiting: 0, username: 'ana', problem: null });
  expect(tab.outbox.state.lastStoredAt).toBe(tab.time.now());
  await reader.close();
});

test('a page shows itself at its start and once a minute, with its state', async () => {
  const tab = open();
  await tab.pass();
  expect(server.batches).toEqual([
    {
      protocol: 1,
      actor: 'ana',
      events: [],
      page: {
        page_id: tab.pageId,
        extension_version: '0.1.0',
        lab_version: '4.6.6',
        capturing: true,
        keeping: 'disk',
        waiting: 0,
        refused: 0
      }
    }
  ]);
  await tab.pass(3 * 66_000);
  expect(server.batches.length).toBeGreaterThanOrEqual(4);
  tab.outbox.beat();
  const before = server.batches.length;
  await tab.pass();
  expect(server.batches).toHaveLength(before + 1);
});

const never: Behaviour = () => new Promise<Response>(() => undefined);
const WEATHER: [string, 'unreachable' | 'refused' | 'expired', Behaviour, number][] = [
  ['a network that fails', 'unreachable', () => Promise.reject(new TypeError('Failed to fetch')), 0],
  ['a server that hangs', 'unreachable', never, REQUEST_TIMEOUT_MS],
  ['a captive portal with status 200', 'unreachable', () => new Response('<html>sign in</html>', { status: 200 }), 0],
  ['another program on that port', 'unreachable', () => answer({ hello: 'world' }), 0],
  ['an answer that is cut off', 'unreachable', () => new Response('{"answers":[{"out', { status: 200 }), 0],
  ['a 404 of something else', 'unreachable', () => new Response('not here', { status: 404 }), 0],
  ['429', 'unreachable', () => answer({}, 429, { 'retry-after': '2' }), 0],
  ['500', 'unreachable', () => refusal('internal'), 0],
  ['502 of a proxy', 'unreachable', () => new Response('bad gateway', { status: 502 }), 0],
  ['503', 'unreachable', () => refusal('overloaded', { 'retry-after': '2' }), 0],
  ['401', 'expired', () => refusal('not-signed-in'), 0],
  ['403', 'refused', () => refusal('origin-refused'), 0],
  ['an older protocol', 'refused', () => refusal('protocol-unsupported'), 0]
];

test.each(WEATHER)('%s: everything is kept, said, and sent when it is over', async (_, reach, behaviour, takes) => {
  const tab = open();
  await tab.pass();
  server.behaviour = behaviour;
  tab.capture();
  tab.capture();
  await tab.pass(takes);
  expect(tab.outbox.state).toMatchObject({ reach, waiting: 2, refused: 0 });
  expect(tab.outbox.state.problem).not.toBeNull();
  expect(tab.outbox.state.nextTryAt).toBeGreaterThan(tab.time.now());
  const asked = server.requests.length;
  await tab.pass(30 * 60_000);
  // Patient: a try every half minute on average at the most, and every minute for a refusal.
  expect(server.requests.length - asked).toBeLessThan(reach === 'unreachable' ? 80 : 45);
  expect(tab.outbox.state.waiting).toBe(2);
  server.behaviour = null;
  await tab.pass(3 * 60_000);
  expect(server.sequences).toEqual([1, 2]);
  expect(tab.outbox.state).toMatchObject({ reach: 'reachable', waiting: 0, nextTryAt: null, problem: null });
});

test.each<[string, Behaviour]>([
  ['finds it too large', () => new Response('<html>413</html>', { status: 413 })],
  ['cuts it', () => Promise.reject(new TypeError('Failed to fetch'))],
  ['dislikes it', () => new Response('forbidden', { status: 403 })]
])('an event is kept although something on the way %s, and the others pass it by', async (_, behaviour) => {
  const tab = open();
  await tab.pass();
  server.behaviour = (path, batch) => {
    const isDisliked = batch?.events.some(event => 'reason' in event && event.reason === 'DROP');
    return isDisliked ? behaviour(path, batch) : server.serve(path, batch);
  };
  for (const reason of ['a', 'DROP', 'b', 'c']) tab.capture(reason);
  await tab.pass(20 * 60_000);
  expect(server.sequences.sort()).toEqual([1, 3, 4]);
  expect(tab.outbox.state).toMatchObject({ reach: 'reachable', waiting: 1, refused: 0 });
  expect(tab.outbox.state.problem).not.toBeNull();
  server.behaviour = null;
  await tab.pass(20 * 60_000);
  expect(server.sequences.sort()).toEqual([1, 2, 3, 4]);
  expect(tab.outbox.state).toMatchObject({ waiting: 0, problem: null });
});

test('Retry-After is kept to', async () => {
  const tab = open();
  await tab.pass();
  server.behaviour = () => refusal('overloaded', { 'retry-after': '120' });
  tab.capture();
  await tab.pass();
  const asked = server.requests.length;
  await tab.pass(119_000);
  expect(server.requests).toHaveLength(asked);
});

test('a person can try at once', async () => {
  const tab = open();
  await tab.pass();
  server.behaviour = () => refusal('not-signed-in');
  tab.capture();
  await tab.pass();
  server.behaviour = null;
  tab.outbox.retry();
  await tab.pass();
  expect(server.sequences).toEqual([1]);
});

test('a network that came back is tried soon, its pages spread', async () => {
  const tab = open();
  await tab.pass();
  server.behaviour = () => refusal('overloaded', { 'retry-after': '600' });
  tab.capture();
  await tab.pass();
  server.behaviour = null;
  tab.outbox.hurry(5_000);
  await tab.pass(2_499);
  expect(server.sequences).toEqual([]);
  await tab.pass(1);
  expect(server.sequences).toEqual([1]);
});

test('an answer that was lost after the commit leads to no second row', async () => {
  const tab = open();
  await tab.pass();
  server.behaviour = (path, batch) => {
    server.serve(path, batch);
    throw new TypeError('connection reset');
  };
  tab.capture();
  await tab.pass();
  expect(tab.outbox.state.waiting).toBe(1);
  server.behaviour = null;
  await tab.pass(60_000);
  expect(server.sequences).toEqual([1]);
  expect(tab.outbox.state.waiting).toBe(0);
});

describe('an event that the server refuses', () => {
  const problem = describeProblem('field-invalid', { field: 'events[0].reason' });
  const refuseBad: Behaviour = (path, batch) => {
    if (!batch) return server.serve(path, batch);
    const isBad = (reason: unknown): boolean => reason === 'bad';
    server.serve(path, {
      ...batch,
      events: batch.events.filter(event => !isBad((event as { reason?: unknown }).reason))
    });
    return answer({
      answers: batch.events.map(event =>
        isBad((event as { reason?: unknown }).reason) ? { outcome: 'refused', problem } : { outcome: 'stored' }
      )
    });
  };

  test('is kept apart and stated, and its neighbours are stored', async () => {
    const tab = open();
    server.behaviour = refuseBad;
    tab.capture();
    tab.capture('bad');
    tab.capture();
    await tab.pass();
    expect(tab.outbox.state).toMatchObject({ reach: 'reachable', waiting: 0, refused: 1 });
    expect(tab.statements).toMatchObject([
      {
        type: 'outbox.refused',
        refused_id: '00000000-0000-4000-8000-000000000002',
        refused_type: 'capture.gap',
        problem: 'urn:celltrail:field-invalid',
        field: 'events[0].reason',
        refused_page_seq: 2
      }
    ]);
    expect(server.sequences).toEqual([1, 3, 4]);
  });

  test('while the disk refuses, too, comes to the disk as soon as that takes it', async () => {
    const tab = open();
    server.behaviour = refuseBad;
    await tab.pass();
    tab.database.fault = new DOMException('no room', 'QuotaExceededError');
    tab.capture('bad');
    await tab.pass(10_000);
    const asked = tab.outbox.refusals();
    await tab.pass();
    expect(await asked).toMatchObject([{ problem, refusedAt: null }]);
    expect(tab.outbox.state).toMatchObject({ reach: 'storage', refused: 1 });
    tab.database.fault = null;
    await tab.pass(120_000);
    expect(await tab.database.refusals('ana', 10)).toMatchObject([{ page_seq: 1 }]);
    expect(tab.outbox.state).toMatchObject({ reach: 'reachable', waiting: 0, refused: 1 });
    expect(tab.statements).toHaveLength(1);
  });

  test('because it is too large is found by halving', async () => {
    const tab = open();
    server.behaviour = (path, batch) =>
      batch && JSON.stringify(batch).length > 20_000 ? refusal('body-too-large') : server.serve(path, batch);
    await tab.pass();
    for (const reason of ['a', 'b', 'x'.repeat(30_000), 'c', 'd']) tab.capture(reason);
    await tab.pass();
    expect(server.sequences.filter(seq => seq <= 5)).toEqual([1, 2, 4, 5]);
    expect(tab.outbox.state).toMatchObject({ waiting: 0, refused: 1 });
    expect(tab.statements).toMatchObject([{ problem: 'urn:celltrail:body-too-large' }]);
  });

  test('is not stated again when the statement is refused, too', async () => {
    const tab = open();
    const problem = describeProblem('event-type-unknown');
    server.behaviour = (path, batch) =>
      batch
        ? answer({ answers: batch.events.map(() => ({ outcome: 'refused', problem })) })
        : server.serve(path, batch);
    tab.capture();
    await tab.pass();
    expect(tab.statements).toHaveLength(1);
    expect(tab.outbox.state).toMatchObject({ waiting: 0, refused: 2 });
  });
});

test('another address is another server: it is asked who we are, and gets what waits', async () => {
  const tab = open();
  await tab.pass();
  server.behaviour = () => refusal('not-signed-in');
  tab.capture();
  await tab.pass();
  server.behaviour = null;
  tab.endpoint = 'https://audit.example';
  tab.outbox.redirect();
  await tab.pass();
  expect(server.sequences).toEqual([1]);
  expect(server.requests.at(-1)!.url).toBe('https://audit.example/api/events');
});

test('a disposed outbox asks nothing and leaves no timer', async () => {
  const tab = open();
  server.behaviour = () => refusal('overloaded');
  tab.capture();
  await tab.pass();
  tab.outbox.dispose();
  await tab.pass();
  const asked = server.requests.length;
  await tab.pass(600_000);
  expect(server.requests).toHaveLength(asked);
  expect(tab.time.pending).toBe(0);
  expect(tab.outbox.isDisposed).toBe(true);
});

test('no request follows a redirect or carries a referrer', async () => {
  const tab = open();
  tab.capture();
  await tab.pass();
  expect(server.requests.length).toBeGreaterThan(1);
  for (const { init } of server.requests)
    expect(init).toMatchObject({ redirect: 'error', referrerPolicy: 'no-referrer' });
});
