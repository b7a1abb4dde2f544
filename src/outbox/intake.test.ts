/**
 * @jest-environment node
 * @jest-environment-options {"globalsCleanup": "off"}
 */
import { toEntry, UNCLAIMED } from './entry.js';
import { Intake } from './intake.js';
import { StillSurroundings } from './test/clock.js';
import { freshProfile, MoodyDatabase, ROOMY, upTo } from './test/databases.js';
import { PAGE_ID, someEvent } from './test/events.js';

const OTHER_PAGE = '22222222-2222-4222-8222-222222222222';
let database: MoodyDatabase;
let surroundings: StillSurroundings;
let lost: number[];
let changes: number;
const intake = (limit?: { events: number; bytes: number }): Intake =>
  new Intake(
    database,
    surroundings,
    { onChange: () => void changes++, onNoRoom: () => undefined, onLost: events => void lost.push(events) },
    () => ROOMY,
    limit
  );

beforeEach(() => {
  freshProfile();
  database = new MoodyDatabase();
  surroundings = new StillSurroundings();
  lost = [];
  changes = 0;
});
afterEach(() => database.close());

test('brings events onto the disk in their order', async () => {
  const way = intake();
  for (const seq of [1, 2, 3]) way.take(someEvent(seq), 'ana', null);
  expect(way.unsaved).toHaveLength(3);
  await way.save();
  expect(way.unsaved).toHaveLength(0);
  expect((await database.read('ana', upTo(9))).events.map(({ page_seq }) => page_seq)).toEqual([1, 2, 3]);
  expect(changes).toBeGreaterThan(0);
});

test('keeps events while the browser refuses them, says why, and asks again', async () => {
  const way = intake();
  database.fault = new DOMException('disk full', 'QuotaExceededError');
  way.take(someEvent(1), 'ana', null);
  await way.save();
  way.take(someEvent(2), 'ana', null);
  expect(way.fault).toBe('QuotaExceededError: disk full');
  expect(way.unsaved).toHaveLength(2);
  database.fault = null;
  await surroundings.pass(5_000);
  expect(way.fault).toBeNull();
  expect(way.unsaved).toHaveLength(0);
  expect(await database.count('ana')).toMatchObject({ waiting: 2 });
});

test('a full memory loses the newest, counts them, and tells once there is room', async () => {
  const way = intake({ events: 2, bytes: 1e9 });
  database.fault = new Error('denied');
  const taken = [1, 2, 3, 4].map(seq => way.take(someEvent(seq), 'ana', null));
  expect(taken.map(Boolean)).toEqual([true, true, false, false]);
  await way.save();
  expect(lost).toEqual([]);
  database.fault = null;
  await way.save();
  expect(lost).toEqual([2]);
});

test('bytes fill the memory, too', () => {
  const way = intake({ events: 9, bytes: 1000 });
  database.fault = new Error('denied');
  expect(way.take(someEvent(1, PAGE_ID, 'x'.repeat(900)), 'ana', null)).toBeNull();
  expect(way.take(someEvent(2), 'ana', null)).not.toBeNull();
});

test('an event of nobody known remembers whom the configuration, else the profile, believed to be there', async () => {
  await database.setFact('username', 'babak');
  const way = intake();
  way.take(someEvent(1), null, 'configured');
  way.take(someEvent(2), null, null);
  await way.save();
  expect((await database.read(UNCLAIMED, upTo(9))).events).toMatchObject([{ hint: 'configured' }, { hint: 'babak' }]);
});

test('what is here is claimed with the name of its own page', () => {
  const way = intake();
  const entry = way.take(someEvent(1), null, 'somebody');
  way.claim('ana', PAGE_ID);
  expect(entry?.actor).toBe('ana');
});

test('what other pages left is claimed only where they believed the same', () => {
  const way = intake();
  const from = (seq: number, hint: string | null) => toEntry(someEvent(seq, OTHER_PAGE), UNCLAIMED, hint);
  way.adopt([from(1, 'ana'), from(2, 'babak'), from(3, null), toEntry(someEvent(4, OTHER_PAGE), 'babak', 'babak')]);
  way.claim('ana', PAGE_ID);
  expect(way.unsaved.map(({ actor }) => actor)).toEqual(['ana', UNCLAIMED, 'ana', 'babak']);
});

test('what other pages left stays there while there is no room, and is not told as lost', async () => {
  const way = intake({ events: 1, bytes: 1e9 });
  expect(way.adopt([1, 2].map(seq => toEntry(someEvent(seq, OTHER_PAGE), 'ana', null)))).toHaveLength(1);
  await way.save();
  expect(lost).toEqual([]);
});

test('a disposed intake asks no more', async () => {
  const way = intake();
  database.fault = new Error('denied');
  way.take(someEvent(1), 'ana', null);
  await way.save();
  way.dispose();
  expect(surroundings.pending).toBe(0);
});
