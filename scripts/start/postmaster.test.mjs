import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { endLeftPostmaster } from './postmaster.mjs';

async function withData(use) {
  const data = await mkdtemp(join(tmpdir(), 'celltrail-'));
  const folder = join(data, 'postgres', 'data');
  await mkdir(folder, { recursive: true });
  try {
    await use(data, folder);
  } finally {
    await rm(data, { recursive: true });
  }
}

/** A program that is no Postgres, but has its arguments. */
function program(...args) {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', '--', ...args], { stdio: 'ignore' });
  return { child, ended: new Promise(resolve => child.once('exit', (_, signal) => resolve(signal))) };
}

test('the postmaster of the folder is asked to end', () =>
  withData(async (data, folder) => {
    const { child, ended } = program('-D', folder);
    await writeFile(join(folder, 'postmaster.pid'), `${child.pid}\n${folder}\n`);
    await endLeftPostmaster(data);
    assert.equal(await ended, 'SIGINT');
  }));

test('no folder, no file: nothing to do', async () => {
  await endLeftPostmaster(join(tmpdir(), 'no-such-folder'));
  await withData(data => endLeftPostmaster(data));
});

test('a number that is another program by now is left alone', { skip: process.platform !== 'linux' }, () =>
  withData(async (data, folder) => {
    const { child, ended } = program('-D', '/elsewhere');
    await writeFile(join(folder, 'postmaster.pid'), `${child.pid}\n`);
    await endLeftPostmaster(data);
    assert.equal(child.exitCode, null);
    child.kill('SIGTERM');
    assert.equal(await ended, 'SIGTERM');
  })
);
