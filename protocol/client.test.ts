import { createClient, RequestFailed, type LiveHandlers } from './client.js';
import { describeProblem } from './problems.js';

const json = (body: unknown, status = 200, type = 'application/json') =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers: { 'content-type': type } });

async function failure(response: Response | Error): Promise<RequestFailed> {
  const client = createClient('', () =>
    response instanceof Error ? Promise.reject(response) : Promise.resolve(response)
  );
  const error: unknown = await client.me().catch((thrown: unknown) => thrown);
  if (!(error instanceof RequestFailed)) throw new Error(`expected RequestFailed, got ${String(error)}`);
  return error;
}

describe('questions', () => {
  it('go to the server with what they need, and nothing that is not said', async () => {
    const asked: string[] = [];
    const client = createClient('http://audit', url => {
      asked.push(url as string);
      return Promise.resolve(json([]));
    });
    await client.stats('Asia/Tehran');
    await client.stats();
    await client.executions(10);
    await client.absence({ from: '2026-11-18', to: '2026-11-24', tz: 'UTC' });
    expect(asked).toEqual([
      'http://audit/api/stats?tz=Asia%2FTehran',
      'http://audit/api/stats',
      'http://audit/api/v1/executions?limit=10',
      'http://audit/api/absence?from=2026-11-18&to=2026-11-24&tz=UTC'
    ]);
  });

  it('give the answer', async () => {
    const client = createClient('', () => Promise.resolve(json({ labUrl: null, language: 'fa' })));
    await expect(client.portal()).resolves.toEqual({ labUrl: null, language: 'fa' });
  });

  it('fail with the problem that the server named', async () => {
    const problem = describeProblem('database-unreachable', { detail: 'connect ECONNREFUSED' });
    const error = await failure(json(problem, 503, 'application/problem+json; charset=utf-8'));
    expect([error.message, error.problem, error.reason]).toEqual(['connect ECONNREFUSED', problem, 'problem']);
  });

  it.each([
    ['no answer', new TypeError('fetch failed'), 'unreachable'],
    ["a gateway's page", json('<h1>Bad Gateway</h1>', 502, 'text/html'), 'unreachable'],
    ["a captive portal's page with status 200", json('<h1>Sign in</h1>', 200, 'text/html'), 'unreadable'],
    ["another program's 404", json('nothing here', 404, 'text/plain'), 'unreadable'],
    ['an answer cut off half-way', json('{"username": "sa'), 'unreadable'],
    ['a problem cut off half-way', json('{"type": "urn', 500, 'application/problem+json'), 'unreadable']
  ])('tell %s apart from an answer of ours', async (_, response, reason) => {
    const error = await failure(response);
    expect([error.problem, error.reason]).toEqual([undefined, reason]);
  });
});

/** An EventSource that opens, speaks and breaks when the test says so. */
class FakeEventSource extends EventTarget {
  static readonly CLOSED = 2;
  static opened: FakeEventSource[] = [];
  readyState = 0;

  constructor(readonly url: string) {
    super();
    FakeEventSource.opened.push(this);
  }

  open() {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }

  say(data: string) {
    this.dispatchEvent(new MessageEvent('change', { data }));
  }

  break(readyState: 0 | 2) {
    this.readyState = readyState;
    this.dispatchEvent(new Event('error'));
  }

  close() {
    this.readyState = FakeEventSource.CLOSED;
  }
}

describe('the live stream', () => {
  const heard: unknown[] = [];
  const handlers: LiveHandlers = {
    onChange: ({ sequence }) => heard.push(sequence),
    onConnected: connected => heard.push(connected)
  };
  const latest = () => FakeEventSource.opened.at(-1)!;

  beforeEach(() => {
    heard.length = 0;
    FakeEventSource.opened = [];
    Object.assign(globalThis, { EventSource: FakeEventSource });
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
    Reflect.deleteProperty(globalThis, 'EventSource');
  });

  it('tells of connection and changes', () => {
    createClient('http://audit').live(handlers);
    expect(latest().url).toBe('http://audit/api/live');
    latest().open();
    latest().say('{"sequence":7}');
    expect(heard).toEqual([true, 7]);
  });

  it('takes a change that it can not read for a change', () => {
    createClient('').live(handlers);
    latest().say('{');
    expect(heard).toEqual([0]);
  });

  it('leaves a broken connection to the browser, which tries again by itself', () => {
    createClient('').live(handlers);
    latest().break(0);
    jest.advanceTimersByTime(120_000);
    expect(heard).toEqual([false]);
    expect(FakeEventSource.opened).toHaveLength(1);
  });

  it('opens anew where the browser gives up, and less often each time', () => {
    createClient('').live(handlers);
    const waits: number[] = [];
    for (let n = 0; n < 12; n++) {
      latest().break(2);
      const before = jest.now();
      jest.advanceTimersToNextTimer();
      waits.push(jest.now() - before);
    }
    expect(FakeEventSource.opened).toHaveLength(13);
    expect(waits[0]).toBeLessThanOrEqual(500);
    expect(waits.at(-1)).toBeGreaterThanOrEqual(15_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(30_000);
  });

  it('starts with short waits again once it was connected', () => {
    createClient('').live(handlers);
    for (let n = 0; n < 8; n++) {
      latest().break(2);
      jest.advanceTimersToNextTimer();
    }
    latest().open();
    latest().break(2);
    jest.advanceTimersByTime(500);
    expect(FakeEventSource.opened).toHaveLength(10);
  });

  it('ends for good when it is ended, also while it waits', () => {
    const end = createClient('').live(handlers);
    latest().break(2);
    end();
    jest.advanceTimersByTime(120_000);
    expect(FakeEventSource.opened).toHaveLength(1);
    expect(latest().readyState).toBe(FakeEventSource.CLOSED);
  });
});
