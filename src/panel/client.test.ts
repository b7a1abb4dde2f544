/** @jest-environment node */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ownClient } from './client.js';

let server: Server;
let seen: { url: string; authorization: string | undefined }[];
let answer: (request: IncomingMessage, response: ServerResponse) => void;

beforeEach(async () => {
  seen = [];
  server = createServer((request, response) => {
    seen.push({ url: request.url!, authorization: request.headers.authorization });
    answer(request, response);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
});

afterEach(() => {
  server.closeAllConnections();
  return new Promise(resolve => server.close(resolve));
});

const client = (token: string | null) =>
  ownClient({ endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token });

test.each([
  ['celltrail_x', 'Bearer celltrail_x'],
  [null, undefined]
])('a question with the token %j carries the header %j and nothing in its address', async (token, header) => {
  answer = (_request, response) =>
    void response.writeHead(200, { 'content-type': 'application/json' }).end('{"username":"sara"}');
  await client(token).me();
  expect(seen).toEqual([{ url: '/api/me', authorization: header }]);
});

test('the stream says who asks, tells of changes, and ends when it is no longer wanted', async () => {
  const gone = new Promise<void>(resolve => {
    answer = (request, response) => {
      request.once('close', resolve);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('id: 7\nevent: change\ndata: {"sequence":7}\n\n');
    };
  });
  let end: () => void = () => undefined;
  const change = await new Promise(resolve => {
    end = client('celltrail_x').live({ onChange: resolve, onConnected: () => undefined });
  });
  expect(change).toEqual({ sequence: 7 });
  expect(seen).toEqual([{ url: '/api/live', authorization: 'Bearer celltrail_x' }]);
  end();
  await gone;
});
