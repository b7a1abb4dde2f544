import { existsSync } from 'node:fs';
import { mustRun } from '../programs.mjs';
import { step } from '../progress.mjs';

/**
 * What the tests need beside Node and Python: where it is looked for, what is missed without it, and the parts of the
 * tests that can't run at all then.
 */
const NEEDED = [
  {
    name: 'chromium',
    path: '/usr/bin/chromium',
    env: 'CHROMIUM',
    missed: 'every test in a browser',
    parts: ['ui', 'chaos']
  },
  {
    name: 'postgresql-15',
    path: '/usr/lib/postgresql/15/bin/initdb',
    missed: "every test on Debian's Postgres 15"
  },
  { name: 'postgresql-client', path: '/usr/bin/psql', missed: 'every test with psql', parts: ['ui'] }
];

/**
 * Brings what Debian has and the tests need: as root by installing it, else by saying what to install.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ sentence: string, parts: string[] }[]>} what is still missing, and which parts have to be left out
 */
export async function ensureSystemPackages(env) {
  const missing = NEEDED.filter(({ path, env: name }) => !existsSync((name && env[name]) || path));
  const names = missing.map(({ name }) => name);
  if (!missing.length || !isRootOnDebian()) return missing.map(describe);
  await step(`installing ${names.join(', ')} (apt)`, () => install(names, env));
  return [];
}

function describe({ name, missed, parts = [] }) {
  return { sentence: `Skipped: ${missed}. To run them: sudo apt-get install ${name}`, parts };
}

/**
 * The venv module, which Debian packs apart from Python.
 * @param {NodeJS.ProcessEnv} env
 */
export async function ensureVenvModule(env) {
  if (!isRootOnDebian()) return;
  await step('installing python3-venv (apt)', () => install(['python3-venv'], env));
}

async function install(names, env) {
  const quiet = { ...env, DEBIAN_FRONTEND: 'noninteractive' };
  const fix = `Install them by hand: apt-get install ${names.join(' ')}`;
  await mustRun('apt-get update failed.', fix, ['apt-get', ['update', '-q'], { env: quiet }]);
  await mustRun(`apt-get could not install ${names.join(', ')}.`, fix, [
    'apt-get',
    ['install', '-q', '-y', '--no-install-recommends', ...names],
    { env: quiet }
  ]);
}

function isRootOnDebian() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version');
}
