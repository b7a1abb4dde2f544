import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './places.mjs';
import { mustRun } from './programs.mjs';
import { UP_TO_DATE } from './progress.mjs';

/**
 * Installs the npm packages of the lockfile, unless they are there.
 * @returns {Promise<typeof UP_TO_DATE | void>}
 */
export async function installPackages() {
  const wanted = await lock(join(ROOT, 'package-lock.json'));
  const there = await lock(join(ROOT, 'node_modules', '.package-lock.json'));
  if (there && !missing(wanted, there).length) return UP_TO_DATE;
  await mustRun(
    'npm could not install the packages.',
    'Check that this machine reaches its npm registry (npm ping), then try again.',
    ['npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: ROOT }]
  );
}

/**
 * Packages that are not there, or in another version than wanted. Those of another platform don't count.
 * @param {Record<string, { version?: string, link?: boolean, optional?: boolean, devOptional?: boolean, peer?: boolean }>} wanted
 * @param {Record<string, { version?: string }>} there
 * @returns {string[]} their paths
 */
export function missing(wanted, there) {
  return Object.entries(wanted)
    .filter(([path, { link }]) => path.includes('node_modules/') && !link)
    .filter(([path, { version, optional, devOptional }]) => {
      const found = there[path];
      return found ? found.version !== version : !optional && !devOptional;
    })
    .map(([path]) => path);
}

async function lock(file) {
  return existsSync(file) ? JSON.parse(await readFile(file, 'utf8')).packages : null;
}
