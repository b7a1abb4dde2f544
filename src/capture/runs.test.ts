import type { Statement } from '@celltrail/protocol';
import { rulesOf } from './rules.js';
import type { Run } from './run.js';
import { LINGERING, QUIET_TICKS, RECENT, Runs, TICK_MS, UNTAKEN } from './runs.js';
import type { Origin, Said } from './seen.js';

const REQUESTED = '2026-11-24T10:00:00.000Z';

function create() {
  const statements: Statement[] = [];
  const kept = new Map<string, Run>();
  const time = { clock: 0, tick: null as (() => void) | null };
  const origin = (kernelId: string): Origin => ({
    kernelId,
    kernelName: null,
    rules: rulesOf('ipython'),
    via: 'A',
    clock: time.clock,
    wall: () => REQUESTED
  });
  const runs = new Runs({
    state: statement => void statements.push(statement),
    handover: {
      keep: run => void kept.set(run.request.msgId, run),
      recall: (_, msgId) => kept.get(msgId),
      forget: (_, msgId) => void kept.delete(msgId),
      list: () => [...kept.values()]
    },
    every: (_, callback) => {
      time.tick = callback;
      return () => void (time.tick = null);
    },
    origin
  });
  const see = (msgId: string, said: Said, kernelId = 'k1') =>
    runs.see({
      ...said,
      origin: origin(kernelId),
      request: { msgId, sessionId: 's', requestedAt: REQUESTED },
      at: '2026-11-24T10:00:01.000000Z',
      process: said.kind === 'request' ? null : 'p'
    });
  const play = (msgId: string, kinds: readonly (keyof typeof SAID)[]) => kinds.forEach(kind => see(msgId, SAID[kind]));
  const wait = (ms: number) => {
    time.clock += ms;
    time.tick?.();
  };
  const rest = (ticks: number) => Array.from({ length: ticks }, () => wait(TICK_MS));
  return { runs, statements, kept, time, see, play, wait, rest };
}

const SAID = {
  request: { kind: 'request', code: '1', silent: false, storeHistory: true, cellId: null },
  busy: { kind: 'busy' },
  input: { kind: 'input', code: '1', count: 1 },
  output: { kind: 'output', footprint: { types: ['text/plain'], bytes: 1 } },
  reply: { kind: 'reply', status: 'ok', startedAt: null, count: 1, failure: null },
  idle: { kind: 'idle' }
} satisfies Record<string, Said>;
const WHOLE = ['request', 'busy', 'input', 'output', 'reply', 'idle'] as const;

test('a run that is over leaves, and what comes late or twice makes no second event', () => {
  const { runs, statements, play } = create();
  play('m1', WHOLE);
  play('m1', [...WHOLE, 'output', 'idle']);
  expect(statements).toHaveLength(1);
  expect(runs.size).toBe(0);
});

test('thousands of runs leave nothing behind but their latest ids', () => {
  const { runs, statements, play } = create();
  for (let i = 0; i < RECENT + 1000; i++) play(`m${i}`, WHOLE);
  expect(statements).toHaveLength(RECENT + 1000);
  expect(runs.size).toBe(0);
  expect((runs as unknown as { recent: Set<string> }).recent.size).toBe(RECENT);
});

test('no timer runs when nothing was in flight for a while', () => {
  const { time, play, rest } = create();
  expect(time.tick).toBeNull();
  play('m1', ['request']);
  expect(time.tick).not.toBeNull();
  play('m1', WHOLE);
  rest(QUIET_TICKS - 1);
  play('m2', ['request']);
  rest(QUIET_TICKS);
  expect(time.tick).not.toBeNull();
  play('m2', WHOLE);
  rest(QUIET_TICKS);
  expect(time.tick).toBeNull();
});

test('how many runs of a kernel go on is known, side by side too', () => {
  const { runs, play } = create();
  play('m1', ['request', 'busy', 'input']);
  play('m2', ['busy', 'input']);
  expect(runs.going('k1')).toBe(2);
  play('m1', ['reply', 'idle']);
  expect(runs.going('k1')).toBe(1);
  expect(runs.going('k2')).toBe(0);
  expect(runs.has('k1')).toBe(true);
  expect(runs.has('k2')).toBe(false);
});

test('a run that was lost waits without a clock, and is completed once its end comes by another connection', () => {
  const { runs, statements, time, play, wait, rest } = create();
  play('m1', ['request', 'busy', 'input']);
  runs.lose('k1', 'connection_closed');
  rest(QUIET_TICKS);
  expect(time.tick).toBeNull();
  play('m1', ['idle']);
  wait(5000);
  expect(statements).toMatchObject([{ status: 'unknown', reason: 'connection_closed' }, { status: 'success' }]);
});

test('runs that nobody completes are let go, the oldest first', () => {
  const { runs, play } = create();
  for (let i = 0; i < LINGERING + 10; i++) play(`m${i}`, ['request', 'busy', 'input']);
  runs.lose(null, 'connection_lost');
  expect(runs.size).toBe(LINGERING);
  expect(runs.peek('k1', 'm0')).toBeUndefined();
  expect(runs.peek('k1', `m${LINGERING + 9}`)).toBeDefined();
});

test('the next page completes what this one began, with the code that only this one knew', () => {
  const first = create();
  first.play('m1', ['request', 'busy', 'input']);
  first.runs.lose(null, 'page_closed');
  const next = create();
  for (const [msgId, run] of first.kept) next.kept.set(msgId, { ...run, own: false, via: null });
  next.play('m1', ['output', 'idle']);
  next.wait(5000);
  expect(next.statements).toMatchObject([{ type: 'execution.finished', status: 'success', code: '1' }]);
  expect(next.statements).toMatchObject([{ output_types: ['text/plain'], output_bytes: 1 }]);
  expect(next.kept.size).toBe(0);
});

test('thousands of outputs of a run that nobody handed over are looked for once', () => {
  const { kept, play } = create();
  let looked = 0;
  kept.get = () => void looked++;
  for (let i = 0; i < 1000; i++) play('m1', ['output']);
  expect(looked).toBe(1);
  play('m2', ['output']);
  expect(looked).toBe(2);
});

test('a short run is handed over to nobody', () => {
  const { kept, play } = create();
  play('m1', WHOLE);
  expect(kept.size).toBe(0);
});

test('a long run is handed over while it goes on', () => {
  const { kept, play, wait, statements } = create();
  play('m1', ['request', 'busy', 'input']);
  wait(1500);
  expect(statements).toMatchObject([{ type: 'execution.started' }]);
  expect([...kept.keys()]).toEqual(['m1']);
  play('m1', ['reply', 'idle']);
  expect(kept.size).toBe(0);
});

test('a run that a page left going on and nobody saw ending is unknown, and still to be completed', () => {
  const crashed = create();
  crashed.play('m1', ['request', 'busy', 'input']);
  crashed.wait(1500);
  const next = create();
  for (const [msgId, run] of crashed.kept) next.kept.set(msgId, run);
  next.runs.disown(kernelId => kernelId !== 'k1');
  expect(next.statements).toEqual([]);
  next.runs.disown(kernelId => kernelId === 'k1');
  next.runs.disown(kernelId => kernelId === 'k1');
  expect(next.statements).toMatchObject([{ status: 'unknown', reason: 'end_not_seen', code: '1' }]);
  next.play('m1', ['idle']);
  next.wait(5000);
  expect(next.statements.at(-1)).toMatchObject({ status: 'success' });
});

test('a run that this page sees going on is not disowned', () => {
  const { runs, statements, play, wait } = create();
  play('m1', ['request', 'busy', 'input']);
  wait(1500);
  runs.disown(() => true);
  expect(statements).toMatchObject([{ type: 'execution.started' }]);
});

test('the end of one kernel leaves the runs of another alone', () => {
  const { runs, statements, see } = create();
  for (const kernel of ['k1', 'k2'])
    for (const kind of ['request', 'busy', 'input'] as const) see('m1', SAID[kind], kernel);
  runs.over('k1', 'kernel_died', 'dead', null);
  expect(statements).toMatchObject([{ kernel_id: 'k1', status: 'kernel_died', reason: 'dead' }]);
  expect(runs.size).toBe(1);
});

test('a request that outlived its kernel makes no row, unless the next process takes it up: then it is still of its cell', () => {
  const { runs, statements, play } = create();
  play('m1', ['request']);
  runs.place('k1', 'm1', () => ({ client: 'notebook', cellId: 'c1', notebookPath: 'a.ipynb' }));
  runs.doom('k1', 'kernel_died', 'automatic', 'before');
  runs.over('k1', 'kernel_died', 'automatic', 'before');
  expect([runs.size, statements]).toEqual([0, []]);
  play('m1', ['busy', 'input', 'reply', 'idle']);
  expect(statements).toMatchObject([
    { msg_id: 'm1', status: 'success', client: 'notebook', cell_id: 'c1', silent: false, store_history: true }
  ]);
});

test('a request that outlived its kernel ends with the process that took it up, should that die too', () => {
  const { runs, statements, play, wait } = create();
  play('m1', ['request']);
  runs.doom('k1', 'kernel_died', 'automatic', 'before');
  wait(60_000);
  expect([runs.size, statements]).toEqual([0, []]);
  play('m1', ['busy', 'input']);
  wait(60_000);
  expect(statements).toMatchObject([{ type: 'execution.started' }]);
  runs.over('k1', 'kernel_died', 'automatic', 'p');
  expect(statements.slice(1)).toMatchObject([{ status: 'kernel_died', client: 'background', silent: false }]);
});

test('of the requests that no kernel took up the latest are remembered', () => {
  const { runs, statements, play } = create();
  for (let i = 0; i < UNTAKEN + 1; i++) play(`m${i}`, ['request']);
  runs.over('k1', 'kernel_died', 'dead', null);
  for (const msgId of ['m0', 'm1']) play(msgId, ['busy', 'input', 'reply', 'idle']);
  expect((runs as unknown as { untaken: Map<string, Run> }).untaken.size).toBe(UNTAKEN - 1);
  // The one that was forgotten is on record all the same, as anybody's.
  expect(statements).toMatchObject([
    { msg_id: 'm0', client: 'foreign', silent: null },
    { msg_id: 'm1', client: 'background', silent: false }
  ]);
});

test('where a run came from can be said a moment later, while it is open', () => {
  const { runs, statements, play } = create();
  play('m1', ['request']);
  runs.place('k1', 'm1', () => ({ client: 'editor', cellId: null, notebookPath: 'a.py' }));
  runs.place('k1', 'other', () => ({ client: 'editor', cellId: null, notebookPath: 'b.py' }));
  play('m1', WHOLE);
  expect(statements).toMatchObject([{ client: 'editor', notebook_path: 'a.py' }]);
});

test('disposing stops the clock and says nothing', () => {
  const { runs, statements, time, play } = create();
  play('m1', ['request', 'busy', 'input']);
  runs.dispose();
  expect([runs.size, time.tick, statements]).toEqual([0, null, []]);
});
