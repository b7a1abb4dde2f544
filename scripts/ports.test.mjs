import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { isFree, nextFreePort } from './ports.mjs';

async function occupy(host, port = 0) {
  const server = createServer();
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  return { port: server.address().port, free: () => new Promise(resolve => server.close(resolve)) };
}

test('a port is free only when nobody listens on any address of it', async () => {
  for (const host of ['127.0.0.1', '0.0.0.0']) {
    const taken = await occupy(host);
    assert.equal(await isFree(taken.port), false, host);
    await taken.free();
    assert.equal(await isFree(taken.port), true, host);
  }
});

test('the next free port is the first one, or one after those that are taken', async () => {
  const taken = await occupy('127.0.0.1');
  const next = await nextFreePort(taken.port);
  assert.ok(next > taken.port);
  assert.equal(await isFree(next), true);
  await assert.rejects(nextFreePort(taken.port, 1), {
    message: `No port from ${taken.port} to ${taken.port} is free.`
  });
  await taken.free();
  assert.equal(await nextFreePort(taken.port), taken.port);
});
