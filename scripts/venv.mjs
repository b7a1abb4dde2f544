import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { mustRun } from './programs.mjs';
import { UP_TO_DATE } from './progress.mjs';

const BIN = process.platform === 'win32' ? 'Scripts' : 'bin';
const OWN_PYTHON = new Set(['PYTHONPATH', 'PYTHONHOME', 'PYTHONSTARTUP', 'VIRTUAL_ENV']);
const STAMP = 'celltrail.json';
const NO_REGISTRY = 'Check that this machine reaches its Python package registry (pip config list), then try again.';

/**
 * The folder of an environment's programs.
 * @param {string} venv
 * @returns {string}
 */
export function venvBin(venv) {
  return join(venv, BIN);
}

/**
 * An environment's Python.
 * @param {string} venv
 * @returns {string}
 */
export function venvPython(venv) {
  return join(venv, BIN, process.platform === 'win32' ? 'python.exe' : 'python');
}

/**
 * This process's environment for a Python of ours: a person's own Python settings stay out of it.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function pythonEnv(env) {
  const kept = Object.entries(env).filter(([name]) => !OWN_PYTHON.has(name));
  return { ...Object.fromEntries(kept), PYTHONNOUSERSITE: '1', PYTHONUTF8: '1' };
}

/**
 * Makes an environment, or brings it up to date. What it holds is written down last, so that one whose making was
 * interrupted is made again.
 * @param {string} venv
 * @param {import('./python.mjs').Python} python
 * @param {{ requirements: string[], wheel?: string }} contents wheel: path of ours, installed without asking anyone
 * whether that version is there already
 * @returns {Promise<void | typeof UP_TO_DATE>}
 */
export async function ensureVenv(venv, python, { requirements, wheel }) {
  const base = digest(JSON.stringify([venv, python.path, python.version, requirements]));
  const packed = wheel ? digest(await readFile(wheel)) : '';
  const had = await readStamp(venv);
  if (had.base === base && had.packed === packed) return UP_TO_DATE;
  const pip = args => install(venv, args);
  if (had.base !== base) {
    await rm(venv, { recursive: true, force: true });
    await mustRun(`Python can't make the environment ${basename(venv)}.`, `Remove ${venv} and try again.`, [
      python.path,
      ['-m', 'venv', venv],
      { env: pythonEnv(process.env) }
    ]);
    // It lies inside a package whose scripts are modules; those that Python packages bring along are not.
    await writeFile(join(venv, 'package.json'), '{ "type": "commonjs" }\n');
    const wanted = [...requirements, ...(wheel ? [wheel] : [])];
    if (wanted.length) await pip(wanted);
  } else {
    await pip(['--force-reinstall', '--no-deps', wheel]);
  }
  await writeFile(join(venv, STAMP), JSON.stringify({ base, packed }));
}

async function install(venv, args) {
  await mustRun('pip could not install what is needed.', NO_REGISTRY, [
    venvPython(venv),
    ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input', ...args],
    { env: pythonEnv(process.env) }
  ]);
}

async function readStamp(venv) {
  if (!existsSync(join(venv, STAMP)) || !existsSync(venvPython(venv))) return {};
  try {
    return JSON.parse(await readFile(join(venv, STAMP), 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return {}; // cut off while it was written: the environment is made again
    throw error;
  }
}

function digest(content) {
  return createHash('sha256').update(content).digest('hex');
}
