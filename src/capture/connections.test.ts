/**
 * @jest-environment node
 */
import { KernelManager, ServerConnection, SessionManager, type Kernel } from '@jupyterlab/services';
import { listen, watchConnections, type ConnectionFault } from './connections.js';

/** A socket that never opens: connections are made, nothing is sent. */
class SilentSocket {
  binaryType = '';
  protocol = '';
  close() {}
  send() {}
}

/** A server with two kernels, those it is asked for, and one session at most. */
function fakeServer() {
  const running = { name: 'python3', execution_state: 'idle', connections: 1 };
  const kernels = ['k1', 'k7'].map(id => ({ id, ...running }));
  const sessions: object[] = [];
  const start = () => {
    kernels.push({ id: `kernel-${kernels.length + 1}`, name: 'python3', execution_state: 'starting', connections: 0 });
    return kernels.at(-1)!;
  };
  return (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init);
    const isSession = request.url.includes('/api/sessions');
    if (request.method === 'GET') return answer(isSession ? sessions : kernels, 200);
    const kernel = start();
    if (!isSession) return answer(kernel, 201);
    sessions[0] = { id: 'session-1', path: 'a.ipynb', name: '', type: 'notebook', kernel };
    return answer(sessions[0], request.method === 'POST' ? 201 : 200);
  };
}

function answer(body: unknown, status: number): Promise<Response> {
  return Promise.resolve(new Response(JSON.stringify(body), { status }));
}

/** Lab's own managers, against that server. */
async function labManagers() {
  const serverSettings = ServerConnection.makeSettings({
    baseUrl: 'http://127.0.0.1/',
    wsUrl: 'ws://127.0.0.1/',
    fetch: fakeServer(),
    WebSocket: SilentSocket as unknown as typeof WebSocket
  });
  const kernels = new KernelManager({ serverSettings });
  const sessions = new SessionManager({ serverSettings, kernelManager: kernels });
  await Promise.all([kernels.ready, sessions.ready]);
  const dispose = async () => {
    // What they asked meanwhile is answered first: a poll that is disposed of in flight rejects.
    await Promise.all([kernels.refreshRunning(), sessions.refreshRunning()]);
    sessions.dispose();
    kernels.dispose();
  };
  return { kernels, sessions, dispose };
}

function watch(kernels: Kernel.IManager) {
  const met: { id: string; isNew: boolean }[] = [];
  const faults: ConnectionFault[] = [];
  const connections = watchConnections(kernels, {
    onConnection: ({ id }, isNew) => void met.push({ id, isNew }),
    onFault: fault => void faults.push(fault)
  });
  return { met, faults, connections };
}

const model = (id: string) => ({ model: { id, name: 'python3' } });
let managers: Awaited<ReturnType<typeof labManagers>>;

beforeEach(async () => {
  jest.spyOn(console, 'debug').mockImplementation(() => undefined);
  // A poll that is disposed of leaves its timer behind: it must not keep the process.
  const later = globalThis.setTimeout;
  jest.spyOn(globalThis, 'setTimeout').mockImplementation((...args) => later(...args).unref());
  managers = await labManagers();
});
afterEach(async () => {
  await managers.dispose();
  jest.restoreAllMocks();
});

describe('in the version of JupyterLab this is built against', () => {
  test('a connection to a running kernel is met', () => {
    const { met } = watch(managers.kernels);
    managers.kernels.connectTo(model('k1'));
    expect(met).toEqual([{ id: 'k1', isNew: true }]);
  });

  test('a kernel that is started is met, with a model that says so', async () => {
    const states: (string | undefined)[] = [];
    watchConnections(managers.kernels, {
      onConnection: (_, __, { execution_state }) => void states.push(execution_state),
      onFault: () => undefined
    });
    await managers.kernels.startNew({ name: 'python3' });
    expect(states).toEqual(['starting']);
  });

  test('the kernel of a session is met, and the one it is changed to', async () => {
    const { met, faults, connections } = watch(managers.kernels);
    const session = await managers.sessions.startNew({ path: 'a.ipynb', name: '', type: 'notebook', kernel: {} });
    const first = session.kernel!;
    await session.changeKernel({ name: 'python3' });
    expect(met.map(({ id }) => id)).toEqual([first.id, session.kernel!.id]);
    connections.expect(session.kernel!);
    expect(faults).toEqual([]);
  });

  test('a clone of a connection is met, and a clone of the clone', () => {
    const { met } = watch(managers.kernels);
    const clone = managers.kernels.connectTo(model('k1')).clone().clone();
    expect(met).toHaveLength(3);
    clone.dispose();
  });

  test('connections from before are met, as not new', () => {
    managers.kernels.connectTo(model('k1'));
    expect(watch(managers.kernels).met).toEqual([{ id: 'k1', isNew: false }]);
  });

  test('a connection tells its messages, its states and its end', () => {
    const told: string[] = [];
    const connection = managers.kernels.connectTo(model('k1'));
    const end = listen(connection, {
      onMessage: (_, { msg, direction }) => void told.push(`${direction} ${msg.header.msg_type}`),
      onStatus: (_, status) => void told.push(`status ${status}`),
      onLink: (_, link) => void told.push(`link ${link}`),
      onDisposed: () => void told.push('disposed')
    });
    connection.requestExecute({ code: '1' }).done.catch(() => undefined);
    (connection as unknown as { handleShutdown(): void }).handleShutdown();
    expect(told).toEqual(['send execute_request', 'status dead', 'disposed', 'link disconnected']);
    end();
  });
});

describe('beside other extensions that wrap the same method', () => {
  const wrap = (kernels: Kernel.IManager, log: string[]) => {
    const slot = kernels as unknown as { connectTo: (...args: unknown[]) => unknown };
    const inner = slot.connectTo;
    const outer = function (this: unknown, ...args: unknown[]) {
      log.push('theirs');
      return inner.apply(this, args);
    };
    slot.connectTo = outer;
    return outer;
  };

  test('both are called, whichever came first', () => {
    const log: string[] = [];
    wrap(managers.kernels, log);
    const { met } = watch(managers.kernels);
    wrap(managers.kernels, log);
    managers.kernels.connectTo(model('k1'));
    expect(log).toEqual(['theirs', 'theirs']);
    expect(met).toHaveLength(1);
  });

  test('an object that another puts in front of a connection is that connection', () => {
    const { met, faults, connections } = watch(managers.kernels);
    const connection = managers.kernels.connectTo(model('k1'));
    connections.expect(new Proxy(connection, {}));
    expect([met.length, faults]).toEqual([1, []]);
  });

  test('disposing gives back what was found', () => {
    const log: string[] = [];
    const theirs = wrap(managers.kernels, log);
    watch(managers.kernels).connections.dispose();
    expect(Object.is((managers.kernels as unknown as { connectTo: unknown }).connectTo, theirs)).toBe(true);
  });

  test('disposing leaves no own method on an untouched manager', () => {
    watch(managers.kernels).connections.dispose();
    expect(Object.hasOwn(managers.kernels, 'connectTo')).toBe(false);
  });

  test('disposing under another’s wrapping leaves theirs working, and meets nobody any more', () => {
    const log: string[] = [];
    const { met, connections } = watch(managers.kernels);
    wrap(managers.kernels, log);
    connections.dispose();
    expect(connections.isDisposed).toBe(true);
    expect(managers.kernels.connectTo(model('k1')).id).toBe('k1');
    expect([log, met]).toEqual([['theirs'], []]);
  });
});

describe('when Lab is not what this expects', () => {
  test('a manager without `connectTo` is a fault, and so said once', () => {
    expect(watch({ running: () => [][Symbol.iterator]() } as unknown as Kernel.IManager).faults).toEqual([
      'no-connect-to'
    ]);
  });

  test('a connection that came by another way is a fault, and is watched all the same', async () => {
    const stranger = await labManagers();
    const connection = stranger.kernels.connectTo(model('k7'));
    const { met, faults, connections } = watch(managers.kernels);
    connections.expect(connection);
    connections.expect(connection);
    expect(faults).toEqual(['bypassed']);
    expect(met).toEqual([{ id: 'k7', isNew: false }]);
    await stranger.dispose();
  });
});
