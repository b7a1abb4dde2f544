import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ensureWritable } from './folders.mjs';

test('makes the folder and leaves nothing in it', async () => {
  const root = await mkdtemp(join(tmpdir(), 'celltrail-'));
  await ensureWritable(join(root, 'a', 'b'), '');
  assert.deepEqual(await readdir(join(root, 'a', 'b')), []);
  await rm(root, { recursive: true });
});

test('says which folder can not be written to, and what to do', async () => {
  const root = await mkdtemp(join(tmpdir(), 'celltrail-'));
  await writeFile(join(root, 'file'), '');
  await assert.rejects(ensureWritable(join(root, 'file', 'data'), 'Set AUDIT_DATA_DIR.'), {
    message: `Celltrail can't write to ${join(root, 'file', 'data')} (ENOTDIR).`,
    fix: 'Set AUDIT_DATA_DIR.'
  });
  await rm(root, { recursive: true });
});
