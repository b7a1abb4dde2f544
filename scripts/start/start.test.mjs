// `npm start` where something is in the way: what it says, its exit code, and that nothing of it is left.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { ROOT } from '../places.mjs';
import { nextFreePort } from '../ports.mjs';

const MARK = 'CELLTRAIL_TEST_MARK';
let folder, mark;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'celltrail-start-'));
  mark = randomUUID();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs start.mjs to its end, in a data folder of its own. */
function start(settings = {}) {
  const kept = Object.entries(process.env).filter(([name]) => !/^(AUDIT_|PYTHON|NODE_)/.test(name));
  const env = { ...Object.fromEntries(kept), AUDIT_DATA_DIR: join(folder, 'data'), [MARK]: mark, ...settings };
  return new Promise(resolve => {
    const child = spawn(process.execPath, [join(ROOT, 'scripts', 'start.mjs')], { cwd: ROOT, env, stdio: 'pipe' });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (text += chunk));
    child.on('close', code => resolve({ code, text }));
  });
}

/** Processes of that run that are still there; every one of them has inherited its mark. */
async function left() {
  if (process.platform !== 'linux') return [];
  const ids = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const marked = await Promise.all(
    ids.map(async id => {
      const environment = await readFile(`/proc/${id}/environ`, 'latin1').catch(() => ''); // ended meanwhile
      return environment.includes(`${MARK}=${mark}`);
    })
  );
  return ids.filter((_, at) => marked[at]);
}

async function fakePython(lines) {
  const bin = join(folder, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'python3'), `#!/bin/sh\n${lines.map(line => `echo ${line}`).join('\n')}\n`);
  await chmod(join(bin, 'python3'), 0o755);
  await symlink(process.execPath, join(bin, 'node'));
  return bin;
}

async function assertFails(settings, message, fix) {
  const { code, text } = await start(settings);
  assert.equal(code, 1, text);
  assert.match(text, message);
  assert.match(text, fix);
  assert.ok(!/\n +at .*\.mjs:\d+/.test(text), `a stack is for a bug, not for this:\n${text}`);
  assert.deepEqual(await left(), []);
}

test('a Python that is too old', async () => {
  const PATH = await fakePython(['3.8.10', '/usr/bin/python3', 'True']);
  await assertFails({ PATH }, /Python 3\.8\.10 \(python3\) is too old/, /Install Python 3\.10 or later/);
});

test('a Python without the venv module, as Debian packs it', async () => {
  const PATH = await fakePython(['3.11.2', '/usr/bin/python3', 'False']);
  await assertFails({ PATH }, /no venv module/, /sudo apt install python3\.11-venv/);
});

test("the portal's port in use", async () => {
  const server = createServer();
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  try {
    await assertFails({ AUDIT_PORT: String(port) }, new RegExp(`Port ${port}.* is in use`), /AUDIT_PORT=\d+ npm start/);
  } finally {
    server.close();
  }
});

test('a data folder that can not be written to', async () => {
  await writeFile(join(folder, 'file'), '');
  const AUDIT_DATA_DIR = join(folder, 'file', 'data');
  await assertFails({ AUDIT_DATA_DIR }, /can't write to .*file\/data/, /Set AUDIT_DATA_DIR to a folder of your own/);
});

test('a database that is not there', async () => {
  const AUDIT_PORT = String(await nextFreePort(18_001));
  const closed = String(await nextFreePort(15_432));
  const AUDIT_DB_CONNECTION = `postgresql://celltrail:not-a-secret@127.0.0.1:${closed}/audit`;
  const { code, text } = await start({ AUDIT_PORT, AUDIT_DB_CONNECTION });
  assert.equal(code, 1, text);
  assert.match(text, /The audit server ended with code 1/);
  assert.match(text, new RegExp(closed));
  assert.ok(!text.includes('not-a-secret'), text);
  assert.deepEqual(await left(), []);
});

test('a setting that makes no sense', async () => {
  await assertFails({ AUDIT_PORT: 'http' }, /AUDIT_PORT is http, which is no port/, /number from 1 to 65535/);
});
