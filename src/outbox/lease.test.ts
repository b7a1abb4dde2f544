/**
 * @jest-environment node
 * @jest-environment-options {"globalsCleanup": "off"}
 */
import { BEAT_MS, openLease, STALE_MS, type Lease } from './lease.js';
import { OutboxDatabase } from './database.js';
import { rest, StillSurroundings } from './test/clock.js';
import { freshProfile } from './test/databases.js';
import { FakeLocks } from './test/locks.js';

let database: OutboxDatabase;
let locks: FakeLocks;
let faults: unknown[];
beforeEach(() => {
  freshProfile();
  database = new OutboxDatabase();
  locks = new FakeLocks();
  faults = [];
});
afterEach(() => database.close());

interface Tab {
  lease: Lease;
  /** its time: it stands still while the tab is frozen */
  time: StillSurroundings;
  changes: boolean[];
}

function openTab(holder: string, withLocks: boolean): Tab {
  const time = new StillSurroundings();
  const changes: boolean[] = [];
  const parts = {
    name: 'lease',
    holder,
    database,
    surroundings: time,
    onChange: (held: boolean) => void changes.push(held),
    onFault: (error: unknown) => void faults.push(error)
  };
  return { lease: openLease(parts, withLocks ? locks.tab() : undefined), time, changes };
}

/** Time passes for those tabs that are not frozen, in steps so that each sees the others' beats. */
async function pass(ms: number, ...tabs: Tab[]): Promise<void> {
  for (let passed = 0; passed < ms; passed += BEAT_MS) for (const tab of tabs) await tab.time.pass(BEAT_MS);
}

describe.each([
  ['with Web Locks', true],
  ['on plain http, by the beat alone', false]
])('%s', (_, withLocks) => {
  test('one tab holds the lease, and keeps it while it lives', async () => {
    const first = openTab('a', withLocks);
    await rest();
    const second = openTab('b', withLocks);
    await pass(10 * STALE_MS, first, second);
    expect([first.lease.held, second.lease.held]).toEqual([true, false]);
    expect(first.changes).toEqual([true]);
    first.lease.dispose();
    second.lease.dispose();
  });

  test('a tab that closes hands over', async () => {
    const first = openTab('a', withLocks);
    await rest();
    const second = openTab('b', withLocks);
    await rest();
    first.lease.dispose();
    await rest();
    await pass(BEAT_MS, second);
    expect(second.lease.held).toBe(true);
    expect(first.lease.held).toBe(false);
    second.lease.dispose();
  });

  test('a frozen tab loses the lease to one that lives, and notices when it thaws', async () => {
    const frozen = openTab('a', withLocks);
    await rest();
    const second = openTab('b', withLocks);
    await pass(STALE_MS - BEAT_MS, second);
    expect(second.lease.held).toBe(false);
    await pass(3 * BEAT_MS, second);
    expect(second.lease.held).toBe(true);
    await pass(STALE_MS * 2, frozen, second);
    expect([frozen.lease.held, second.lease.held]).toEqual([false, true]);
    frozen.lease.dispose();
    second.lease.dispose();
  });

  test('of three tabs the next one takes over, and only one', async () => {
    const tabs = [openTab('a', withLocks), openTab('b', withLocks), openTab('c', withLocks)];
    await rest();
    await pass(BEAT_MS, ...tabs);
    tabs[0]!.lease.dispose();
    await pass(STALE_MS * 2, tabs[1]!, tabs[2]!);
    expect(tabs.filter(({ lease }) => lease.held)).toHaveLength(1);
    for (const { lease } of tabs) lease.dispose();
  });

  test('a database that fails is told of and ends nothing', async () => {
    const first = openTab('a', withLocks);
    await rest();
    const beat = jest.spyOn(database, 'beat').mockRejectedValue(new Error('no database'));
    await pass(BEAT_MS * 2, first);
    expect(faults).not.toHaveLength(0);
    expect(first.lease.held).toBe(true);
    beat.mockRestore();
    first.lease.dispose();
  });

  test('a disposed lease leaves nothing behind', async () => {
    const first = openTab('a', withLocks);
    await rest();
    first.lease.dispose();
    first.lease.dispose();
    await rest();
    expect(first.time.pending).toBe(0);
    expect(first.lease.isDisposed).toBe(true);
    expect(faults).toEqual([]);
  });
});

test('after a crash on plain http the reloaded tab waits until the old holder counts as gone', async () => {
  await database.swapBeat('lease', undefined, { holder: 'crashed', beats: 7 });
  const tab = openTab('a', false);
  await pass(STALE_MS - BEAT_MS, tab);
  expect(tab.lease.held).toBe(false);
  await pass(2 * BEAT_MS, tab);
  expect(tab.lease.held).toBe(true);
  tab.lease.dispose();
});
