import { existsSync, readFileSync } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../failure.mjs';

/**
 * Makes this process the only `npm start` of a folder.
 * @param {string} folder
 * @returns {Promise<{ leftOver: boolean, release: () => Promise<void> }>} leftOver: an earlier run was killed, so
 * that what it started may still be about to end
 * @throws {Failure} when another one runs
 */
export async function takeLock(folder) {
  const file = join(folder, 'start.lock');
  let leftOver = false;
  for (;;) {
    try {
      const handle = await open(file, 'wx');
      await handle.writeFile(String(process.pid));
      await handle.close();
      return { leftOver, release: () => rm(file, { force: true }) };
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const pid = Number(await readFile(file, 'utf8').catch(() => '0'));
    if (pid && isStart(pid)) {
      throw new Failure(
        `Celltrail runs from this folder already (process ${pid}).`,
        `Stop it with Ctrl-C in its terminal, or: kill ${pid}`
      );
    }
    leftOver = true;
    await rm(file, { force: true });
  }
}

/** Whether a process is there and is one of these; ids are given out again, so being there is not enough. */
function isStart(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code === 'ESRCH') return false;
  }
  const commandLine = `/proc/${pid}/cmdline`;
  return !existsSync(commandLine) || readFileSync(commandLine, 'utf8').includes('start.mjs');
}
