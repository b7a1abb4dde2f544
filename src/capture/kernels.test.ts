import { observationId, type Statement } from '@celltrail/protocol';
import type { Followed } from './counts.js';
import { Kernels, RESTART_MS } from './kernels.js';
import type { Run } from './run.js';
import type { Runs } from './runs.js';

const link = { name: 'first' };
const info = (process: string) => ({ kind: 'info' as const, implementation: 'ipython', process });
const alive = (process: string) => ({ kind: 'alive' as const, process });

interface Circumstances {
  isStarting?: boolean;
  isRunning?: boolean | null;
  /** what the pages of this browser told each other */
  shared?: Map<string, Followed>;
}

function create({ isStarting = false, isRunning = true, shared = new Map() }: Circumstances = {}) {
  const statements: Statement[] = [];
  const calls: unknown[][] = [];
  const waiting: (() => void)[] = [];
  const time = { clock: 0 };
  const note =
    (name: string) =>
    (...args: unknown[]) =>
      void calls.push([name, ...args.filter(arg => typeof arg !== 'function')]);
  const runs = {
    doom: note('doom'),
    over: note('over'),
    lose: note('lose'),
    disown: note('disown')
  } as unknown as Runs;
  const kernels = new Kernels({
    runs,
    state: statement => void statements.push(statement),
    randomId: () => 'id',
    clock: () => time.clock,
    date: () => `2026-11-24T10:00:${String(time.clock / 1000).padStart(2, '0')}.000Z`,
    later: (_, callback) => void waiting.push(callback),
    isRunning: () => Promise.resolve(isRunning),
    pathOf: () => 'a.ipynb',
    counts: { keep: (id, followed) => void shared.set(id, followed), recall: id => shared.get(id) }
  });
  kernels.join('k1', 'python3', link, true, isStarting);
  const told = () => statements.map(statement => [statement.type, 'reason' in statement ? statement.reason : null]);
  const later = () => waiting.splice(0).forEach(callback => callback());
  return { kernels, statements, calls, time, told, later };
}
const run = (count: number) => ({ kernelId: 'k1', count, storeHistory: true }) as Run;

test('a start is told once, with its notebook, a moment later or when the page goes', () => {
  const { kernels, statements, later } = create({ isStarting: true });
  kernels.join('k1', 'python3', {}, true, true);
  kernels.sign('k1', link, { kind: 'starting', process: 'p1' });
  expect(statements).toEqual([]);
  later();
  kernels.flush();
  expect(statements).toEqual([
    {
      id: observationId('kernel.started', 'k1', null),
      type: 'kernel.started',
      kernel_id: 'k1',
      kernel_name: 'python3',
      notebook_path: 'a.ipynb',
      reason: null
    }
  ]);
});

test("runs before the first one seen of a kernel that the server still calls starting are the late page's to miss", () => {
  const { kernels, statements } = create({ isStarting: true });
  kernels.sign('k1', link, info('p1'));
  kernels.count(run(4), true);
  expect(statements).toMatchObject([
    { type: 'capture.gap', reason: 'page_late', gap_from: '0', gap_to: '4', missing: 3 }
  ]);
});

test('a restart that a person asked for ends the runs of the old process when the new one is seen', () => {
  const { kernels, calls, told } = create();
  kernels.sign('k1', link, info('p1'));
  kernels.status('k1', 'restarting');
  expect(calls).toEqual([['doom', 'k1', 'kernel_restarted', null, 'p1']]);
  kernels.sign('k1', link, alive('p2'));
  expect(calls.at(-1)).toEqual(['over', 'k1', 'kernel_restarted', 'requested', 'p1']);
  expect(told()).toEqual([['kernel.restarted', 'requested']]);
});

test('a restart by another client is told by its session, though nobody announced it', () => {
  const { kernels, calls, told } = create();
  kernels.sign('k1', link, alive('p1'));
  kernels.sign('k1', link, alive('p2'));
  expect(calls).toEqual([['over', 'k1', 'kernel_restarted', null, 'p1']]);
  expect(told()).toEqual([['kernel.restarted', null]]);
});

test('the last words of a process that is gone are no restart', () => {
  const { kernels, told } = create();
  for (const process of ['p1', 'p2', 'p1', 'p2']) kernels.sign('k1', link, alive(process));
  expect(told()).toHaveLength(1);
});

test('a kernel that dies by itself and is started again is told as both, and Lab’s own words add nothing', () => {
  const { kernels, calls, told } = create();
  kernels.sign('k1', link, alive('p1'));
  kernels.sign('k1', link, { kind: 'autorestarting' });
  kernels.status('k1', 'restarting');
  kernels.status('k1', 'autorestarting');
  kernels.sign('k1', link, { kind: 'starting', process: 'p2' });
  expect(told()).toEqual([
    ['kernel.died', 'autorestarting'],
    ['kernel.restarted', 'automatic']
  ]);
  expect(calls.filter(([name]) => name === 'over')).toEqual([['over', 'k1', 'kernel_died', 'automatic', 'p1']]);
});

test('a second death is told, too', () => {
  const { kernels, told } = create();
  for (const process of ['p1', 'p2', 'p3']) {
    kernels.sign('k1', link, alive(process));
    kernels.sign('k1', link, { kind: 'autorestarting' });
  }
  expect(told().filter(([type]) => type === 'kernel.died')).toHaveLength(3);
});

test.each([
  ['the server gave up on', [{ kind: 'dead' as const }], 'dead'],
  ['was asked to end', [{ kind: 'shutdown' as const, restart: false, process: 'p1' }], 'shutdown'],
  ['the server has no more', [], 'shutdown']
])('a kernel that %s died, once', (_, signs, reason) => {
  const { kernels, calls, told } = create();
  kernels.sign('k1', link, alive('p1'));
  for (const sign of signs) kernels.sign('k1', link, sign);
  kernels.status('k1', 'dead');
  expect(told()).toEqual([['kernel.died', reason]]);
  expect(calls.at(-1)!.slice(0, 3)).toEqual(['over', 'k1', 'kernel_died']);
});

test('a lost connection is told with its times; what the kernel answered meanwhile is awaited, then lost', () => {
  const { kernels, statements, calls, time, later } = create();
  kernels.sign('k1', link, info('p1'));
  later();
  calls.length = 0;
  kernels.link('k1', link, 'connecting');
  time.clock = 4000;
  kernels.link('k1', link, 'connected');
  expect(statements).toMatchObject([
    {
      type: 'capture.gap',
      reason: 'connection_lost',
      gap_from: '2026-11-24T10:00:00.000Z',
      gap_to: '2026-11-24T10:00:04.000Z'
    }
  ]);
  expect(calls).toEqual([]);
  kernels.sign('k1', link, info('p1'));
  later();
  expect(calls).toEqual([['lose', 'k1', 'connection_lost']]);
});

test('what another page left going on is looked for once the kernel has answered this page', () => {
  const { kernels, calls, later } = create();
  kernels.sign('k1', link, alive('p1'));
  kernels.sign('k1', link, info('p1'));
  kernels.sign('k1', link, info('p1'));
  later();
  expect(calls).toEqual([['disown']]);
});

test('nothing is lost while another connection to the kernel is up', () => {
  const { kernels, statements } = create();
  kernels.join('k1', 'python3', {}, true, false);
  kernels.link('k1', link, 'connecting');
  kernels.link('k1', link, 'connected');
  expect(statements).toEqual([]);
});

test('the reconnecting that belongs to a restart is no loss, and one after it is', () => {
  const { kernels, statements, time } = create();
  kernels.status('k1', 'restarting');
  kernels.link('k1', link, 'connecting');
  kernels.link('k1', link, 'connected');
  expect(statements).toEqual([]);
  time.clock = RESTART_MS;
  kernels.link('k1', link, 'connecting');
  kernels.link('k1', link, 'connected');
  expect(statements).toHaveLength(1);
});

test('a connection that is given up loses the runs at once', () => {
  const { kernels, statements, calls } = create();
  kernels.link('k1', link, 'disconnected');
  expect(statements).toMatchObject([{ reason: 'connection_lost', gap_to: null }]);
  expect(calls).toEqual([['lose', 'k1', 'connection_lost']]);
});

test.each([
  ['runs on', true, ['lose', 'k1', 'connection_closed']],
  ['may run on, for the server can’t be asked', null, ['lose', 'k1', 'connection_closed']],
  ['is gone', false, ['over', 'k1', 'kernel_died', 'shutdown', null]]
])('after the last connection is closed the kernel %s', async (_, isRunning, call) => {
  const { kernels, calls } = create({ isRunning });
  kernels.leave('k1', link);
  await Promise.resolve();
  await Promise.resolve();
  expect(calls).toEqual([call]);
});

test('nothing is lost when the kernel was connected to again meanwhile', async () => {
  const { kernels, calls } = create();
  kernels.leave('k1', link);
  kernels.join('k1', 'python3', {}, true, false);
  await Promise.resolve();
  await Promise.resolve();
  expect(calls).toEqual([]);
});

test('a jump of the count is told by the kernel’s own rule', () => {
  const { kernels, statements } = create({ isStarting: true });
  kernels.sign('k1', link, info('p1'));
  for (const count of [1, 2, 5]) kernels.count(run(count), true);
  expect(statements).toMatchObject([{ type: 'capture.gap', kernel_id: 'k1', gap_from: '2', gap_to: '5', missing: 2 }]);
});

test('what ran while capture was off is told by the next count, with that cause', () => {
  const { kernels, statements } = create({ isStarting: true });
  kernels.sign('k1', link, info('p1'));
  kernels.count(run(1), true);
  kernels.blind('capture_disabled');
  kernels.count(run(4), true);
  expect(statements).toMatchObject([{ reason: 'capture_disabled', missing: 2 }]);
});

test('a restart begins the count anew', () => {
  const { kernels, statements } = create({ isStarting: true });
  kernels.sign('k1', link, info('p1'));
  kernels.count(run(1), true);
  kernels.sign('k1', link, info('p2'));
  kernels.count(run(1), true);
  expect(statements.filter(({ type }) => type === 'capture.gap')).toEqual([]);
});

test('a loss is told once: when Lab gives up, and not again when it comes back', () => {
  const { kernels, statements } = create();
  kernels.link('k1', link, 'connecting');
  kernels.link('k1', link, 'disconnected');
  kernels.link('k1', link, 'connecting');
  kernels.link('k1', link, 'connected');
  expect(statements).toMatchObject([{ reason: 'connection_lost', gap_to: null }]);
  kernels.link('k1', link, 'connecting');
  kernels.link('k1', link, 'connected');
  expect(statements).toHaveLength(2);
});

test('a loss that lasts while the page goes is told by then', () => {
  const { kernels, statements } = create();
  kernels.link('k1', link, 'connecting');
  kernels.flush();
  kernels.flush();
  expect(statements).toMatchObject([{ reason: 'connection_lost', gap_to: null }]);
});

test('runs that a lost connection missed have that cause', () => {
  const { kernels, statements } = create({ isStarting: true });
  kernels.sign('k1', link, info('p1'));
  kernels.count(run(1), true);
  kernels.link('k1', link, 'connecting');
  kernels.link('k1', link, 'connected');
  kernels.count(run(4), true);
  expect(statements.at(-1)).toMatchObject({ reason: 'connection_lost', gap_from: '1', gap_to: '4', missing: 2 });
});

test('a page that was reloaded goes on from where the one before got to', () => {
  const shared = new Map<string, Followed>();
  const before = create({ isStarting: true, shared });
  before.kernels.sign('k1', link, info('p1'));
  for (const count of [1, 2, 3]) before.kernels.count(run(count), true);
  const { kernels, statements } = create({ shared });
  kernels.sign('k1', link, info('p1'));
  kernels.count(run(4), true);
  expect(statements).toEqual([]);
});

test('a page that comes late says from where to where runs are missing', () => {
  const shared = new Map([['k1', { process: 'p1', last: 3, credit: 1 }]]);
  const { kernels, statements } = create({ shared });
  kernels.sign('k1', link, info('p1'));
  kernels.count(run(6), true);
  expect(statements).toMatchObject([{ reason: 'page_late', gap_from: '3', gap_to: '6', missing: 2 }]);
});

test("what was followed of an earlier process says nothing of this one's count", () => {
  const shared = new Map([['k1', { process: 'p1', last: 30, credit: 1 }]]);
  const { kernels, statements } = create({ shared });
  kernels.sign('k1', link, info('p2'));
  kernels.count(run(3), true);
  expect(statements).toMatchObject([{ reason: 'page_late', gap_from: null, gap_to: '3', missing: 2 }]);
});

test('what another tab saw while this one was not connected is no gap', () => {
  const shared = new Map<string, Followed>();
  const [one, other] = [create({ isStarting: true, shared }), create({ shared })];
  for (const { kernels } of [one, other]) kernels.sign('k1', link, info('p1'));
  one.kernels.count(run(1), true);
  one.kernels.leave('k1', link);
  for (const count of [2, 3]) other.kernels.count(run(count), true);
  one.kernels.join('k1', 'python3', {}, true, false);
  for (const { kernels } of [one, other]) kernels.count(run(4), true);
  expect([...one.statements, ...other.statements]).toEqual([]);
});

test('two tabs that miss the same runs tell of one gap, and two that miss others of two', () => {
  const gapOf = (counts: number[]) => {
    const { kernels, statements } = create({ isStarting: true });
    kernels.sign('k1', link, info('p1'));
    for (const count of counts) kernels.count(run(count), true);
    return statements.map(({ id }) => id);
  };
  expect(gapOf([1, 4])).toEqual(gapOf([1, 4]));
  expect(gapOf([1, 4])).not.toEqual(gapOf([1, 5]));
});

test('a kernel that was never joined makes no exception', () => {
  const { kernels } = create();
  kernels.sign('k9', link, alive('p'));
  kernels.status('k9', 'dead');
  kernels.link('k9', link, 'connected');
  kernels.leave('k9', link);
  kernels.count({ ...run(1), kernelId: 'k9' }, true);
  expect(kernels.origin('k9')).toMatchObject({ kernelId: 'k9', kernelName: null });
});
