import { connect } from 'node:net';
import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { MAX_BODY_BYTES } from '@celltrail/protocol';
import { ROUTES } from '@celltrail/protocol/schemas';
import { createInFlight } from '../http/in-flight.js';
import { problem } from '../problems.js';
import { startBareApp, type BareApp } from './bare-app.js';
import { post, send } from './request.js';

const secret = 'postgres://celltrail:hunter2@db.example/audit';
const accept = jest.fn();
let app: BareApp;
beforeAll(async () => {
  app = await startBareApp({
    accept,
    checks: () => Promise.reject(new Error(`could not connect to ${secret}`)),
    ready: () => Promise.reject(problem('database-unreachable', {}))
  });
});
afterAll(() => app.close(0));
beforeEach(() => accept.mockReset().mockResolvedValue([]));

/** Sends bytes as they are and gives what came back until the server closed the connection. */
async function raw(text: string): Promise<string> {
  const socket = connect(app.port, '127.0.0.1');
  let reply = '';
  socket.on('data', data => (reply += String(data)));
  socket.write(text);
  await once(socket, 'close');
  return reply;
}

describe('a body that is not what it should be', () => {
  const batch = '{"protocol":1,"events":[]}';

  it.each<[string, string | Buffer, Record<string, string>, number, string]>([
    ['no JSON', '{"protocol":1,', {}, 400, 'not-json'],
    ['nothing', '', {}, 400, 'not-json'],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0x22]), {}, 400, 'not-json'],
    ['a text', batch, { 'Content-Type': 'text/plain' }, 415, 'unsupported-media-type'],
    ['a form', 'a=b', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415, 'unsupported-media-type'],
    [
      'another character set',
      batch,
      { 'Content-Type': 'application/json; charset=latin1' },
      415,
      'unsupported-media-type'
    ],
    ['an unknown compression', batch, { 'Content-Encoding': 'zstd-9' }, 415, 'unsupported-media-type'],
    ['broken gzip', batch, { 'Content-Encoding': 'gzip' }, 400, 'not-json'],
    ['10 MB', Buffer.alloc(10 * 1024 * 1024, 0x20), {}, 413, 'body-too-large'],
    ['a bomb', gzipSync(Buffer.alloc(MAX_BODY_BYTES + 1, 0x20)), { 'Content-Encoding': 'gzip' }, 413, 'body-too-large'],
    ['a number', '5', {}, 400, 'field-invalid']
  ])('is answered, for %s', async (_, body, headers, status, kind) => {
    const reply = await post(app.port, '/api/events', body, headers);
    expect(reply.status).toBe(status);
    expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(reply.json()).toMatchObject({ type: `urn:celltrail:${kind}`, status });
    expect(accept).not.toHaveBeenCalled();
  });

  it('is taken compressed, when it is good', async () => {
    const reply = await post(app.port, '/api/events', gzipSync(batch), { 'Content-Encoding': 'gzip' });
    expect([reply.status, reply.json()]).toEqual([200, { answers: [] }]);
  });

  it('has to come later, unread, when too many are there already', async () => {
    const inFlight = createInFlight(MAX_BODY_BYTES, { crowded: () => true, pouring: () => false });
    const crowded = await startBareApp({ accept }, { inFlight });
    const reply = await post(crowded.port, '/api/events', Buffer.alloc(1024 * 1024, 0x20));
    expect([reply.status, reply.json()['type']]).toEqual([503, 'urn:celltrail:overloaded']);
    expect(Number(reply.headers['retry-after'])).toBeGreaterThanOrEqual(2);
    expect((await post(crowded.port, '/api/events', batch)).status).toBe(200);
    expect(inFlight.bytes()).toBe(0);
    await crowded.close(0);
  });

  it('says how much is allowed', async () => {
    const reply = await post(app.port, '/api/events', Buffer.alloc(MAX_BODY_BYTES + 1, 0x20));
    expect(reply.json()).toMatchObject({ limit: MAX_BODY_BYTES });
  });
});

describe('an address or a method that leads nowhere', () => {
  it.each(['/nothing', '/api', '/api/nothing', '/portal/assets/gone.js', '/..%2f..%2fetc%2fpasswd'])(
    'is answered 404 at %s',
    async path => {
      const reply = await send(app.port, path);
      expect([reply.status, reply.json()['type']]).toEqual([404, 'urn:celltrail:not-found']);
    }
  );

  it.each(['/portal/%', '/portal/%ff', '/%e0%a4%a', '/portal/assets/%00.js', '/api/me?tz=%ff'])(
    'is no fault of ours at %s',
    async path => {
      const { status } = await send(app.port, path);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }
  );

  it.each(Object.values(ROUTES).map(({ path, method }) => [path, method] as const))(
    'says what is allowed at %s',
    async (path, method) => {
      for (const other of ['PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND', method === 'get' ? 'POST' : 'GET']) {
        const reply = await send(app.port, path, { method: other });
        expect([other, reply.status]).toEqual([other, 405]);
        expect(reply.headers['allow']).toContain(method.toUpperCase());
      }
      expect((await send(app.port, path, { method: 'OPTIONS' })).headers['allow']).toContain(method.toUpperCase());
    }
  );

  it.each<[string, string, number]>([
    ['a method nobody knows', 'BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
    ['headers without end', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
    [
      'two lengths',
      'POST /api/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      400
    ],
    ['noise', '\u0016\u0003\u0001\r\n\r\n', 400]
  ])('is no fault of ours with %s', async (_, text, status) => {
    expect(await raw(text)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });
});

describe('a query', () => {
  it.each([
    ['/api/stats?zone=UTC', 'zone'],
    ['/api/stats?tz=UTC&tz=UTC', 'tz'],
    ['/api/v1/executions?limit=0', 'limit'],
    ['/api/v1/executions?limit=ten', 'limit'],
    ['/api/v1/executions?limit=101', 'limit'],
    ['/api/me?username=sara', 'username'],
    ['/api/live?all=1', 'all'],
    [`/api/stats?tz=${'x'.repeat(65)}`, 'tz']
  ])('is checked: %s', async (path, field) => {
    const reply = await send(app.port, path);
    expect([reply.status, reply.json()]).toEqual([
      400,
      expect.objectContaining({ type: 'urn:celltrail:field-invalid', field })
    ]);
  });
});

describe('a fault of ours', () => {
  it('is answered with an id, and logged under it with what went wrong', async () => {
    const reply = await send(app.port, '/api/checks');
    const { instance, ...rest } = reply.json();
    expect([reply.status, rest]).toEqual([
      500,
      { type: 'urn:celltrail:internal', title: 'Something is wrong in the server', status: 500 }
    ]);
    const line = app.logged.find(text => text.includes(String(instance)) && text.includes('request failed'));
    expect(JSON.parse(line!)).toMatchObject({ level: 50, error: { name: 'Error' } });
  });

  it('tells nobody the secret in its message', async () => {
    const reply = await send(app.port, '/api/checks');
    expect(reply.text).not.toContain('hunter2');
    expect(app.logged.join('')).not.toContain('hunter2');
  });

  it('that passes says when to come back', async () => {
    const reply = await send(app.port, '/readyz');
    expect([reply.status, reply.headers['retry-after']]).toEqual([503, '2']);
  });
});
