import { installPackages } from '../packages.mjs';
import { step } from '../progress.mjs';
import { unlessUpToDate } from '../up-to-date.mjs';
import { EXTENSION, PORTAL, TYPESCRIPT, WHEEL, builtWheel, ensureBuilders } from './parts.mjs';

const build = part => step(part.title, () => unlessUpToDate(part, part.make));

/** Installs what npm has to bring. */
export const install = () => step('installing packages (npm)', installPackages);

/** What runs in Node: the server with its portal. The packages must be there. */
export async function buildServer() {
  await build(TYPESCRIPT);
  await build(PORTAL);
}

/**
 * What runs in JupyterLab. TypeScript must be compiled.
 * @param {import('../python.mjs').Python} python
 * @returns {Promise<string>} the wheel's path
 */
export async function buildWheel(python) {
  await step('making the build environment (pip)', () => ensureBuilders(python));
  await build(EXTENSION);
  await build(WHEEL);
  return builtWheel();
}
