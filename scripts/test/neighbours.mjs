import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun } from '../programs.mjs';
import { UP_TO_DATE } from '../progress.mjs';
import { pythonEnv, venvPython } from '../venv.mjs';

/**
 * What people have beside ours that runs cells or has them run, and what of their requirements a JupyterLab has not.
 * Of jupyter-mimetypes' requirements pyarrow is left out: only reading variables of remote kernels needs it.
 */
const PACKAGES = [
  'jupyter-server-nbmodel==0.2.9',
  'jupyter-kernel-client==1.0.2',
  'jupyter-mimetypes==0.2.0',
  'jupyterlab-commands-toolkit==0.3.1',
  'jupyterlab-ai-commands==0.4.0'
];

/** People in one notebook at a time, and what of its requirements a JupyterLab has not. */
export const COLLABORATION_PACKAGES = [
  'jupyter-collaboration==5.0.4',
  'jupyter-collaboration-ui==3.0.4',
  'jupyter-docprovider==3.0.4',
  'jupyter-server-ydoc==3.0.4',
  'jupyter-ydoc==4.2.1',
  'jupyter-server-fileid==0.10.0',
  'pycrdt==0.14.13',
  'pycrdt-store==0.1.5',
  'pycrdt-websocket==0.16.5',
  'sqlite-anyio==0.2.10'
];
const STAMP = 'celltrail.json';

/**
 * Puts those packages into a folder of their own, apart from any environment: a Lab has them only when its paths name
 * the folder. What it holds is written down last, so that one whose making was interrupted is made again.
 * @param {string} venv whose pip does it
 * @param {string} folder
 * @param {string[]} [packages]
 * @returns {Promise<void | typeof UP_TO_DATE>}
 */
export async function ensureNeighbours(venv, folder, packages = PACKAGES) {
  const wanted = JSON.stringify(packages);
  const stamp = join(folder, STAMP);
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === wanted) return UP_TO_DATE;
  await rm(folder, { recursive: true, force: true });
  const options = ['--quiet', '--disable-pip-version-check', '--no-input', '--no-deps', '--target', folder];
  await mustRun(
    "pip could not fetch other people's extensions.",
    'Check that this machine reaches its Python package registry (pip config list), then try again.',
    [venvPython(venv), ['-m', 'pip', 'install', ...options, ...packages], { env: pythonEnv(process.env) }]
  );
  await writeFile(stamp, wanted);
}
