/**
 * @jest-environment node
 * @jest-environment-options {"globalsCleanup": "off"}
 */
import { freshProfile } from './test/databases.js';
import { FakeLocks } from './test/locks.js';
import { FakeServer, refusal } from './test/server.js';
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
  expect(tab.outbox.state).toMatchObject({ reach: 'refused', waiting: 1 });
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
