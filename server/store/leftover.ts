import { existsSync } from 'node:fs';
import { readFile, realpath, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { localConnection, pidFile, stopCluster, type Cluster } from './cluster.js';
import { DatabaseFault } from './database-fault.js';

/** How long a postmaster that starts, recovers or stops has to answer, in ms. */
const PATIENCE_MS = 30_000;

/**
 * Looks for a postmaster of the folder that still runs: the one of a server that was killed, or of one that serves now.
 * One that does not answer is stopped; a file that only claims one is removed.
 * @returns its port, or null when none runs
 * @throws DatabaseFault `folder-damaged` when it answers and is not ours
 */
export async function findRunning(cluster: Cluster, superuserPassword: string): Promise<number | null> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const claimed = await readPidFile(cluster);
    if (!claimed) return null;
    // Asked each time: one that is being killed may have been there a moment ago.
    if (!(await isPostmaster(claimed.pid, cluster))) {
      // After a crash of the machine the number may be another program's, and Postgres would believe it.
      await rm(pidFile(cluster), { force: true });
      return null;
    }
    const answer = claimed.port ? await ask(claimed.port, superuserPassword, cluster) : 'later';
    if (answer === 'ours') return claimed.port;
    if (answer === 'refused') throw notOurs(cluster);
    if (Date.now() > until) {
      await stopCluster(cluster, 'immediate');
      return null;
    }
    await sleep(100);
  }
}

/** The process of the postmaster that runs on a folder, or null. Looks only. */
export async function postmasterOf(cluster: Cluster): Promise<number | null> {
  const claimed = await readPidFile(cluster);
  return claimed && (await isPostmaster(claimed.pid, cluster)) ? claimed.pid : null;
}

/** The postmaster writes its process, its folder and its port, a line each. */
async function readPidFile(cluster: Cluster): Promise<{ pid: number; port: number } | null> {
  try {
    const lines = (await readFile(pidFile(cluster), 'utf8')).split('\n');
    const pid = Number(lines[0]);
    return pid > 0 ? { pid, port: Number(lines[3] ?? 0) } : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Whether that process is a postmaster of this folder. Without /proc, whether it lives at all. */
async function isPostmaster(pid: number, { folder }: Cluster): Promise<boolean> {
  if (!existsSync('/proc/self/cmdline')) return isAlive(pid);
  try {
    const args = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0');
    const at = args.indexOf('-D');
    return at >= 0 && (await realpath(args[at + 1] ?? '')) === (await realpath(folder));
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

/** Whether a process of that number lives. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function ask(port: number, password: string, { folder }: Cluster): Promise<'ours' | 'refused' | 'later'> {
  const client = new pg.Client({ connectionString: localConnection('postgres', password, port, 'postgres'), connectionTimeoutMillis: 2_000 }); // prettier-ignore
  client.on('error', () => undefined); // the query says it, too
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    return (await realpath(rows[0]!.data_directory)) === (await realpath(folder)) ? 'ours' : 'refused';
  } catch (error) {
    return (error as { code?: string }).code === '28P01' ? 'refused' : 'later';
  } finally {
    await client.end();
  }
}

function notOurs({ folder }: Cluster): DatabaseFault {
  return new DatabaseFault(
    'folder-damaged',
    `A Postgres runs on ${folder}, but does not take the password that lies beside it.`,
    'Stop it, restore secrets.json from a backup, or name another folder in AUDIT_DATA_DIR.'
  );
}
