import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const GRACE_MS = 10_000;

/**
 * Ends the private Postgres of a server that was killed: it lives in a session of its own, so no signal to the server
 * reached it. One that the server stopped itself has left no file behind.
 * @param {string} data the data folder
 * @param {number} [graceMs] how long it may take
 */
export async function endLeftPostmaster(data, graceMs = GRACE_MS) {
  const folder = join(data, 'postgres', 'data');
  const pid = await postmasterOf(folder);
  if (!pid) return;
  // SIGINT is its fast shutdown: sessions end, what was committed is kept.
  process.kill(pid, 'SIGINT');
  const deadline = Date.now() + graceMs;
  while ((await postmasterOf(folder)) === pid && Date.now() < deadline) await sleep(20);
}

/** @returns its process, or 0 when none of that folder runs; the number in the file may be another program's by now */
async function postmasterOf(folder) {
  const pid = Number((await textOf(join(folder, 'postmaster.pid'))).split('\n')[0]);
  if (!pid) return 0;
  const commandLine = await textOf(`/proc/${pid}/cmdline`);
  if (process.platform === 'linux') return commandLine.includes(folder) ? pid : 0;
  try {
    process.kill(pid, 0);
    return pid;
  } catch {
    return 0; // gone, or not ours to signal
  }
}

function textOf(file) {
  return readFile(file, 'utf8').catch(error => {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return '';
    throw error;
  });
}
