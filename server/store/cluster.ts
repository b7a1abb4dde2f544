import { randomBytes, randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseFault } from './database-fault.js';
import { runPostgresCommand } from './postgres-command.js';

/** A Postgres cluster of our own: where its programs are and where its files are. */
export interface Cluster {
  /** folder with `initdb`, `pg_ctl`, `postgres` */
  binaries: string;
  /** its data folder */
  folder: string;
  /** the file its log goes to */
  logFile: string;
}

/** A password that needs no escaping anywhere. 192 bits */
export function randomPassword(): string {
  return randomBytes(24).toString('base64url');
}

/** Below those that systems hand out by themselves, on Linux from 32,768 on: nobody gets one by chance meanwhile. */
const PORTS = { from: 15_000, below: 32_000 };

/** A port of 127.0.0.1 that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(PORTS.from, PORTS.below);
    if (await isFree(port)) return port;
  }
}

/** Whether nobody listens on a port of 127.0.0.1. */
export function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/**
 * Makes a cluster whose superuser `postgres` has that password; scram for everyone. The folder must not exist.
 * @throws DatabaseFault `start-failed`
 */
export async function makeCluster({ binaries, folder }: Cluster, password: string): Promise<void> {
  const passwordFile = `${folder}.password`;
  await writeFile(passwordFile, password, { mode: 0o600 });
  const args = ['-D', folder, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8'];
  try {
    const { code, output } = await runPostgresCommand(binaries, 'initdb', [
      ...args,
      '--locale=C.UTF-8',
      '--no-instructions'
    ]);
    if (code !== 0)
      throw new DatabaseFault(
        'start-failed',
        `The private Postgres can't be set up (initdb said: ${lastLines(output)}).`,
        'Free disk space or choose another AUDIT_DATA_DIR, or set AUDIT_DB_CONNECTION.'
      );
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/**
 * Starts a cluster on loopback and waits until it answers.
 * @param settings more `name=value` for the postmaster
 * @throws DatabaseFault `start-failed` with the end of what it wrote
 */
export async function startCluster(cluster: Cluster, port: number, settings: readonly string[] = []): Promise<void> {
  const options = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', ...settings];
  const args = ['-D', cluster.folder, '-l', cluster.logFile, '-w', '-t', '60', '-o', options.map(o => `-c ${o}`).join(' '), 'start']; // prettier-ignore
  const { code, output } = await runPostgresCommand(cluster.binaries, 'pg_ctl', args);
  if (code !== 0)
    throw new DatabaseFault(
      'start-failed',
      `The private Postgres does not start (${lastLines(output)}).`,
      `Its log ${cluster.logFile} tells why.`
    );
}

/**
 * Stops a cluster: running statements end, nothing committed is lost. One that is busy crashing does not hear `fast`, so
 * after a while it is told `immediate`, which leaves recovery to the next start.
 * @returns whether it ran
 */
export async function stopCluster(cluster: Cluster, mode: 'fast' | 'immediate' = 'fast'): Promise<boolean> {
  const args = ['-D', cluster.folder, '-m', mode, '-w', '-t', '30', 'stop'];
  const { code } = await runPostgresCommand(cluster.binaries, 'pg_ctl', args);
  if (code === 0) return true;
  return mode === 'fast' && existsSync(pidFile(cluster)) ? stopCluster(cluster, 'immediate') : false;
}

/** The connection string of a cluster on this machine. */
export function localConnection(user: string, password: string, port: number, database: string): string {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;
}

/** Where a cluster's process id and port stand while it runs. */
export function pidFile({ folder }: Cluster): string {
  return join(folder, 'postmaster.pid');
}

function lastLines(output: string): string {
  return output.trim().split('\n').slice(-3).join(' ');
}
