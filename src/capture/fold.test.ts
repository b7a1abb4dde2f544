import { executionId, type Statement } from '@celltrail/protocol';
import { DOOM_AWAITED_MS, IDLE_AWAITED_MS, REPLY_AWAITED_MS, STARTED_AFTER_MS, step } from './fold.js';
import { DEFAULT_RULES, rulesOf } from './rules.js';
import type { Run } from './run.js';
import type { Origin, Said, Seen, SeenEvent, SeenMessage } from './seen.js';

const REQUEST = { msgId: 'm1', sessionId: 's1', requestedAt: '2026-11-24T10:00:00.000Z' };
const at = (ms: number) => `2026-11-24T10:00:00.${String(ms).padStart(3, '0')}500Z`;
const origin = (clock: number, over: Partial<Origin> = {}): Origin => ({
  kernelId: 'k1',
  kernelName: 'python3',
  rules: DEFAULT_RULES,
  via: 'A',
  clock,
  wall: () => '2026-11-24T10:00:00.000Z',
  ...over
});
const message = (said: Said, ms: number, over: Partial<SeenMessage> = {}): SeenMessage =>
  ({ ...said, origin: origin(ms), request: REQUEST, at: at(ms), process: 'p1', ...over }) as SeenMessage;

const request = (code = '1 + 1', silent = false) =>
  message({ kind: 'request', code, silent, storeHistory: !silent, cellId: 'c1' }, 0, {
    at: REQUEST.requestedAt,
    process: null
  });
const busy = message({ kind: 'busy' }, 2);
const input = message({ kind: 'input', code: '1 + 1', count: 4 }, 3);
const idle = message({ kind: 'idle' }, 12);
const failure = { ename: 'ValueError', evalue: 'no', traceback: ['line'] };
const error = message({ kind: 'error', failure }, 10);
const reply = (status: string, over: Partial<Extract<Said, { kind: 'reply' }>> = {}, ms = 11) =>
  message({ kind: 'reply', status, startedAt: null, count: 4, failure: null, ...over }, ms);
const output = (bytes: number, via = 'A') =>
  message({ kind: 'output', footprint: { types: ['text/plain'], bytes } }, 8, { origin: origin(8, { via }) });
const tick = (clock: number): SeenEvent => ({ kind: 'tick', origin: origin(clock) });
const over = (status: 'kernel_restarted' | 'kernel_died', process: string | null = 'p1'): SeenEvent => ({
  kind: 'over',
  origin: origin(20),
  status,
  reason: null,
  process
});
const doomed: SeenEvent = {
  kind: 'doomed',
  origin: origin(20),
  status: 'kernel_restarted',
  reason: null,
  process: 'p1'
};
const lost = (reason: string): SeenEvent => ({ kind: 'lost', origin: origin(20), reason });

function fold(...seen: Seen[]): { run: Run | undefined; statements: Statement[] } {
  let run: Run | undefined;
  const statements: Statement[] = [];
  for (const one of seen) {
    const next = step(run, one);
    run = next.run;
    statements.push(...next.statements);
  }
  return { run, statements };
}
const only = (...seen: Seen[]) => {
  const { statements } = fold(...seen);
  expect(statements).toHaveLength(1);
  return statements[0]!;
};

describe('a run of this page', () => {
  test('is not over when another connection says idle before its own has brought the outputs', () => {
    const idleThere = message({ kind: 'idle' }, 12, { origin: origin(12, { via: 'B' }) });
    expect(fold(request(), busy, input, idleThere, reply('ok')).statements).toEqual([]);
    expect(only(request(), busy, input, idleThere, reply('ok'), output(7), idle)).toMatchObject({ output_bytes: 7 });
    expect(only(request(), busy, input, idleThere, reply('ok'), tick(12 + REPLY_AWAITED_MS))).toMatchObject({
      status: 'success'
    });
  });

  test('is one statement, whole by itself, when reply and idle are there', () => {
    expect(only(request(), busy, input, reply('ok'), idle)).toMatchObject({
      type: 'execution.finished',
      id: executionId(REQUEST.requestedAt, 'k1', 'm1'),
      status: 'success',
      code: '1 + 1',
      timestamp: at(2),
      queued_ms: 2.5,
      execution_time_ms: 9,
      cell_number: 4,
      silent: false,
      store_history: true
    });
  });

  test('comes out the same whichever of reply and idle comes first', () => {
    expect(fold(request(), busy, input, reply('ok'), idle)).toEqual(fold(request(), busy, input, idle, reply('ok')));
  });

  test('ends with the earlier stamp of reply and idle', () => {
    expect(only(request(), busy, input, reply('ok', {}, 15), idle)).toMatchObject({ execution_time_ms: 10 });
  });

  test('begins with the reply’s `started` when the kernel stamps it before busy', () => {
    const started = reply('ok', { startedAt: at(1) });
    expect(only(request(), busy, input, started, idle)).toMatchObject({ timestamp: at(1), execution_time_ms: 10 });
  });

  test('takes its error from the reply, though the `error` message was dropped', () => {
    expect(only(request(), busy, input, reply('error', { failure }), idle)).toMatchObject({
      status: 'error',
      error_name: 'ValueError',
      error_message: 'ValueError: no',
      error_traceback: 'line'
    });
  });

  test('takes its error from the message where the reply has no details', () => {
    const bare = reply('error', { failure: { ename: '', evalue: '', traceback: [] } });
    expect(only(request(), busy, input, error, bare, idle)).toMatchObject({ error_message: 'ValueError: no' });
  });

  test('is a success when it showed a traceback and went on, but not in a kernel that answers wrongly', () => {
    const rules = rulesOf('bash_kernel');
    expect(only(request(), busy, input, error, reply('ok'), idle)).toMatchObject({ status: 'success' });
    expect(only(request(), busy, input, error, reply('ok'), { ...idle, origin: origin(12, { rules }) })).toMatchObject({
      status: 'error'
    });
  });

  test('is interrupted by a KeyboardInterrupt', () => {
    const stop = reply('error', { failure: { ename: 'KeyboardInterrupt', evalue: '', traceback: [] } });
    expect(only(request(), busy, input, stop, idle)).toMatchObject({ status: 'interrupted', execution_time_ms: 9 });
  });

  test('is aborted when it never ran: no time, no number, and the date of its request', () => {
    expect(only(request(), busy, reply('aborted'), idle)).toMatchObject({
      status: 'aborted',
      timestamp: REQUEST.requestedAt,
      execution_time_ms: null,
      queued_ms: null,
      cell_number: null
    });
  });

  test('is interrupted when a kernel answers `abort` to what had begun', () => {
    expect(only(request(), busy, input, reply('abort'), idle)).toMatchObject({ status: 'interrupted' });
  });

  test('that is silent has its code and no number of its own', () => {
    expect(only(request('x = 1', true), busy, reply('ok'), idle)).toMatchObject({
      silent: true,
      store_history: false,
      code: 'x = 1',
      cell_number: null
    });
  });

  test('states its start when it goes on, and its end then', () => {
    const { statements } = fold(request(), busy, input, tick(1001), tick(1002 + 2), tick(9000), reply('ok'), idle);
    expect(statements.map(({ type }) => type)).toEqual(['execution.started', 'execution.finished']);
    expect(statements[0]).toMatchObject({ status: 'running', timestamp: at(2), code: '1 + 1' });
    expect(statements[0]!.id).toBe(statements[1]!.id);
  });

  test('that waits in the queue states nothing', () => {
    expect(fold(request(), tick(60_000)).statements).toEqual([]);
  });

  test('is decided by IOPub when its reply does not come, and by its reply when idle does not', () => {
    const withoutReply = [request(), busy, input, idle];
    expect(fold(...withoutReply, tick(12 + REPLY_AWAITED_MS - 1)).statements).toEqual([]);
    expect(only(...withoutReply, tick(12 + REPLY_AWAITED_MS))).toMatchObject({ status: 'success' });
    const withoutIdle = [request(), busy, input, reply('ok')];
    expect(fold(...withoutIdle, tick(11 + IDLE_AWAITED_MS - 1)).statements).toEqual([]);
    expect(only(...withoutIdle, tick(11 + IDLE_AWAITED_MS))).toMatchObject({ status: 'success', execution_time_ms: 9 });
  });

  test('counts outputs from one connection, though several carry them', () => {
    expect(only(request(), busy, input, output(5), output(5, 'B'), output(7), reply('ok'), idle)).toMatchObject({
      output_types: ['text/plain'],
      output_bytes: 12
    });
  });

  test('is ended by time where a kernel leaves out busy or the input', () => {
    expect(only(request(), reply('ok'), idle, tick(12 + REPLY_AWAITED_MS))).toMatchObject({ status: 'success' });
  });

  test('keeps the first of what comes twice', () => {
    const twice = { ...input, code: 'other' } as SeenMessage;
    expect(fold(request(), busy, busy, input, twice, reply('ok'), reply('ok'), idle).statements).toEqual(
      fold(request(), busy, input, reply('ok'), idle).statements
    );
  });

  test('keeps a source of a megabyte whole, and what no store takes in part, with the reason', () => {
    expect(only(request('x'.repeat(1_000_000)), busy, input, reply('ok'), idle)).toMatchObject({ reason: null });
    const huge = only(request('x'.repeat(5_000_000)), busy, input, reply('ok'), idle);
    expect(huge).toMatchObject({ reason: 'code_cut: 5000000 characters' });
  });
});

describe('a run of another client', () => {
  test('waits a moment, so that the page that sent it may speak first', () => {
    const { statements } = fold(busy, input, idle, tick(100));
    expect(statements).toEqual([]);
    expect(only(busy, input, idle, tick(12 + REPLY_AWAITED_MS))).toMatchObject({
      status: 'success',
      client: 'foreign',
      code: '1 + 1',
      execution_time_ms: 10
    });
  });

  test('failed when IOPub says so', () => {
    expect(only(busy, input, error, idle, tick(9000))).toMatchObject({ status: 'error', error_name: 'ValueError' });
  });

  test('is unknown where failures don’t show on IOPub', () => {
    const scheme = { ...tick(9000), origin: origin(9000, { rules: rulesOf('scheme') }) };
    expect(only(busy, input, idle, scheme)).toMatchObject({
      status: 'unknown',
      reason: 'no_reply',
      execution_time_ms: null
    });
  });

  test('whose code nobody said is unseen, with its times', () => {
    expect(only(busy, idle, tick(9000))).toEqual({
      type: 'execution.unseen',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      kernel_id: 'k1',
      kernel_name: 'python3',
      msg_id: 'm1',
      session_id: 's1',
      timestamp: at(2),
      execution_time_ms: 10
    });
  });

  test('is unseen by the same id, whoever saw it', () => {
    const [whole] = fold(busy, idle, tick(9000)).statements;
    const [cameLate] = fold(idle, tick(9000)).statements;
    expect(cameLate?.id).toBe(whole?.id);
    expect(cameLate).toMatchObject({ type: 'execution.unseen', execution_time_ms: null });
  });

  test('states its start later than one of this page', () => {
    expect(fold(busy, input, tick(2 + STARTED_AFTER_MS)).statements).toEqual([]);
    expect(only(busy, input, tick(2 + STARTED_AFTER_MS + REPLY_AWAITED_MS))).toMatchObject({ status: 'running' });
  });

  test('is not made of an output alone', () => {
    expect(fold(output(3))).toEqual({ run: undefined, statements: [] });
  });
});

describe('the end of a kernel', () => {
  test('ends what was going on, without a time that nobody measured', () => {
    expect(only(request(), busy, input, over('kernel_restarted'))).toMatchObject({
      status: 'kernel_restarted',
      execution_time_ms: null
    });
    expect(only(request(), busy, input, over('kernel_died', null))).toMatchObject({ status: 'kernel_died' });
  });

  test('says nothing of a request that no kernel took up', () => {
    expect(fold(request(), doomed, over('kernel_restarted'))).toEqual({ run: undefined, statements: [] });
    expect(fold(request(), over('kernel_died', null))).toEqual({ run: undefined, statements: [] });
  });

  test('lets a run end by itself that does so in time', () => {
    expect(only(request(), busy, input, doomed, reply('ok'), idle, over('kernel_restarted'))).toMatchObject({
      status: 'success'
    });
  });

  test('believes a reply that came before it', () => {
    expect(only(request(), busy, input, reply('ok'), over('kernel_restarted'))).toMatchObject({ status: 'success' });
  });

  test('says of an interruption what it was for', () => {
    const stop = reply('error', { failure: { ename: 'KeyboardInterrupt', evalue: '', traceback: [] } });
    expect(only(request(), busy, input, doomed, stop, idle)).toMatchObject({
      status: 'interrupted',
      reason: 'kernel_restarted'
    });
  });

  test('takes an idle without a reply for a success only where an interruption would show', () => {
    const ending = [request(), busy, input, doomed, idle];
    expect(only(...ending, over('kernel_restarted'))).toMatchObject({ status: 'kernel_restarted' });
    const ipython = { ...over('kernel_restarted'), origin: origin(20, { rules: rulesOf('ipython') }) };
    expect(only(...ending, ipython)).toMatchObject({ status: 'success' });
  });

  test('says nothing of a run that was not looked at when it may have ended', () => {
    const { run, statements } = fold(request(), busy, input, lost('capture_disabled'), over('kernel_died', null));
    expect(statements).toMatchObject([{ status: 'unknown', reason: 'capture_disabled' }]);
    expect(run).toBeUndefined();
  });

  test('ends a run that was seen again', () => {
    const { statements } = fold(
      request(),
      busy,
      input,
      lost('connection_closed'),
      output(1),
      over('kernel_died', null)
    );
    expect(statements).toMatchObject([{ status: 'unknown' }, { status: 'kernel_died' }]);
  });

  test('spares what waits for the new process', () => {
    const later = (said: Said, ms: number) => message(said, ms, { process: 'p2' });
    const { statements } = fold(
      request(),
      over('kernel_restarted'),
      later({ kind: 'busy' }, 30),
      tick(20 + DOOM_AWAITED_MS),
      later({ kind: 'input', code: '1 + 1', count: 1 }, 31),
      over('kernel_restarted'),
      later({ kind: 'reply', status: 'ok', startedAt: null, count: 1, failure: null }, 40),
      later({ kind: 'idle' }, 41)
    );
    expect(statements).toMatchObject([{ status: 'running' }, { status: 'success' }]);
  });

  test('says nothing of what the new process never took up, either', () => {
    const step = fold(request(), over('kernel_restarted'), tick(20 + DOOM_AWAITED_MS));
    expect(step).toEqual({ run: undefined, statements: [] });
  });

  test('leaves unknown what was not looked at before it was announced', () => {
    const { run, statements } = fold(
      request(),
      busy,
      input,
      lost('connection_lost'),
      doomed,
      tick(20 + DOOM_AWAITED_MS)
    );
    expect(statements).toMatchObject([{ status: 'unknown', reason: 'connection_lost' }]);
    expect(run).toBeUndefined();
  });

  test('is believed after a while, though no other process is seen', () => {
    expect(only(request(), busy, input, doomed, tick(20 + DOOM_AWAITED_MS - 100))).toMatchObject({ status: 'running' });
    expect(fold(request(), busy, input, doomed, tick(20 + DOOM_AWAITED_MS)).statements).toMatchObject([
      { status: 'kernel_restarted' }
    ]);
  });
});

describe('a page that sees no more', () => {
  test('states that the end is unknown, once, and completes it when it is seen after all', () => {
    const { statements } = fold(
      request(),
      busy,
      input,
      lost('connection_lost'),
      lost('page_closed'),
      reply('ok'),
      idle
    );
    expect(statements).toMatchObject([
      { type: 'execution.finished', status: 'unknown', reason: 'connection_lost', execution_time_ms: null },
      { type: 'execution.finished', status: 'success', reason: null, execution_time_ms: 9 }
    ]);
  });

  test('says what it knows of a run whose idle came', () => {
    expect(only(busy, input, idle, lost('page_closed'))).toMatchObject({ status: 'success' });
  });

  test('says nothing of a run whose code it doesn’t know', () => {
    expect(fold(busy, lost('page_closed')).statements).toEqual([]);
  });
});

test('what was not seen at all moves nothing', () => {
  for (const seen of [tick(5), doomed, over('kernel_died'), lost('x')]) {
    expect(step(undefined, seen)).toEqual({ statements: [] });
  }
});

test('waits a while for what comes after the end, where a kernel sends it so late', () => {
  const rules = { ...DEFAULT_RULES, endIsLast: false };
  const late = (seen: SeenMessage) => ({ ...seen, origin: { ...seen.origin, rules } });
  const whole = [request(), busy, input, idle, reply('ok'), output(7)].map(late);
  expect(fold(...whole).statements).toEqual([]);
  const waited = { ...tick(12 + REPLY_AWAITED_MS), origin: origin(12 + REPLY_AWAITED_MS, { rules }) };
  expect(fold(...whole, waited).statements).toMatchObject([{ status: 'success', output_bytes: 7 }]);
});
