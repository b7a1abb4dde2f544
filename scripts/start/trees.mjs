import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long the system may take to clear away what was killed. */
const KILLED_MS = 2000;
const WINDOWS = process.platform === 'win32';

/**
 * Whether a process, or any of the group it leads, is there.
 * @param {number} pid
 * @returns {boolean}
 */
export function isAlive(pid) {
  return signal(pid, 0);
}

/**
 * Asks a process group to end, and kills what is left of it after a while.
 * @param {number} pid its leader
 * @param {number} graceMs
 */
export async function endTree(pid, graceMs) {
  if (WINDOWS) {
    // There are no signals there; /T takes the children too.
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { windowsHide: true });
    return;
  }
  const deadline = Date.now() + graceMs;
  signal(pid, 'SIGTERM');
  while (isAlive(pid) && Date.now() < deadline) await sleep(20);
  if (signal(pid, 'SIGKILL')) while (isAlive(pid) && Date.now() < deadline + KILLED_MS) await sleep(5);
}

function signal(pid, name) {
  try {
    return process.kill(WINDOWS ? pid : -pid, name);
  } catch (error) {
    // EPERM: it is there, but no longer ours to signal. ESRCH: it is gone.
    return error.code === 'EPERM';
  }
}
