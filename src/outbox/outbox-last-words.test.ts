/**
 * @jest-environment node
 * @jest-environment-options {"globalsCleanup": "off"}
 */
import { LastWords } from './last-words.js';
import { freshProfile } from './test/databases.js';
import { FakeLocks } from './test/locks.js';
import { FakeServer } from './test/server.js';
import { MemoryStorage } from './test/storage.js';
import { Tab } from './test/tab.js';

const [A, B, C] = [1, 2, 3].map(n => `${String(n).repeat(8)}-1111-4111-8111-111111111111`) as [string, string, string];
const full = new DOMException('full', 'QuotaExceededError');
let server: FakeServer;
let storage: Storage;
let locks: FakeLocks;
let tabs: Tab[];
const open = (pageId: string, options: { configuredUser?: string; fault?: Error } = {}): Tab => {
  const tab = new Tab(server, locks, pageId, { storage, ...options });
  tabs.push(tab);
  return tab;
};
/** What the server has of a page, and for whom. */
const booked = (pageId: string) =>
  [...server.stored.values()]
    .filter(({ event }) => event.page_id === pageId)
    .map(({ event, actor }) => `${event.page_seq} ${actor}`);
const left = (): number[] => new LastWords(storage).all.map(({ event }) => event.page_seq);
const offline = () => Promise.reject(new TypeError('Failed to fetch'));

beforeEach(() => {
  freshProfile();
  storage = new MemoryStorage();
  server = new FakeServer();
  locks = new FakeLocks();
  tabs = [];
});
afterEach(async () => {
  for (const tab of tabs) await tab.close();
});

test('what a page captures between its farewell and its end is left, too, and no longer when the page stays', async () => {
  const first = open(A);
  await first.pass();
  server.behaviour = offline;
  first.outbox.leave();
  first.capture();
  first.capture();
  expect(left()).toEqual([1, 2]);
  first.outbox.stay();
  first.capture();
  expect(left()).toEqual([1, 2]);
  first.die();
  server.behaviour = null;
  await open(B).pass(60_000);
  expect(booked(A)).toEqual(['1 ana', '2 ana']);
});

test('what a page captured while it went is delivered once by the next page, which leaves nothing behind', async () => {
  const first = open(A);
  await first.pass();
  server.behaviour = offline;
  first.capture();
  first.outbox.leave();
  // IndexedDB never came to commit: the page is gone in this very turn.
  first.die();
  expect(left()).toEqual([1]);
  server.behaviour = null;
  const next = open(B);
  await next.pass(60_000);
  expect(booked(A)).toEqual(['1 ana']);
  expect(left()).toEqual([]);
  await open(C).pass(60_000);
  expect(booked(A)).toEqual(['1 ana']);
  expect(next.outbox.state.waiting).toBe(0);
});

test('what reached the disk all the same is stored once', async () => {
  const first = open(A);
  await first.pass();
  server.behaviour = offline;
  first.capture();
  first.outbox.leave();
  await first.pass();
  await first.close();
  server.behaviour = null;
  await open(B).pass(60_000);
  expect(booked(A)).toEqual(['1 ana']);
  expect(server.batches.flatMap(({ events }) => events)).toHaveLength(1);
});

test('what is known to be on the disk is not left', async () => {
  const first = open(A);
  await first.pass();
  server.behaviour = offline;
  first.capture();
  await first.pass();
  first.outbox.leave();
  expect(left()).toEqual([]);
});

test('a tab that is open takes in what another leaves, when it is told', async () => {
  const [first, second] = [open(A), open(B)];
  await first.pass();
  server.behaviour = offline;
  first.capture();
  first.outbox.leave();
  first.die();
  second.outbox.adopt();
  second.outbox.adopt();
  server.behaviour = null;
  await second.pass(60_000);
  expect(booked(A)).toEqual(['1 ana']);
  expect(left()).toEqual([]);
});

test('it waits for its own person, whoever opens the next page', async () => {
  const first = open(A);
  await first.pass();
  server.behaviour = offline;
  first.capture();
  first.outbox.leave();
  first.die();
  server.behaviour = null;
  server.username = 'babak';
  const second = open(B);
  await second.pass(60_000);
  expect(booked(A)).toEqual([]);
  expect(second.outbox.state).toMatchObject({ waiting: 1, others: 1 });
  // It lies in the outbox now, under its person's name.
  expect(left()).toEqual([]);
  server.username = 'ana';
  await open(C).pass(60_000);
  expect(booked(A)).toEqual(['1 ana']);
});

test('what nobody was known for is not given to another than the one the page believed', async () => {
  server.behaviour = offline;
  const first = open(A, { configuredUser: 'ana' });
  await first.pass();
  first.capture();
  first.outbox.leave();
  first.die();
  server.behaviour = null;
  server.username = 'babak';
  await open(B).pass(60_000);
  expect(booked(A)).toEqual([]);
  server.username = 'ana';
  await open(C).pass(60_000);
  expect(booked(A)).toEqual(['1 ana']);
});

test('where the disk refuses, it stays until the server has it', async () => {
  const first = open(A);
  await first.pass();
  server.behaviour = offline;
  first.capture();
  first.outbox.leave();
  first.die();
  const second = open(B, { fault: full });
  await second.pass();
  expect(left()).toEqual([1]);
  server.behaviour = null;
  await second.pass(60_000);
  expect(booked(A)).toEqual(['1 ana']);
  expect(left()).toEqual([]);
});
