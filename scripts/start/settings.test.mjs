import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../places.mjs';
import { ensurePortFree, readSettings } from './settings.mjs';

test('nothing set: port 8001, the user of the system, the folder .celltrail', () => {
  const expected = { port: 8001, user: userInfo().username, data: join(ROOT, '.celltrail') };
  assert.deepEqual(readSettings({}), expected);
});

test('what is set counts', () => {
  const env = { AUDIT_PORT: '9001', AUDIT_USER: ' test_user ', AUDIT_DATA_DIR: '/data' };
  assert.deepEqual(readSettings(env), { port: 9001, user: 'test_user', data: '/data' });
});

test('what is no port is refused by its name', () => {
  for (const text of ['http', '0', '65536', '-1', '80.5']) {
    assert.throws(() => readSettings({ AUDIT_PORT: text }), { message: `AUDIT_PORT is ${text}, which is no port.` });
  }
});

test('a port in use is told with another one to choose', async () => {
  const server = createServer((_request, response) => response.end('{"server_version":"0.1.0"}'));
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await assert.rejects(ensurePortFree(port), {
    message: `Port ${port}, the portal's, is in use: Celltrail runs there already.`,
    fix: new RegExp(`AUDIT_PORT=${port + 1} npm start`)
  });
  server.removeAllListeners('request').on('request', (_request, response) => response.end('hello'));
  await assert.rejects(ensurePortFree(port), { message: `Port ${port}, the portal's, is in use.` });
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
  await ensurePortFree(port);
});

test('what is left of a killed run gets time to go', async () => {
  const server = createServer();
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  setTimeout(() => server.close(), 300);
  await ensurePortFree(port, 20_000);
});
