import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Children } from './children.mjs';
import { isAlive } from './trees.mjs';
import { waitUntilUp } from './wait-until-up.mjs';

let folder, children;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'celltrail-'));
  children = new Children();
});
afterEach(async () => {
  await children.stop({ graceMs: 0 });
  await rm(folder, { recursive: true });
});

const FOREVER = 'setInterval(() => {}, 1000);';
const start = (script, name = 'It') =>
  children.start({
    name,
    command: process.execPath,
    args: ['-e', script],
    cwd: folder,
    env: process.env,
    logFile: join(folder, 'log')
  });

async function until(condition) {
  while (!(await condition())) await sleep(20);
}

test('what it says goes to a file for its owner alone, and the run before is kept', async () => {
  await start("console.log('first')").ended;
  await start("console.log('second'); console.error('words')").ended;
  assert.equal(await readFile(join(folder, 'log.1'), 'utf8'), 'first\n');
  assert.match(await readFile(join(folder, 'log'), 'utf8'), /second/);
  if (process.platform !== 'win32') assert.equal((await stat(join(folder, 'log'))).mode & 0o777, 0o600);
});

test('how it ended is told', async () => {
  assert.equal(await start('process.exit(3)').ended, 'ended with code 3');
  const child = children.start({
    name: 'x',
    command: join(folder, 'none'),
    args: [],
    cwd: folder,
    env: {},
    logFile: join(folder, 'x')
  });
  assert.match(await child.ended, /could not be started/);
});

test('stopping takes what it started along, also what does not listen to a polite word', async () => {
  const grandchild = `require('child_process').spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); ${FOREVER}"])`;
  const child = start(`console.log(${grandchild}.pid); ${FOREVER}`);
  let pid = 0;
  await until(async () => (pid = Number(await readFile(child.logFile, 'utf8'))));
  await children.stop({ graceMs: 200 });
  await until(() => !isThere(child.pid) && !isThere(pid));
});

test('nothing is started once everything is being stopped', async () => {
  await children.stop();
  assert.throws(() => start(FOREVER, 'JupyterLab'), { message: /JupyterLab is not started/ });
});

test('when we are killed ourselves, the reaper ends what we started', async () => {
  const module = pathToFileURL(join(import.meta.dirname, 'children.mjs')).href;
  const what = {
    name: 'x',
    command: process.execPath,
    args: ['-e', FOREVER],
    cwd: folder,
    logFile: join(folder, 'log')
  };
  const script = `import { Children } from '${module}';
    console.log(new Children().start({ ...${JSON.stringify(what)}, env: process.env }).pid); ${FOREVER}`;
  const killed = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit']
  });
  const pid = Number(await new Promise(resolve => killed.stdout.once('data', resolve)));
  assert.equal(isAlive(pid), true);
  killed.kill('SIGKILL');
  await until(() => !isThere(pid));
});

test('waits until it answers, and tells its last words when it ends instead', async () => {
  const server = createServer((_request, response) => response.end('up'));
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${server.address().port}/`;
  const child = start(FOREVER);
  await waitUntilUp(child, address, 20_000, '');
  await new Promise(resolve => server.close(resolve));
  await assert.rejects(waitUntilUp(child, address, 100, 'See the log.'), {
    message: /did not answer/,
    fix: 'See the log.'
  });
  const ending = start("console.error('no database'); process.exit(1)", 'The audit server');
  await assert.rejects(waitUntilUp(ending, address, 20_000, 'See the log.'), {
    message: 'The audit server ended with code 1.',
    details: 'no database'
  });
});

/** A process that ended may wait as a zombie for a parent that never asks. */
function isThere(pid) {
  const status = `/proc/${pid}/status`;
  if (process.platform === 'linux') return existsSync(status) && !/^State:\s+Z/m.test(readFileSync(status, 'utf8'));
  return isAlive(pid);
}
