import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of a second, in /proc. */
const TICKS = 100;

/**
 * Processor time of a cluster and of this process so far, in ms, where the machine has /proc; null where not. It is
 * what a question costs whatever else the machine does; the time to the answer is not.
 * @param {string} folder of the cluster
 */
export function cpuMs(folder) {
  if (!existsSync('/proc/self/stat')) return null;
  const postmaster = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0];
  let ticks = 0;
  for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    const stat = read(`/proc/${pid}/stat`);
    if (!stat) continue;
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // Those of children that ended are their parent's.
    if (pid === postmaster) ticks += sum(fields.slice(11, 15));
    else if (fields[1] === postmaster) ticks += sum(fields.slice(11, 13));
  }
  const { user, system } = process.cpuUsage();
  return (ticks / TICKS) * 1000 + (user + system) / 1000;
}

const sum = fields => fields.reduce((total, field) => total + Number(field), 0);

/** Processes end while they are looked at. */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return null;
    throw error;
  }
}
