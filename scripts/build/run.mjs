import { relative } from 'node:path';
import { describeFailure } from '../failure.mjs';
import { ensureWritable } from '../folders.mjs';
import { ROOT, WORKSHOP } from '../places.mjs';
import { findPython } from '../python.mjs';
import { buildServer, buildWheel, install } from './everything.mjs';

/**
 * `npm run build`.
 * @param {Record<string, string | undefined>} env
 */
export async function run(env) {
  try {
    await ensureWritable(WORKSHOP, 'Clone Celltrail into a folder of your own.');
    const python = await findPython(env);
    await install();
    await buildServer();
    const wheel = await buildWheel(python);
    console.log(`\n  ${relative(ROOT, wheel)}`);
  } catch (error) {
    console.error(`\n${describeFailure(error)}\n`);
    process.exitCode = 1;
  }
}
