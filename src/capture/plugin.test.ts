import type { JupyterFrontEnd } from '@jupyterlab/application';
import { NotebookActions } from '@jupyterlab/notebook';
import type { AuditEvent } from '@celltrail/protocol';
import { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';
import { readConfigured, Settings } from '../settings.js';
import { faults } from '../guarded.js';
import { AGENT_ASKS } from './agents.js';
import type { Capture } from './capture.js';
import { plugin, RUN_AS_AGENT } from './plugin.js';

let serial = 0;

/** A kernel connection that answers what it is asked. */
class FakeConnection {
  constructor(readonly model: { id: string; name: string }) {}
  readonly name = 'python3';
  readonly clientId = `client-${++serial}`;
  readonly connectionStatus = 'connected';
  readonly anyMessage = new Signal<this, unknown>(this);
  readonly statusChanged = new Signal<this, string>(this);
  readonly connectionStatusChanged = new Signal<this, string>(this);
  readonly disposed = new Signal<this, void>(this);

  get id() {
    return this.model.id;
  }

  /** Sends a request and answers it in the next turn, as a kernel would. @param session another client's, if it is */
  run(code: string, metadata: object = {}, session = this.clientId): void {
    const request = { msg_id: `m${++serial}`, msg_type: 'execute_request', session, date: '2026-11-24T10:00:00.000Z' };
    const header = { ...request };
    if (session === this.clientId) {
      const msg = { channel: 'shell', header, parent_header: {}, metadata, content: { code } };
      this.anyMessage.emit({ direction: 'send', msg });
    }
    void Promise.resolve().then(() => {
      this.answer(request, 'status', { execution_state: 'busy' });
      this.answer(request, 'execute_input', { code, execution_count: ++serial });
      this.answer(request, 'execute_reply', { status: 'ok', execution_count: serial });
      this.answer(request, 'status', { execution_state: 'idle' });
    });
  }

  private answer(parent_header: object, msg_type: string, content: object): void {
    const header = { msg_id: `x${++serial}`, msg_type, session: 'p1', date: '2026-11-24T10:00:01.000000Z' };
    this.anyMessage.emit({
      direction: 'recv',
      msg: { channel: 'iopub', header, parent_header, metadata: {}, content }
    });
  }
}

/** A tracker of open widgets, as far as capture uses one. */
class FakeTracker<T> {
  readonly widgets: T[] = [];
  readonly widgetAdded = new Signal<this, T>(this);

  add(widget: T): void {
    this.widgets.push(widget);
    this.widgetAdded.emit(widget);
  }
  forEach(callback: (widget: T) => void): void {
    this.widgets.forEach(callback);
  }
  find(isMeant: (widget: T) => boolean): T | undefined {
    return this.widgets.find(isMeant);
  }
}

interface FakeContext {
  session: { path: string; kernel: FakeConnection } | null;
  kernelChanged: Signal<object, { newValue: FakeConnection | null }>;
}
interface FakePanel {
  content: object;
  context: { path: string };
  sessionContext: FakeContext;
}
interface FakeConsole {
  console: { sessionContext: FakeContext };
  sessionContext: FakeContext;
}

let events: AuditEvent[];
let capture: Capture;
let settings: Settings;
let commands: CommandRegistry;
let notebooks: FakeTracker<FakePanel>;
let consoles: FakeTracker<FakeConsole>;
let stream: Signal<object, object>;
let terminals: { names: string[]; runningChanged: Signal<object, void> };
let connect: (id: string) => FakeConnection;

const SERVER = {
  baseUrl: '',
  appendToken: false,
  init: {},
  Request: class {
    headers = { has: () => true };
  },
  fetch: () => Promise.resolve({ json: () => Promise.resolve({ started: '2026-11-24T08:00:00Z' }) })
};

const executions = () => events.filter(({ type }) => type === 'execution.finished');
const types = () => events.map(({ type }) => type);
const rest = () => new Promise(resolve => setTimeout(resolve));
const read = (values: Record<string, unknown>) => (name: string) => ({ user: values[name], composite: values[name] });

async function start({ isWithWidgets = true } = {}): Promise<void> {
  const kernels = {
    connectTo: ({ model }: { model: { id: string; name: string } }) => new FakeConnection(model),
    running: () => [{ id: 'k1' }][Symbol.iterator](),
    refreshRunning: () => Promise.resolve(),
    ready: Promise.resolve()
  };
  connect = id => kernels.connectTo({ model: { id, name: 'python3' } });
  commands = new CommandRegistry();
  notebooks = new FakeTracker();
  consoles = new FakeTracker();
  stream = new Signal({});
  terminals = { names: [], runningChanged: new Signal({}) };
  settings = new Settings(readConfigured('{}'), () => ({ lab: null, browser: ['en'] }));
  const app = {
    version: '4.6.6',
    commands,
    started: Promise.resolve(),
    serviceManager: {
      kernels,
      serverSettings: SERVER,
      sessions: { running: () => [{ path: 'elsewhere.ipynb', kernel: { id: 'k9' } }] },
      events: { stream },
      terminals: {
        isAvailable: () => true,
        ready: Promise.resolve(),
        running: () => terminals.names.map(name => ({ name })),
        runningChanged: terminals.runningChanged
      }
    }
  } as unknown as JupyterFrontEnd;
  const trackers = isWithWidgets ? [notebooks, consoles] : [null, null];
  capture = plugin.activate(app, settings, ...trackers) as Capture;
  events = [];
  // In the same turn, as plugins that carry events away do.
  capture.events.connect((_, event) => void events.push(event));
  await rest();
}

function sessionOf(path: string, kernel: FakeConnection): FakeContext {
  return { session: { path, kernel }, kernelChanged: new Signal({}) };
}

/** Opens a notebook on a kernel. @returns its connection, and how Lab announces a cell and calls it done */
function open(path = 'a.ipynb', kernel = connect('k1')) {
  const content = {};
  const sessionContext = sessionOf(path, kernel);
  notebooks.add({ content, context: { path }, sessionContext });
  const args = (id: string, source: string) => ({
    notebook: content,
    cell: { model: { id, sharedModel: { getSource: () => source } } }
  });
  const emit = (signal: unknown, given: object) => (signal as Signal<object, object>).emit(given);
  return {
    kernel,
    sessionContext,
    schedule: (id: string, source: string) => emit(NotebookActions.executionScheduled, args(id, source)),
    done: (id: string) => emit(NotebookActions.executed, { ...args(id, ''), success: true })
  };
}

beforeEach(() => start());
afterEach(() => {
  capture.dispose();
  faults.clear('capture');
  localStorage.clear();
});

test('says that the page opened once Lab has started, with its versions', () => {
  expect(events[0]).toMatchObject({ type: 'page.opened', page_seq: 1, lab_version: '4.6.6' });
});

test('a cell is told with its notebook, whatever drive shares it', async () => {
  const { kernel, schedule } = open('RTC:work/a.ipynb');
  schedule('c1', 'x = 1');
  kernel.run('x = 1', { cellId: 'c1' });
  await rest();
  expect(executions()).toMatchObject([{ client: 'notebook', cell_id: 'c1', notebook_path: 'work/a.ipynb' }]);
});

test('a cell that the server runs is told by what Lab announced', async () => {
  const { kernel, schedule, done } = open();
  schedule('c1', 'x = 1');
  done('c1');
  kernel.run('x = 1', {}, 'the server');
  await rest();
  capture.close();
  expect(executions()).toMatchObject([{ client: 'notebook', cell_id: 'c1', notebook_path: 'a.ipynb' }]);
});

test('a blank cell is not awaited: Lab does not send it', async () => {
  const { kernel, schedule } = open();
  schedule('c1', '  ');
  kernel.run('  ', {}, 'another client');
  await rest();
  capture.close();
  expect(executions()).toMatchObject([{ client: 'foreign', cell_id: null }]);
});

test('a console is told by its connection, a kernel without either by its session', async () => {
  const kernel = connect('k2');
  const sessionContext = sessionOf('console-1', kernel);
  consoles.add({ console: { sessionContext }, sessionContext });
  kernel.run('1', { cellId: 'c1' });
  connect('k9').run('2');
  await rest();
  expect(executions()).toMatchObject([
    { client: 'console', notebook_path: null },
    { client: 'background', notebook_path: 'elsewhere.ipynb' }
  ]);
});

test('what an editor puts into a console is the editor’s', async () => {
  const kernel = connect('k2');
  const sessionContext = sessionOf('a.py', kernel);
  consoles.add({ console: { sessionContext }, sessionContext });
  commands.addCommand('console:inject', { execute: args => kernel.run(args['code'] as string, { cellId: 'c1' }) });
  await commands.execute('console:inject', { path: 'a.py', code: 'y = 1' });
  await rest();
  expect(executions()).toMatchObject([{ client: 'editor', notebook_path: 'a.py' }]);
});

test('without notebooks and consoles runs are on record all the same', async () => {
  capture.dispose();
  await start({ isWithWidgets: false });
  connect('k9').run('1');
  await rest();
  expect(executions()).toMatchObject([{ client: 'background', notebook_path: 'elsewhere.ipynb' }]);
});

describe('an agent', () => {
  const withCommand = () => {
    const notebook = open();
    commands.addCommand('notebook:run-cell', { execute: () => notebook.kernel.run('1', { cellId: 'c1' }) });
    return notebook;
  };

  test('has a command run by ours, and a person’s is not called an agent’s', async () => {
    withCommand();
    await commands.execute(RUN_AS_AGENT, { command: 'notebook:run-cell' });
    await commands.execute('notebook:run-cell');
    await rest();
    expect(executions()).toMatchObject([{ client: 'agent', cell_id: 'c1' }, { client: 'notebook' }]);
  });

  test('gets what the command gives, and its failure', async () => {
    commands.addCommand('give', { execute: ({ value }) => value });
    expect(await commands.execute(RUN_AS_AGENT, { command: 'give', args: { value: 7 } })).toBe(7);
    await expect(commands.execute(RUN_AS_AGENT, { command: 'no-such' })).rejects.toThrow('no-such');
  });

  test('asks by jupyterlab-commands-toolkit’s event, which runs the command in the same turn', async () => {
    withCommand();
    stream.connect((_, { name }: { name?: string }) => name && void commands.execute(name));
    stream.emit({ schema_id: AGENT_ASKS, name: 'notebook:run-cell' });
    await rest();
    stream.emit({ schema_id: 'another', name: 'notebook:run-cell' });
    await rest();
    expect(executions()).toMatchObject([{ client: 'agent' }, { client: 'notebook' }]);
  });
});

test('a connection that came by another way is a fault', () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  const { sessionContext } = open();
  expect(capture.fault).toBeNull();
  sessionContext.kernelChanged.emit({ newValue: new FakeConnection({ id: 'k5', name: 'python3' }) });
  expect(capture.fault).toContain('Celltrail');
  warn.mockRestore();
});

test('the toggle is followed', () => {
  settings.update(read({ enabled: false }));
  expect(types()).toEqual(['page.opened', 'capture.disabled']);
  settings.update(read({ enabled: true }));
  expect(types().at(-1)).toBe('capture.enabled');
});

test('terminals are followed, by the server that they are on and its start', () => {
  terminals.names = ['1'];
  terminals.runningChanged.emit();
  const keys = Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index));
  expect(keys).toContainEqual(expect.stringMatching(/^celltrail:terminal:.* 2026-11-24T08:00:00Z:1$/));
  terminals.names = [];
  terminals.runningChanged.emit();
  expect(types().slice(1)).toEqual(['terminal.opened', 'terminal.closed']);
});

test('a page that goes and comes back from the browser’s cache says both', () => {
  const shown = (persisted: boolean) => Object.assign(new Event('pageshow'), { persisted });
  window.dispatchEvent(new Event('pagehide'));
  window.dispatchEvent(shown(false));
  expect(types()).toEqual(['page.opened', 'page.closed']);
  window.dispatchEvent(shown(true));
  expect(events.at(-1)).toMatchObject({ type: 'page.opened', reason: 'restored' });
});
