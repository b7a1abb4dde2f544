/**
 * @jest-environment node
 * @jest-environment-options {"globalsCleanup": "off"}
 */
import { describeProblem } from '@celltrail/protocol';
import { deleteDB, openDB, type IDBPDatabase } from 'idb';
import { DATABASE_NAME, OutboxDatabase } from './database.js';
import { toEntry, UNCLAIMED, type Entry } from './entry.js';
import { UPGRADES, type Layout } from './layout.js';
import { freshProfile, ROOMY, upTo } from './test/databases.js';
import { PAGE_ID, someEvent } from './test/events.js';

const OTHER_PAGE = '22222222-2222-4222-8222-222222222222';
const entry = (seq: number, actor = 'ana', hint: string | null = null, page = PAGE_ID): Entry =>
  toEntry(someEvent(seq, page), actor, hint);
const sequences = (entries: readonly Entry[]): number[] => entries.map(({ page_seq }) => page_seq);

let database: OutboxDatabase;
beforeEach(() => {
  freshProfile();
  database = new OutboxDatabase();
});
afterEach(() => database.close());

test('gives a person their own events back, oldest first, as they were', async () => {
  const strange = toEntry(someEvent(1, PAGE_ID, '\ud800 \u0000 سلام 🔒'), 'ana', null);
  await database.add([strange, entry(2), entry(3, 'babak')], ROOMY);
  await database.add([entry(4)], ROOMY);
  const found = (await database.read('ana', upTo(10))).events;
  expect(sequences(found)).toEqual([1, 2, 4]);
  expect(found[0]!.json).toBe(strange.json);
  expect(JSON.parse(found[0]!.json)).toEqual(someEvent(1, PAGE_ID, '\ud800 \u0000 سلام 🔒'));
});

test('reads no more events and bytes than asked for, but always one', async () => {
  await database.add([entry(1), entry(2), entry(3)], ROOMY);
  expect(sequences((await database.read('ana', upTo(2))).events)).toEqual([1, 2]);
  expect(sequences((await database.read('ana', upTo(3, 1))).events)).toEqual([1]);
});

test('reads on past what others have waiting, what rests, and what it sent before', async () => {
  const all = Array.from({ length: 400 }, (_, i) => entry(i + 1, i % 3 === 0 || (i > 60 && i < 220) ? 'babak' : 'ana'));
  await database.add(all, ROOMY);
  const own = all.filter(({ actor }) => actor === 'ana').map(({ page_seq }) => page_seq);
  const resting = new Set<number>();
  for (let sent = 0; sent < own.length - 1;) {
    const { events } = await database.read('ana', { ...upTo(70), without: resting });
    // The first one rests: those behind it go, and it is still there at the end.
    if (sent === 0) resting.add(events.shift()!.key);
    expect(sequences(events)).toEqual(own.slice(1 + sent, 1 + sent + events.length));
    expect(events.length).toBeGreaterThan(0);
    await database.remove(events, 1);
    sent += events.length;
  }
  expect(await database.read('ana', { ...upTo(70), without: resting })).toEqual({ events: [], more: false });
  expect(sequences((await database.read('ana', upTo(70))).events)).toEqual([own[0]]);
  expect(await database.count('ana')).toMatchObject({ waiting: 400 - own.length + 1, own: 1 });
  await database.add([entry(401)], ROOMY);
  expect(sequences((await database.read('ana', upTo(70))).events)).toEqual([own[0], 401]);
});

test('reads what comes after the browser forgot everything', async () => {
  await database.add([entry(1), entry(2)], ROOMY);
  await database.remove((await database.read('ana', upTo(10))).events, 1);
  expect(await database.read('ana', upTo(10))).toEqual({ events: [], more: false });
  await deleteDB(DATABASE_NAME);
  await database.add([entry(3)], ROOMY);
  expect(sequences((await database.read('ana', upTo(10))).events)).toEqual([3]);
});

test('keeps an event once, however often it is written', async () => {
  await database.add([entry(1)], ROOMY);
  await database.add([entry(1), entry(2)], ROOMY);
  expect(await database.count('ana')).toMatchObject({ waiting: 2, own: 2, refused: 0 });
});

test('deletes what was acknowledged, twice without harm', async () => {
  await database.add([entry(1), entry(2)], ROOMY);
  const [first] = (await database.read('ana', upTo(1))).events;
  await database.remove([first!], 1);
  await database.remove([first!], 2);
  expect(await database.fact('last_stored_at')).toBe(2);
  expect(sequences((await database.read('ana', upTo(10))).events)).toEqual([2]);
});

test('moves a refused event apart with its reason, for the first tab that says so', async () => {
  await database.add([entry(1), entry(2)], ROOMY);
  const [first] = (await database.read('ana', upTo(1))).events;
  const refused = [{ key: first!.key, problem: describeProblem('field-invalid', { field: 'events[0].code' }) }];
  const moved = await database.refuse(refused, 7);
  expect(moved).toMatchObject([{ page_seq: 1, json: first!.json, refused_at: 7 }]);
  expect(JSON.parse(moved[0]!.problem)).toMatchObject({ field: 'events[0].code' });
  expect(await database.refuse(refused, 8)).toEqual([]);
  expect(await database.count('ana')).toMatchObject({ waiting: 1, own: 1, refused: 1 });
});

test('keeps apart what was refused while it lay only in memory, wherever a copy of it came from', async () => {
  await database.add([entry(1), entry(2)], ROOMY);
  const problem = describeProblem('field-invalid', { field: 'events[0].code' });
  await database.keepRefused([entry(2), entry(3)].map(one => ({ entry: one, problem, at: 7 })));
  expect(await database.refusals('ana', 10)).toMatchObject([
    { page_seq: 2, json: entry(2).json, refused_at: 7 },
    { page_seq: 3, json: entry(3).json, refused_at: 7 }
  ]);
  const { waiting, refused, volume } = await database.count('ana');
  expect({ waiting, refused, events: volume.events }).toEqual({ waiting: 1, refused: 2, events: 3 });
  await database.add([entry(4)], ROOMY);
  expect(sequences((await database.read('ana', upTo(10))).events)).toEqual([1, 4]);
});

describe('unclaimed events', () => {
  test('of this page, of pages that believed the same, and of the time before anybody was known are claimed', async () => {
    await database.add(
      [entry(1, UNCLAIMED, 'babak'), entry(1, UNCLAIMED, 'ana', OTHER_PAGE), entry(2, UNCLAIMED, null, OTHER_PAGE)],
      ROOMY
    );
    expect(await database.claim('ana', PAGE_ID)).toBe(3);
    expect(await database.count('ana')).toMatchObject({ waiting: 3, own: 3, refused: 0 });
  });

  test('of a page that believed another person stay for that person', async () => {
    await database.add([entry(1, UNCLAIMED, 'babak', OTHER_PAGE)], ROOMY);
    expect(await database.claim('ana', PAGE_ID)).toBe(0);
    expect(await database.count('ana')).toMatchObject({ waiting: 1, own: 0, refused: 0 });
    expect(await database.claim('babak', PAGE_ID)).toBe(1);
  });

  test('that another tab claims are found, although they are older than what was read', async () => {
    await database.add([entry(1, UNCLAIMED), entry(2)], ROOMY);
    expect(sequences((await database.read('ana', upTo(10))).events)).toEqual([2]);
    const other = new OutboxDatabase();
    await other.claim('ana', PAGE_ID);
    await other.close();
    expect(sequences((await database.read('ana', upTo(10))).events)).toEqual([1, 2]);
  });

  test('are claimed once', async () => {
    await database.add([entry(1, UNCLAIMED)], ROOMY);
    await database.claim('ana', PAGE_ID);
    expect(await database.claim('babak', PAGE_ID)).toBe(0);
  });
});

test('remembers facts across connections', async () => {
  expect(await database.fact('username')).toBeUndefined();
  await database.setFact('username', 'ana');
  await database.close();
  expect(await database.fact('username')).toBe('ana');
});

test('writes a beat only over the one that was seen', async () => {
  const first = { holder: 'a', beats: 1 };
  expect(await database.swapBeat('lease', undefined, first)).toBe(true);
  expect(await database.swapBeat('lease', undefined, { holder: 'b', beats: 1 })).toBe(false);
  expect(await database.swapBeat('lease', first, { holder: 'b', beats: 2 })).toBe(true);
  expect(await database.beat('lease')).toEqual({ holder: 'b', beats: 2 });
  expect(await database.swapBeat('lease', { holder: 'b', beats: 2 }, null)).toBe(true);
  expect(await database.beat('lease')).toBeUndefined();
});

describe('bounds', () => {
  const bounds = { maxEvents: 3, maxBytes: 1e9, maxDays: 2 };
  const DAY_MS = 24 * 60 * 60 * 1000;

  test('keep what came first and count, for its person, what there was no room for', async () => {
    const lost = await database.add([entry(1), entry(2, 'babak'), entry(3), entry(4, 'babak'), entry(5)], bounds);
    expect(sequences(lost)).toEqual([4, 5]);
    expect(await database.count('ana')).toMatchObject({ waiting: 3, volume: { events: 3 } });
    expect(await database.losses('babak')).toEqual([{ reason: 'outbox_full', events: 1 }]);
    await database.add([entry(6)], bounds);
    expect(await database.losses('ana')).toEqual([{ reason: 'outbox_full', events: 2 }]);
    await database.lossTold('ana', 'outbox_full', 2);
    expect(await database.losses('ana')).toEqual([]);
  });

  test('hold by bytes, too', async () => {
    const [first, second] = [entry(1), entry(2)];
    expect(sequences(await database.add([first, second], { ...bounds, maxBytes: first.bytes + 1 }))).toEqual([2]);
  });

  test('are measured once, whoever writes or deletes twice', async () => {
    await database.add([entry(1), entry(2)], bounds);
    await database.add([entry(2), entry(3)], bounds);
    expect((await database.count('ana')).volume.events).toBe(3);
    const { events } = await database.read('ana', upTo(10));
    await database.remove(events, 1);
    await database.remove(events, 2);
    expect((await database.count('ana')).volume).toEqual({ events: 0, bytes: 0 });
  });

  test('count what was refused: it is kept as well', async () => {
    await database.add([entry(1)], bounds);
    const [first] = (await database.read('ana', upTo(1))).events;
    await database.refuse([{ key: first!.key, problem: describeProblem('field-invalid') }], 7);
    expect((await database.count('ana')).volume.events).toBe(1);
  });

  test('delete what waited for too many days of use, and count it', async () => {
    expect(await database.age(0, bounds)).toBe(0);
    await database.add([entry(1)], bounds);
    for (const day of [1, 2]) expect(await database.age(day * DAY_MS, bounds)).toBe(0);
    await database.add([entry(2)], bounds);
    expect(await database.age(3 * DAY_MS, bounds)).toBe(1);
    expect(sequences((await database.read('ana', upTo(10))).events)).toEqual([2]);
    expect(await database.count('ana')).toMatchObject({ volume: { events: 1 } });
    expect(await database.losses('ana')).toEqual([{ reason: 'outbox_expired', events: 1 }]);
  });

  test('delete nothing because a clock jumped by years', async () => {
    await database.age(0, bounds);
    await database.add([entry(1)], bounds);
    expect(await database.age(3650 * DAY_MS, bounds)).toBe(0);
    expect(await database.age(0, bounds)).toBe(0);
  });

  test('of nobody known are told by the first who is', async () => {
    await database.add(
      [1, 2, 3, 4].map(seq => entry(seq, UNCLAIMED)),
      bounds
    );
    await database.add([entry(5, UNCLAIMED, 'babak')], bounds);
    await database.claim('ana', PAGE_ID);
    expect(await database.losses('ana')).toEqual([{ reason: 'outbox_full', events: 1 }]);
    expect(await database.losses('babak')).toEqual([{ reason: 'outbox_full', events: 1 }]);
  });
});

describe('an upgrade', () => {
  test('of the first layout measures what lies there, and keeps it', async () => {
    const old = await openDB(DATABASE_NAME, 1, {
      upgrade: (db, _from, _to, transaction) =>
        void UPGRADES[0]!(db as unknown as IDBPDatabase<Layout>, transaction as never)
    });
    await old.add('waiting', entry(1));
    await old.add('waiting', entry(2));
    await old.put('refused', { ...entry(3), key: 99, problem: '{}', refused_at: 1 });
    old.close();
    expect(sequences((await database.read('ana', upTo(10))).events)).toEqual([1, 2]);
    const bytes = [1, 2, 3].reduce((sum, seq) => sum + entry(seq).bytes, 0);
    expect(await database.count('ana')).toEqual({ waiting: 2, own: 2, refused: 1, volume: { events: 3, bytes } });
    expect(await database.age(0, ROOMY)).toBe(0);
  });

  test('finds every event of the version before', async () => {
    await database.add([entry(1), entry(2)], ROOMY);
    const next = new OutboxDatabase('celltrail-outbox', [
      ...UPGRADES,
      async (_db, transaction) => {
        let cursor = await transaction.objectStore('waiting').openCursor();
        while (cursor) {
          await cursor.update({ ...cursor.value, hint: 'upgraded' });
          cursor = await cursor.continue();
        }
      }
    ]);
    // The old build's connection makes room by itself.
    expect((await next.read('ana', upTo(10))).events).toMatchObject([{ hint: 'upgraded' }, { hint: 'upgraded' }]);
    await next.close();
  });

  test('that fails leaves the events as they were, for the build that can read them', async () => {
    await database.add([entry(1)], ROOMY);
    const broken = new OutboxDatabase('celltrail-outbox', [...UPGRADES, () => Promise.reject(new Error('no'))]);
    await expect(broken.count('ana')).rejects.toThrow();
    expect(sequences((await database.read('ana', upTo(10))).events)).toEqual([1]);
  });

  test('shuts an older build out instead of letting it write what it does not know', async () => {
    const next = new OutboxDatabase('celltrail-outbox', [...UPGRADES, () => undefined]);
    await next.add([entry(1)], ROOMY);
    await next.close();
    await expect(database.add([entry(2)], ROOMY)).rejects.toThrow();
  });
});

test('a browser that denied storage once is asked again', async () => {
  const real = globalThis.indexedDB;
  globalThis.indexedDB = {
    open: () => {
      throw new DOMException('denied', 'SecurityError');
    }
  } as unknown as IDBFactory;
  await expect(database.add([entry(1)], ROOMY)).rejects.toThrow('denied');
  globalThis.indexedDB = real;
  await database.add([entry(1)], ROOMY);
  expect(sequences((await database.read('ana', upTo(10))).events)).toEqual([1]);
});
