import { Failure } from './failure.mjs';
import { isAtLeast } from './node-version.mjs';
import { runProgram } from './programs.mjs';

/** The oldest Python that the package supports: major and minor. */
export const OLDEST_PYTHON = [3, 10];

const NAMES = ['python3', 'python', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];
const ASK = [
  'import sys, importlib.util as u',
  'print("%d.%d.%d" % sys.version_info[:3])',
  'print(sys.executable)',
  'print(all(u.find_spec(m) for m in ("venv", "ensurepip")))'
].join('\n');

/**
 * @typedef {{ command: string, version: string, path: string, hasVenv: boolean }} Python
 * A Python and what it said of itself.
 */

/**
 * A Python that can build and run the extension.
 * @param {Record<string, string | undefined>} env `PYTHON` names the one to use; else the usual names are tried
 * @param {(command: string) => Promise<Python | null>} [ask]
 * @returns {Promise<Python>}
 * @throws {Failure} when there is none, all are too old, or none can make environments
 */
export async function findPython(env, ask = askPython) {
  const seen = [];
  for (const command of env.PYTHON ? [env.PYTHON] : NAMES) {
    const python = await ask(command);
    if (!python) continue;
    seen.push(python);
    if (python.hasVenv && isAtLeast(python.version, OLDEST_PYTHON)) return python;
  }
  throw pythonFailure(seen, env.PYTHON);
}

/**
 * What a command says of itself.
 * @param {string} command
 * @returns {Promise<Python | null>} null when it is no Python
 */
export async function askPython(command) {
  // Isolated: a person's PYTHONPATH must not decide what we find.
  const { code, output } = await runProgram(command, ['-I', '-c', ASK]);
  const [version, path, hasVenv] = output.trim().split(/\r?\n/);
  if (code !== 0 || !/^\d+\.\d+/.test(version ?? '')) return null;
  return { command, version, path, hasVenv: hasVenv === 'True' };
}

function pythonFailure(seen, wished) {
  const oldest = OLDEST_PYTHON.join('.');
  const young = seen.filter(({ version }) => isAtLeast(version, OLDEST_PYTHON));
  if (young.length) {
    const { command, version } = young[0];
    const [major, minor] = version.split('.');
    return new Failure(
      `Python ${version} (${command}) has no venv module, so JupyterLab can't get an environment of its own.`,
      `On Debian and Ubuntu: sudo apt install python${major}.${minor}-venv. Elsewhere: install Python from python.org.`
    );
  }
  const install = `Install Python ${oldest} or later, or name one: PYTHON=/path/to/python3 npm start`;
  if (!seen.length) {
    return new Failure(wished ? `PYTHON names ${wished}, which is no Python.` : 'There is no Python here.', install);
  }
  const found = [...new Set(seen.map(({ command, version }) => `${version} (${command})`))].join(', ');
  return new Failure(`Python ${found} is too old: Celltrail needs ${oldest} or later.`, install);
}
