import type { Statement } from '@celltrail/protocol';
import { createOpenTerminals, FORGOTTEN_MS, type OpenTerminals } from './open-terminals.js';
import { Terminals } from './terminals.js';

const time = { now: Date.parse('2026-11-24T10:00:00.000Z') };

/** A tab; those that share a storage are of one browser. */
function tab(shared: OpenTerminals = createOpenTerminals(localStorage, () => time.now), server = '/ 2026-11-24') {
  const statements: Statement[] = [];
  const waiting: (() => void)[] = [];
  const terminals = new Terminals({
    state: statement => void statements.push(statement),
    date: () => new Date(time.now).toISOString(),
    later: (_, callback) => void waiting.push(callback),
    shared,
    server: () => server
  });
  const look = (...names: string[]) => {
    terminals.running(names);
    waiting.splice(0).forEach(callback => callback());
  };
  const told = () => statements.map(({ type, ...said }) => [type, 'duration_ms' in said ? said.duration_ms : null]);
  const ids = () => statements.map(({ id }) => id);
  return { terminals, statements, waiting, look, told, ids };
}

beforeEach(() => {
  localStorage.clear();
  time.now = Date.parse('2026-11-24T10:00:00.000Z');
});

test('a terminal is told when it opens and when it closes, with how long it was open', () => {
  const { look, statements } = tab();
  look();
  time.now += 1000;
  look('1');
  look('1');
  time.now += 2500;
  look();
  expect(statements).toMatchObject([
    { type: 'terminal.opened', terminal_name: '1' },
    { type: 'terminal.closed', terminal_name: '1', duration_ms: 2500 }
  ]);
});

test('of one that was there before the page nobody knows how long', () => {
  const { look, told } = tab();
  look('1');
  time.now += 1000;
  look();
  expect(told()).toEqual([
    ['terminal.opened', null],
    ['terminal.closed', null]
  ]);
});

test('two tabs tell of one terminal by the same ids, however late the second looks', () => {
  const [one, other] = [tab(), tab()];
  one.look();
  other.look();
  one.look('1');
  time.now += 9000;
  other.look('1');
  time.now += 1000;
  one.look();
  time.now += 9000;
  other.look();
  expect(other.ids()).toEqual(one.ids());
  expect(one.told().at(-1)).toEqual(['terminal.closed', 10_000]);
});

test('two tabs that see it at the same moment agree before they tell', () => {
  const none = createOpenTerminals(localStorage, () => time.now);
  // Each looks before the other has written.
  const blind = (): OpenTerminals => {
    let isFirst = true;
    return { ...none, recall: (...asked) => (isFirst ? ((isFirst = false), undefined) : none.recall(...asked)) };
  };
  const [one, other] = [tab(blind()), tab(blind())];
  one.terminals.running(['1']);
  time.now += 3;
  other.terminals.running(['1']);
  for (const { waiting } of [one, other]) waiting.splice(0).forEach(callback => callback());
  expect(other.ids()).toEqual(one.ids());
});

test('a page that was reloaded knows when a terminal began, and tells nothing anew', () => {
  const before = tab();
  before.look();
  before.look('1');
  time.now += 60_000;
  const after = tab();
  after.look('1');
  after.look();
  expect(after.ids()[0]).toBe(before.ids()[0]);
  expect(after.told().at(-1)).toEqual(['terminal.closed', 60_000]);
});

test('a name that is used again is another terminal, also for a tab that did not see the first one close', () => {
  const [one, other] = [tab(), tab()];
  for (const each of [one, other]) each.look();
  for (const each of [one, other]) each.look('1');
  time.now += 1000;
  one.look();
  time.now += 1000;
  one.look('1');
  other.look('1');
  expect(other.ids()).toEqual(one.ids());
  expect(new Set(one.ids()).size).toBe(3);
});

test('a terminal of a server that was started again is another one', () => {
  const before = tab();
  before.look();
  before.look('1');
  const after = tab(undefined, '/ 2026-11-25');
  after.look('1');
  expect(after.ids()[0]).not.toBe(before.ids()[0]);
});

test('one that closes before its opening was told is told as both', () => {
  const { terminals, told } = tab();
  terminals.running([]);
  terminals.running(['1']);
  terminals.running([]);
  expect(told()).toEqual([
    ['terminal.opened', null],
    ['terminal.closed', 0]
  ]);
});

test('looking away takes none for closed', () => {
  const { terminals, look, told } = tab();
  look('1');
  terminals.forget();
  look();
  expect(told()).toEqual([['terminal.opened', null]]);
});

test('storage that is denied, full, old or not ours leaves each tab to itself', () => {
  const none = createOpenTerminals(null, () => time.now);
  none.keep('s', '1', { since: '2026-11-24T10:00:00.000Z', isBegun: true });
  expect(none.recall('s', '1')).toBeUndefined();
  const full = { length: 0, setItem: () => { throw new DOMException('full', 'QuotaExceededError'); } }; // prettier-ignore
  const there = { since: '2026-11-24T10:00:00.000Z', isBegun: true };
  expect(() => createOpenTerminals(full as unknown as Storage, () => 0).keep('s', '1', there)).not.toThrow();
  for (const record of ['no JSON', '{}', '{"since":"x","isBegun":true}', 'null']) {
    localStorage.setItem('celltrail:terminal:s:1', record);
    expect(createOpenTerminals(localStorage, () => 0).recall('s', '1')).toBeUndefined();
  }
  createOpenTerminals(localStorage, () => 0).keep('s', '1', there);
  expect(createOpenTerminals(localStorage, () => FORGOTTEN_MS + 1).recall('s', '1')).toBeUndefined();
});
