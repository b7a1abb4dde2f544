import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from './failure.mjs';

/**
 * Makes a folder, and sees whether files can be written there.
 * @param {string} folder
 * @param {string} fix what to do when not
 * @throws {Failure}
 */
export async function ensureWritable(folder, fix) {
  const probe = join(folder, `.writable-${process.pid}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    throw new Failure(`Celltrail can't write to ${folder} (${error.code ?? error.message}).`, fix);
  }
}
