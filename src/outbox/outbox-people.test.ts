/**
 * @jest-environment node
 * @jest-environment-options {"globalsCleanup": "off"}
 */
import { describeProblem } from '@celltrail/protocol';
import type { Refusal } from '../tokens.js';
import { freshProfile } from './test/databases.js';
import { FakeLocks } from './test/locks.js';
import { answer, FakeServer, refusal } from './test/server.js';
import { Tab } from './test/tab.js';

const SECOND_PAGE = '22222222-2222-4222-8222-222222222222';

let server: FakeServer;
let tabs: Tab[];
const open = (pageId?: string, configuredUser?: string): Tab => {
  const tab = new Tab(server, new FakeLocks(), pageId, { configuredUser });
  tabs.push(tab);
  return tab;
};
const booked = (): string[] =>
  [...server.stored.values()].map(
    ({ event, actor }) => `${actor} ${event.page_id === SECOND_PAGE ? 'second' : 'first'} ${event.page_seq}`
  );

beforeEach(() => {
  freshProfile();
  server = new FakeServer();
  tabs = [];
});
afterEach(async () => {
  for (const tab of tabs) await tab.close();
});

test('events of one person wait while another is signed in, and are sent when the first is back', async () => {
  const tab = open();
  await tab.pass();
  server.behaviour = () => refusal('not-signed-in');
  tab.capture();
  await tab.pass();
  server.behaviour = null;
  server.username = 'babak';
  await tab.pass(200_000);
  tab.capture();
  await tab.pass(1_000);
  expect(booked()).toEqual(['babak first 2']);
  expect(tab.outbox.state).toMatchObject({
    reach: 'reachable',
    waiting: 1,
    problem: null,
    others: 1,
    username: 'babak'
  });
  server.username = 'ana';
  await tab.pass(10 * 60_000);
  expect(booked()).toEqual(['babak first 2', 'ana first 1']);
});

test('a person who signed in between asking and sending gets nothing of the first', async () => {
  const tab = open();
  await tab.pass();
  server.username = 'babak';
  tab.capture();
  await tab.pass();
  expect(booked()).toEqual([]);
  // Asked anew, the server says who it is: that page works, and what waits is another's.
  expect(tab.outbox.state).toMatchObject({ reach: 'reachable', waiting: 1, others: 1, username: 'babak' });
  server.username = 'ana';
  await tab.pass(200_000);
  expect(booked()).toEqual(['ana first 1']);
});

test('what was captured before any server answered goes to the person it then names', async () => {
  server.behaviour = () => Promise.reject(new TypeError('Failed to fetch'));
  const tab = open();
  tab.capture();
  await tab.pass(30_000);
  expect(tab.outbox.state).toMatchObject({ reach: 'unreachable', waiting: 1, username: null });
  server.behaviour = null;
  await tab.pass(60_000);
  expect(booked()).toEqual(['ana first 1']);
});

test('a page that closed without an answer leaves its events to the person it believed in', async () => {
  const first = open(undefined, 'ana');
  server.behaviour = () => Promise.reject(new TypeError('Failed to fetch'));
  first.capture();
  await first.pass();
  await first.close();
  server.behaviour = null;
  server.username = 'babak';
  const second = open(SECOND_PAGE);
  second.capture();
  await second.pass(1_000);
  expect(booked()).toEqual(['babak second 1']);
  server.username = 'ana';
  await second.pass(10 * 60_000);
  expect(booked()).toEqual(['babak second 1', 'ana first 1']);
});

test('the last name of the profile is believed where the configuration names nobody', async () => {
  const first = open();
  await first.pass();
  await first.close();
  server.behaviour = () => Promise.reject(new TypeError('Failed to fetch'));
  const second = open(SECOND_PAGE);
  second.capture();
  await second.pass();
  await second.close();
  server.behaviour = null;
  server.username = 'babak';
  const third = open();
  await third.pass(1_000);
  expect(booked()).toEqual([]);
  expect(third.outbox.state).toMatchObject({ waiting: 1, problem: null, others: 1 });
});

const paths = (): string[] => server.requests.map(({ url }) => new URL(url).pathname);

test('a sign-in that ran out is renewed once, and what was captured goes on at once', async () => {
  const tab = open();
  await tab.pass();
  const before = paths().length;
  let isSignedIn = false;
  server.behaviour = (path, batch) => {
    // The page's question brings a new sign-in, as behind a proxy that renews it.
    if (path === '/api/me') isSignedIn = true;
    return isSignedIn ? server.serve(path, batch) : refusal('not-signed-in');
  };
  tab.capture();
  await tab.pass();
  expect(paths().slice(before)).toEqual(['/api/events', '/api/me', '/api/events']);
  expect(booked()).toEqual(['ana first 1']);
  expect(tab.outbox.state).toMatchObject({ reach: 'reachable', waiting: 0, problem: null });
});

test.each([
  ['the server answers nobody', (): Response => refusal('not-signed-in')],
  ['a proxy asks for a password', (): Response => new Response('sign in', { status: 401 })]
])(
  'where it can not be renewed because %s, it says so, events wait, and the server is not pestered',
  async (_, says) => {
    const tab = open();
    await tab.pass();
    const before = paths().length;
    server.behaviour = says;
    tab.capture();
    await tab.pass();
    expect(paths().slice(before)).toEqual(['/api/events', '/api/me']);
    expect(tab.outbox.state).toMatchObject({ reach: 'expired', waiting: 1, refused: 0 });
    expect(tab.outbox.state.problem).not.toBeNull();
    await tab.pass(10 * 60_000);
    expect(paths().length - before).toBeLessThan(25);
    server.behaviour = null;
    tab.outbox.retry();
    await tab.pass();
    expect(booked()).toEqual(['ana first 1']);
  }
);

test('a server that names us and refuses us all the same is asked once, then waited for', async () => {
  const tab = open();
  await tab.pass();
  const before = paths().length;
  server.behaviour = (path, batch) => (path === '/api/me' ? server.serve(path, batch) : refusal('not-signed-in'));
  tab.capture();
  await tab.pass();
  expect(paths().slice(before)).toEqual(['/api/events', '/api/me', '/api/events']);
  expect(tab.outbox.state).toMatchObject({ reach: 'expired', waiting: 1 });
});

test('what was refused is listed for its own person only, with its problem', async () => {
  const problem = describeProblem('field-invalid', { field: 'events[0].reason' });
  const tab = open();
  await tab.pass();
  server.behaviour = (path, batch) => {
    const answers = batch?.events.map(({ type }) =>
      type === 'capture.gap' ? { outcome: 'refused', problem } : { outcome: 'stored' }
    );
    return answers ? answer({ answers }) : server.serve(path, batch);
  };
  tab.capture('bad');
  await tab.pass();
  const ask = async (): Promise<readonly Refusal[]> => {
    const list = tab.outbox.refusals();
    await tab.pass();
    return list;
  };
  expect(await ask()).toMatchObject([{ event: { reason: 'bad' }, problem }]);
  server.username = 'babak';
  await tab.pass(10 * 60_000);
  expect(tab.outbox.state).toMatchObject({ refused: 1, username: 'babak' });
  expect(await ask()).toEqual([]);
});

test('two people take turns in one browser profile, tab by tab: each event is booked on who captured it', async () => {
  const names = ['ana', 'babak'];
  for (let turn = 0; turn < 6; turn++) {
    const name = names[turn % 2]!;
    server.username = name;
    const tab = open(`${turn}${turn}${turn}${turn}1111-1111-4111-8111-111111111111`);
    await tab.pass(1_000);
    server.behaviour = () => Promise.reject(new TypeError('Failed to fetch'));
    tab.capture(name);
    await tab.pass(1_000);
    // The page goes with its event unsent; the other person signs in behind its back.
    server.username = names[(turn + 1) % 2]!;
    server.behaviour = null;
    tab.outbox.leave();
    await tab.pass();
    await tab.close();
  }
  for (const name of names) {
    server.username = name;
    await open(`eeee${name === 'ana' ? 1 : 2}111-1111-4111-8111-111111111111`).pass(5_000);
  }
  const wrong = [...server.stored.values()].filter(({ event, actor }) => 'reason' in event && event.reason !== actor);
  expect(wrong).toEqual([]);
  expect(server.stored.size).toBe(6);
});

test('tabs of two people are open at once: neither sends for the other', async () => {
  const first = open();
  await first.pass();
  server.username = 'babak';
  const second = open(SECOND_PAGE);
  await second.pass();
  first.capture();
  second.capture();
  await first.pass(1_000);
  await second.pass(1_000);
  // The first tab's event was captured as ana, the second's as babak; the server takes both tabs for babak.
  expect(booked()).toEqual(['babak second 1']);
  server.username = 'ana';
  await first.pass(10 * 60_000);
  expect(booked()).toEqual(['babak second 1', 'ana first 1']);
});
