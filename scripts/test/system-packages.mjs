import { existsSync } from 'node:fs';
import { mustRun } from '../programs.mjs';
import { step, UP_TO_DATE } from '../progress.mjs';

/** What the tests need beside Node and Python, where it is looked for, and what is missed without it. */
const NEEDED = [
  { name: 'chromium', path: '/usr/bin/chromium', env: 'CHROMIUM', part: 'the tests in a browser' },
  { name: 'postgresql-15', path: '/usr/lib/postgresql/15/bin/postgres', part: "the tests on Debian's Postgres 15" },
  { name: 'postgresql-client-15', path: '/usr/lib/postgresql/15/bin/psql', part: 'the tests with psql' }
];

/**
 * Brings what Debian has and the tests need: as root by installing it, else by saying what to install.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string[]>} a sentence for each thing that is still missing
 */
export async function ensureSystemPackages(env) {
  const missing = NEEDED.filter(({ path, env: name }) => !existsSync((name && env[name]) || path));
  if (!missing.length) return [];
  const names = missing.map(({ name }) => name);
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    await step(`installing ${names.join(', ')} (apt)`, () => install(names, env));
    return [];
  }
  return missing.map(({ name, part }) => `${part} are skipped: sudo apt-get install ${name}`);
}

/**
 * The venv module, which Debian packs apart from Python.
 * @param {NodeJS.ProcessEnv} env
 * @param {boolean} there
 */
export async function ensureVenvModule(env, there) {
  if (there || process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return UP_TO_DATE;
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
