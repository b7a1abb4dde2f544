import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** What is made for this clone alone and can be made again: environments, and what was built from what. */
export const WORKSHOP = join(ROOT, '.celltrail');

/** The tools that build the wheel. */
export const BUILD_VENV = join(WORKSHOP, 'build-venv');

/** JupyterLab as a user installs it, for `npm start`. */
export const LAB_VENV = join(WORKSHOP, 'lab-venv');

/** The same with the tests' tools, so that those stay out of what a person runs. */
export const TEST_VENV = join(WORKSHOP, 'test-venv');

/** JupyterLab with the recorders that the fidelity suite compares with, and without ours. */
export const RIVALS_VENV = join(WORKSHOP, 'rivals-venv');

/** Extensions from PyPI that people have beside ours: the tests that want them put them on Lab's paths. */
export const NEIGHBOURS = join(WORKSHOP, 'neighbours');

/** The extensions that let people share a notebook, likewise. */
export const COLLABORATION = join(WORKSHOP, 'collaboration');

/** Where the wheel lands. */
export const DIST = join(ROOT, 'dist');

/**
 * The folder of the database, the notebooks and the logs.
 * @param {Record<string, string | undefined>} env
 * @returns {string} an absolute path
 */
export function dataFolder(env) {
  return resolve(ROOT, env.AUDIT_DATA_DIR?.trim() || '.celltrail');
}
