import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { runProgram } from './programs.mjs';
import { UP_TO_DATE } from './progress.mjs';
import { findPython } from './python.mjs';
import { ensureVenv, pythonEnv, venvPython } from './venv.mjs';

test('an environment is made once, and again when its making was broken off', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'celltrail-'));
  const venv = join(folder, 'venv');
  const python = await findPython(process.env);
  const ensure = () => ensureVenv(venv, python, { requirements: [] });
  assert.equal(await ensure(), undefined);
  const where = await runProgram(venvPython(venv), ['-c', 'import sys; print(sys.prefix)'], { env: pythonEnv({}) });
  assert.equal(where.output.trim(), venv);
  assert.equal(await ensure(), UP_TO_DATE);

  await writeFile(join(venv, 'left-over'), '');
  for (const broken of ['{"base": "', '{}']) {
    await writeFile(join(venv, 'celltrail.json'), broken);
    assert.equal(await ensure(), undefined, broken);
  }
  assert.equal(existsSync(join(venv, 'left-over')), false);
  await rm(folder, { recursive: true });
});

test("a person's own Python settings stay out", () => {
  const env = pythonEnv({ PATH: '/bin', PYTHONPATH: '/mine', PYTHONHOME: '/mine', VIRTUAL_ENV: '/mine' });
  assert.deepEqual(env, { PATH: '/bin', PYTHONNOUSERSITE: '1', PYTHONUTF8: '1' });
});
