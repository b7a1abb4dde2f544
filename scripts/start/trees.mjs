import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long the system may take to clear away what was killed. */
const KILLED_MS = 2000;
const WINDOWS = process.platform === 'win32';

/**
 * Whether any process of a group is there.
 * @param {number} pid its leader's
 * @returns {boolean}
 */
export function isAlive(pid) {
  return signal(WINDOWS ? pid : -pid, 0);
}

/**
 * Asks a program to end, and kills what is left of its process group when it has, or when it took too long. Only the
 * leader is asked: it knows in which order its own programs have to end.
 * @param {number} pid the leader
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
  while (signal(pid, 0) && Date.now() < deadline) await sleep(20);
  signal(-pid, 'SIGKILL');
  const cleared = Date.now() + KILLED_MS;
  while (isAlive(pid) && Date.now() < cleared) await sleep(5);
}

function signal(id, name) {
  try {
    return process.kill(id, name);
  } catch (error) {
    // EPERM: it is there, but no longer ours to signal. ESRCH: it is gone.
    return error.code === 'EPERM';
  }
}
