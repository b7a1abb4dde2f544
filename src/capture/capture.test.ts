import type { AuditEvent } from '@celltrail/protocol';
import type { Kernel } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';
import { auditEvent } from '@celltrail/protocol/schemas';
import { faults } from '../guarded.js';
import { Capture } from './capture.js';
import type { OpenWidget } from './context.js';

const PAGE = '11111111-1111-4111-8111-111111111111';
let serial = 0;

/** A kernel connection as far as capture uses it. */
class FakeConnection {
  constructor(id = 'k1') {
    this.id = id;
    this.model = { id, name: this.name };
  }
  readonly id: string;
  readonly name = 'python3';
  readonly clientId = `client-${++serial}`;
  readonly connectionStatus = 'connected';
  readonly model: { id: string; name: string };
  readonly anyMessage = new Signal<this, unknown>(this);
  readonly statusChanged = new Signal<this, string>(this);
  readonly connectionStatusChanged = new Signal<this, string>(this);
  readonly disposed = new Signal<this, void>(this);

  /** Sends a request and returns the kernel's way to answer it. */
  execute(
    code: string,
    { cellId = undefined as string | undefined, session = this.clientId, msgId = `m${++serial}` } = {}
  ) {
    const header = { msg_id: msgId, msg_type: 'execute_request', session, date: '2026-11-24T10:00:00.000Z' };
    const content = { code, silent: false, store_history: true };
    if (session === this.clientId) {
      const msg = { channel: 'shell', header, parent_header: {}, metadata: cellId ? { cellId } : {}, content };
      this.anyMessage.emit({ direction: 'send', msg });
    }
    return (msg_type: string, content: object, channel = 'iopub') =>
      this.anyMessage.emit({
        direction: 'recv',
        msg: {
          channel,
          header: { msg_id: `x${++serial}`, msg_type, session: 'p1', date: '2026-11-24T10:00:01.000000Z' },
          parent_header: header,
          metadata: {},
          content
        }
      });
  }

  run(code: string, options?: Parameters<FakeConnection['execute']>[1], count = 1) {
    const answer = this.execute(code, options);
    answer('status', { execution_state: 'busy' });
    answer('execute_input', { code, execution_count: count });
    answer('execute_reply', { status: 'ok', execution_count: count }, 'shell');
    answer('status', { execution_state: 'idle' });
  }

  get connection() {
    return this as unknown as Kernel.IKernelConnection;
  }
}

function create({ isEnabled = true } = {}) {
  const events: AuditEvent[] = [];
  const widgets: OpenWidget[] = [];
  const waiting: (() => void)[] = [];
  const ticks: (() => void)[] = [];
  const time = { clock: 0 };
  const manager = {
    connectTo: ({ model }: { model: { id: string } }) => new FakeConnection(model.id),
    running: () => [{ id: 'k1' }][Symbol.iterator](),
    refreshRunning: () => Promise.resolve()
  } as unknown as Kernel.IManager;
  let random = 0;
  const capture = new Capture({
    pageId: PAGE,
    browserId: null,
    versions: { extension_version: '1.2.3', lab_version: '4.6.0' },
    isEnabled,
    kernels: manager,
    application: { widgets: () => widgets, sessionPath: () => null },
    handover: { keep: () => undefined, recall: () => undefined, forget: () => undefined, list: () => [] },
    counts: { keep: () => undefined, recall: () => undefined },
    openTerminals: { recall: () => undefined, keep: () => undefined, drop: () => undefined },
    randomId: () => `00000000-0000-4000-8000-${String(++random).padStart(12, '0')}`,
    clock: () => time.clock,
    date: () => '2026-11-24T10:00:05.000Z',
    later: (_, callback) => void waiting.push(callback),
    every: (_, callback) => {
      ticks.push(callback);
      return () => void ticks.splice(ticks.indexOf(callback), 1);
    },
    explain: fault => `words for ${fault}`
  });
  capture.events.connect((_, event) => {
    events.push(event);
    expect(auditEvent.safeParse(event).error).toBeUndefined();
  });
  const connect = (id = 'k1', over: object = {}) =>
    manager.connectTo({ model: { id, name: 'python3', ...over } }) as unknown as FakeConnection;
  const wait = (ms: number) => {
    time.clock += ms;
    ticks.slice().forEach(tick => tick());
  };
  return { capture, events, widgets, connect, wait, waiting };
}

const types = (events: AuditEvent[]) => events.map(({ type }) => type);

afterEach(() => faults.clear('capture'));

test('a page says that it opened, once somebody listens, and numbers what follows', () => {
  const { capture, events, connect } = create();
  connect().run('1 + 1');
  expect(events).toEqual([]);
  capture.open();
  expect(events).toMatchObject([
    { type: 'page.opened', page_id: PAGE, page_seq: 1, extension_version: '1.2.3', lab_version: '4.6.0' },
    { type: 'execution.finished', page_id: PAGE, page_seq: 2, code: '1 + 1' }
  ]);
});

test('a cell is told with its notebook, and the same kernel’s second connection adds nothing', () => {
  const { capture, events, widgets, connect } = create();
  capture.open();
  const [first, second] = [connect(), connect()];
  widgets.push({ kind: 'notebook', path: 'a.ipynb', connection: first.connection });
  first.run('x', { cellId: 'c1', msgId: 'same' });
  second.run('x', { msgId: 'same', session: first.clientId });
  expect(events.slice(1)).toMatchObject([{ client: 'notebook', cell_id: 'c1', notebook_path: 'a.ipynb' }]);
});

test('code from a file’s editor is told from what is typed into its console', () => {
  const { capture, events, widgets, connect } = create();
  capture.open();
  const console = connect();
  widgets.push({ kind: 'console', path: 'a.py', connection: console.connection });
  const answer = console.execute('y = 1', { cellId: 'c1', msgId: 'm-editor' });
  capture.onInjected('y = 1', 'a.py');
  answer('status', { execution_state: 'busy' });
  console.run('y = 1', { cellId: 'c1', msgId: 'm-editor' });
  console.run('typed', { cellId: 'c2' }, 2);
  expect(events.slice(1)).toMatchObject([
    { client: 'editor', notebook_path: 'a.py' },
    { client: 'console', code: 'typed' }
  ]);
});

test('what a notebook puts into its console is told as the console’s', () => {
  const { capture, events, widgets, connect } = create();
  capture.open();
  const console = connect();
  widgets.push({ kind: 'console', path: 'a.ipynb', connection: console.connection });
  widgets.push({ kind: 'notebook', path: 'a.ipynb', connection: null });
  console.execute('z', { cellId: 'c1', msgId: 'm-sel' });
  capture.onInjected('z', 'a.ipynb');
  console.run('z', { cellId: 'c1', msgId: 'm-sel' });
  expect(events.slice(1)).toMatchObject([{ client: 'console', notebook_path: 'a.ipynb' }]);
});

describe('an agent', () => {
  const setUp = () => {
    const { capture, events, widgets, connect } = create();
    capture.open();
    const connection = connect();
    widgets.push({ kind: 'notebook', path: 'a.ipynb', connection: connection.connection });
    const schedule = (cellId: string, code: string) =>
      capture.onScheduled({ kernelId: 'k1', cellId, path: 'a.ipynb', code });
    return { capture, events: () => events.slice(1), connection, schedule };
  };

  test('acts: what it sends meanwhile is its own, and what a person sends after it is not', () => {
    const { capture, events, connection } = setUp();
    capture.asAgent(() => connection.run('1', { cellId: 'c1' }));
    connection.run('2', { cellId: 'c2' }, 2);
    expect(events()).toMatchObject([
      { client: 'agent', cell_id: 'c1', notebook_path: 'a.ipynb' },
      { client: 'notebook', cell_id: 'c2' }
    ]);
  });

  test('has a cell run that is sent later', async () => {
    const { capture, events, connection, schedule } = setUp();
    capture.asAgent(() => schedule('c1', '1'));
    schedule('c2', '2');
    await Promise.resolve();
    connection.run('1', { cellId: 'c1' });
    connection.run('2', { cellId: 'c2' }, 2);
    expect(events()).toMatchObject([{ client: 'agent' }, { client: 'notebook' }]);
  });

  test('is recognised by the command that was executed in the same turn, and by that turn alone', async () => {
    const { capture, events, connection, schedule } = setUp();
    const answer = connection.execute('by hand', { cellId: 'c0' });
    await Promise.resolve();
    schedule('c1', '1');
    const agents = connection.execute('1', { cellId: 'c1' });
    schedule('c2', '2');
    capture.agents.executed('notebook-intelligence:run-cell-at-index', {}, Promise.resolve());
    await Promise.resolve();
    const later = connection.execute('2', { cellId: 'c2' });
    for (const end of [answer, agents, later]) {
      end('status', { execution_state: 'busy' });
      end('execute_input', { code: 'x', execution_count: 1 });
      end('execute_reply', { status: 'ok', execution_count: 1 }, 'shell');
      end('status', { execution_state: 'idle' });
    }
    expect(events()).toMatchObject([{ client: 'notebook' }, { client: 'agent' }, { client: 'agent' }]);
  });
});

test('a jump of the count is told', () => {
  const { capture, events, connect } = create();
  capture.open();
  const connection = connect('k1', { execution_state: 'starting' });
  const answer = connection.execute('', { session: 'other' });
  answer('kernel_info_reply', { implementation: 'ipython' }, 'shell');
  connection.run('1', {}, 1);
  connection.run('4', {}, 4);
  expect(events.find(({ type }) => type === 'capture.gap')).toMatchObject({ gap_from: '1', gap_to: '4', missing: 2 });
});

describe('the toggle', () => {
  test('off: what goes on is unknown, that it went off is the last word, and nothing follows', () => {
    const { capture, events, connect, wait } = create();
    capture.open();
    let changes = 0;
    capture.stateChanged.connect(() => void changes++);
    const connection = connect();
    const answer = connection.execute('slow');
    answer('status', { execution_state: 'busy' });
    capture.enable(false);
    capture.enable(false);
    expect(events.slice(1)).toMatchObject([
      { type: 'execution.finished', status: 'unknown', reason: 'capture_disabled', code: 'slow' },
      { type: 'capture.disabled' }
    ]);
    connection.run('hidden');
    capture.onTerminals(['1'], 'server');
    capture.close();
    wait(60_000);
    expect(events).toHaveLength(3);
    expect([capture.capturing, changes]).toEqual([false, 1]);
  });

  test('on again: that it went on, then what runs', () => {
    const { capture, events, connect } = create({ isEnabled: false });
    capture.open();
    expect(events).toMatchObject([{ type: 'capture.disabled', reason: 'off_when_the_page_opened' }]);
    const connection = connect();
    connection.run('hidden', {}, 1);
    capture.enable(true);
    connection.run('seen', {}, 2);
    expect(types(events)).toEqual(['capture.disabled', 'capture.enabled', 'capture.gap', 'execution.finished']);
    expect(events[2]).toMatchObject({ reason: 'capture_disabled', gap_to: '2' });
  });

  test('what another plugin states is on record even while it is off', () => {
    const { capture, events } = create({ isEnabled: false });
    capture.open();
    capture.record({ id: PAGE, type: 'outbox.refused', refused_id: PAGE, refused_type: 'x', problem: 'y' });
    expect(types(events)).toEqual(['capture.disabled', 'outbox.refused']);
  });
});

test('a page that goes tells what goes on, its kernel’s start too, and that it closed', () => {
  const { capture, events, connect } = create();
  capture.open();
  connect('k1', { execution_state: 'starting' }).execute('queued');
  capture.close();
  expect(events.slice(1)).toMatchObject([
    { type: 'kernel.started' },
    { type: 'execution.finished', status: 'unknown', reason: 'page_closed' },
    { type: 'page.closed' }
  ]);
  capture.reopen();
  expect(events.at(-1)).toMatchObject({ type: 'page.opened', reason: 'restored' });
});

test('a connection that is closed during a run leaves it unknown', async () => {
  const { capture, events, connect } = create();
  capture.open();
  const connection = connect();
  connection.execute('slow')('status', { execution_state: 'busy' });
  connection.disposed.emit();
  await new Promise(resolve => setTimeout(resolve));
  expect(events.slice(1)).toMatchObject([{ status: 'unknown', reason: 'connection_closed' }]);
});

test('terminals are told', () => {
  const { capture, events } = create();
  capture.open();
  capture.onTerminals(['1'], 'server');
  capture.onTerminals([], 'server');
  expect(types(events).slice(1)).toEqual(['terminal.opened', 'terminal.closed']);
});

test('a connection that came by another way is a fault in words, and its runs are on record', () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  const { capture, events } = create();
  capture.open();
  expect(capture.fault).toBeNull();
  const stranger = new FakeConnection('k3');
  capture.expect(stranger.connection);
  expect(capture.fault).toBe('words for bypassed');
  expect(capture.faultCode).toBe('bypassed');
  stranger.run('x');
  expect(types(events).slice(1)).toEqual(['execution.finished']);
  warn.mockRestore();
});

test('a failure of ours is a state, never an exception in Lab', () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  const { capture, connect } = create();
  capture.open();
  let changes = 0;
  capture.stateChanged.connect(() => void changes++);
  const connection = connect();
  expect(() => connection.anyMessage.emit({ direction: 'recv', msg: null })).not.toThrow();
  expect(capture.fault).not.toBeNull();
  expect(changes).toBe(1);
  warn.mockRestore();
});

test('after disposing nothing is told', () => {
  const { capture, events, connect } = create();
  capture.open();
  const connection = connect();
  capture.dispose();
  connection.run('x');
  connect('k2').run('y');
  expect(events).toHaveLength(1);
});
