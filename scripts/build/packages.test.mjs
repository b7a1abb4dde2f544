// What the Python packages hold. `npm test` has built them before.
import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { BUILD_VENV, ROOT } from '../places.mjs';
import { mustRun } from '../programs.mjs';
import { pythonEnv, venvPython } from '../venv.mjs';
import { builtWheel } from './parts.mjs';

const python = (...args) => {
  const env = { ...pythonEnv(process.env), HATCH_JUPYTER_BUILDER_SKIP_NPM: '1' };
  return mustRun(`${args.join(' ')} failed`, 'Run: npm run build', [venvPython(BUILD_VENV), args, { cwd: ROOT, env }]);
};
const SHARE = /^jupyterlab_celltrail-[^/]+\.data\/data\//;

test('the wheel brings the front end, its settings and the switch that turns the server extension on', async () => {
  const names = (
    await python(
      '-c',
      'import sys, zipfile; print(*zipfile.ZipFile(sys.argv[1]).namelist(), sep="\\n")',
      await builtWheel()
    )
  )
    .trim()
    .split('\n');
  const shared = names.filter(name => SHARE.test(name)).map(name => name.replace(SHARE, ''));
  const lab = 'share/jupyter/labextensions/jupyterlab-celltrail';
  for (const name of [
    `${lab}/package.json`,
    `${lab}/install.json`,
    `${lab}/schemas/jupyterlab-celltrail/plugin.json`
  ]) {
    assert.ok(shared.includes(name), name);
  }
  assert.ok(shared.includes('etc/jupyter/jupyter_server_config.d/jupyterlab_celltrail.json'));
  assert.equal(shared.filter(name => name.includes('/static/remoteEntry.')).length, 1);
  assert.ok(!names.some(name => /^jupyterlab_celltrail\/(tests|labextension)\//.test(name)));
});

test('the sdist brings every workspace and the built front end, and nothing that was installed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'celltrail-'));
  await python('-m', 'hatchling', 'build', '--target', 'sdist', '--directory', folder);
  const [sdist] = await readdir(folder);
  const list = 'import sys, tarfile; print(*tarfile.open(sys.argv[1]).getnames(), sep="\\n")';
  const names = (await python('-c', list, join(folder, sdist))).replace(/^[^/\n]+\//gm, '').split('\n');
  const wanted = ['protocol/index.ts', 'server/main.ts', 'dashboard/package.json', 'src/index.ts', 'package-lock.json'];
  for (const name of [...wanted, 'jupyterlab_celltrail/labextension/static/style.js']) {
    assert.ok(names.includes(name), name);
  }
  assert.deepEqual(
    names.filter(name => /(^|\/)(node_modules|\.celltrail)(\/|$)/.test(name)),
    []
  );
  await rm(folder, { recursive: true });
});
