import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { takeLock } from './lock.mjs';

let folder;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'celltrail-'))));
afterEach(() => rm(folder, { recursive: true }));

test('a lock is taken, given back and taken again', async () => {
  for (let i = 0; i < 2; i++) {
    const lock = await takeLock(folder);
    assert.equal(lock.leftOver, false);
    await lock.release();
  }
});

test('a second start of the same folder is told which process runs', async () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'start.mjs'], { stdio: 'ignore' });
  await writeFile(join(folder, 'start.lock'), String(other.pid));
  await assert.rejects(takeLock(folder), {
    message: `Celltrail runs from this folder already (process ${other.pid}).`,
    fix: new RegExp(`kill ${other.pid}`)
  });
  other.kill();
});

test('a lock of a process that is gone, or is another program by now, is left over', async () => {
  const gone = spawn(process.execPath, ['-e', '']);
  await new Promise(resolve => gone.once('exit', resolve));
  for (const content of [String(gone.pid), '', ...(process.platform === 'linux' ? ['1'] : [])]) {
    await writeFile(join(folder, 'start.lock'), content);
    const lock = await takeLock(folder);
    assert.equal(lock.leftOver, true, content);
    await lock.release();
  }
});
