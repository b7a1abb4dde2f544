import { readdir, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { Failure } from '../failure.mjs';
import { BUILD_VENV, DIST, ROOT } from '../places.mjs';
import { mustRun } from '../programs.mjs';
import { ensureVenv, pythonEnv, venvBin, venvPython } from '../venv.mjs';

const BUILDERS = [
  'hatchling>=1.27',
  'hatch-nodejs-version>=0.3.2',
  'hatch-jupyter-builder>=0.9.1',
  'jupyter-builder>=1.2'
];
const SETTINGS = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.base.json'];
const LABEXTENSION = 'jupyterlab_celltrail/labextension';
const REPORT = 'The messages above name the file. After a pull, `npm start` again; else it is a bug: report it.';

/**
 * @typedef {{ title: string, name: string, inputs: string[], outputs: string[], make: () => Promise<unknown> }} Part
 * One thing that is built: what it is made of, what it leaves, and how.
 */

/** @type {Part} */
export const TYPESCRIPT = {
  title: 'compiling TypeScript',
  name: 'typescript',
  inputs: ['protocol', 'src', 'server', 'migrations', 'dashboard', ...SETTINGS],
  outputs: ['lib/index.js', 'protocol/lib/index.js', 'server/lib/server/main.js'],
  make: () => mustRun('TypeScript did not compile.', REPORT, ['npx', ['tsc', '-b'], { cwd: ROOT }])
};

/** @type {Part} */
export const PORTAL = {
  title: 'building the portal',
  name: 'portal',
  inputs: ['protocol', 'dashboard', ...SETTINGS],
  outputs: ['server/public/index.html'],
  make: () => mustRun('The portal did not build.', REPORT, ['npm', ['run', 'build', '-w', 'dashboard'], { cwd: ROOT }])
};

/**
 * The tools of the next two parts.
 * @param {import('../python.mjs').Python} python
 */
export const ensureBuilders = python => ensureVenv(BUILD_VENV, python, { requirements: BUILDERS });

/** @type {Part} */
export const EXTENSION = {
  title: 'building the Lab extension',
  name: 'extension',
  inputs: ['protocol', 'src', 'style', 'schema', ...SETTINGS],
  outputs: [`${LABEXTENSION}/package.json`, `${LABEXTENSION}/static/style.js`],
  make: () =>
    mustRun('The Lab extension did not build.', REPORT, [
      venvPython(BUILD_VENV),
      ['-m', 'jupyter_builder.extension_commands.build', '.'],
      { cwd: ROOT, env: buildEnv() }
    ])
};

/** @type {Part} */
export const WHEEL = {
  title: 'packing the wheel',
  name: 'wheel',
  inputs: [
    'protocol',
    'src',
    'style',
    'schema',
    'jupyterlab_celltrail',
    'jupyter-config',
    'pyproject.toml',
    'install.json',
    'README.md',
    'LICENSE',
    ...SETTINGS
  ],
  outputs: ['dist'],
  make: async () => {
    await rm(DIST, { recursive: true, force: true });
    await mustRun('The wheel could not be packed.', REPORT, [
      venvPython(BUILD_VENV),
      ['-m', 'hatchling', 'build', '--target', 'wheel', '--directory', DIST],
      // The front end is there already: the part before this one built it.
      { cwd: ROOT, env: { ...buildEnv(), HATCH_JUPYTER_BUILDER_SKIP_NPM: '1' } }
    ]);
  }
};

/**
 * The wheel that was built.
 * @returns {Promise<string>} its path
 */
export async function builtWheel() {
  const wheels = (await readdir(DIST)).filter(name => name.endsWith('.whl'));
  if (wheels.length !== 1) {
    throw new Failure(`dist/ holds ${wheels.length} wheels instead of one.`, 'Remove dist/ and run: npm run build');
  }
  return join(DIST, wheels[0]);
}

function buildEnv() {
  const env = pythonEnv(process.env);
  return { ...env, PATH: `${venvBin(BUILD_VENV)}${delimiter}${env.PATH ?? ''}` };
}
