/**
 * @jest-environment node
 */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exchange, REQUEST_TIMEOUT_MS } from './exchange.js';
import { browserSurroundings, type Surroundings } from './surroundings.js';
import { verdictOf } from './verdict.js';

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** Asks a real server over a real socket, and gives one event's verdict. */
async function ask(listener: RequestListener, surroundings: Partial<Surroundings> = {}) {
  server = createServer(listener);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const heard = await exchange({ ...browserSurroundings, ...surroundings }, `http://127.0.0.1:${port}/api/events`, {
    method: 'POST',
    body: '{}',
    signal: new AbortController().signal
  });
  return { heard, verdict: verdictOf(heard, 1, 0) };
}

const half =
  (status: number, text: string): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/problem+json', 'content-length': '999' });
    response.write(text, () => response.destroy());
  };

test.each<[string, RequestListener]>([
  ['a connection that is reset', request => void request.socket.resetAndDestroy()],
  ['a connection that is closed', request => void request.socket.end()],
  ['half an answer', half(200, '{"answers":[{"outcome":"sto')],
  ['an answer that ends before its length', half(200, '{"answers":[{"outcome":"stored"}]}')],
  ['half a refusal', half(413, '{"type":"urn:celltrail:body-too-large","ti')],
  ['a refusal that ends before its length', half(413, '{"type":"urn:celltrail:body-too-large","title":"x"}')],
  ['no HTTP at all', request => void request.socket.end('SSH-2.0-OpenSSH_9.2\r\n')],
  ['a redirect', (_, response) => void response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end()]
])('%s keeps the event, whatever it seems to say', async (_, listener) => {
  expect((await ask(listener)).verdict).toMatchObject({ kind: 'failed', reach: 'unreachable' });
});

test('a request that hangs is given up at its deadline, and its connection with it', async () => {
  let deadline = (): void => undefined;
  let closed = Promise.resolve();
  const after: Surroundings['after'] = (ms, callback) => {
    expect(ms).toBe(REQUEST_TIMEOUT_MS);
    deadline = callback;
    return () => undefined;
  };
  const hanging: RequestListener = request => {
    closed = new Promise(resolve => request.socket.on('close', () => resolve()));
    deadline();
  };
  const { heard } = await ask(hanging, { after });
  expect(heard).toMatchObject({ status: 0, failure: 'timeout' });
  await closed;
});

test('an answer whose body never ends is given up, too', async () => {
  let deadline = (): void => undefined;
  const after: Surroundings['after'] = (_, callback) => {
    deadline = callback;
    return () => undefined;
  };
  const endless: RequestListener = (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"answers":[', () => setImmediate(() => deadline()));
  };
  const { heard } = await ask(endless, { after });
  expect(heard).toMatchObject({ status: 0, failure: 'timeout' });
});

test('an answer that came whole is read, with what it asks for', async () => {
  const { heard } = await ask((_, response) => {
    response.writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '7' });
    response.end('{"type":"urn:celltrail:overloaded","title":"x"}');
  });
  expect(heard).toEqual({
    status: 503,
    body: { type: 'urn:celltrail:overloaded', title: 'x' },
    retryAfter: '7',
    failure: null
  });
});
