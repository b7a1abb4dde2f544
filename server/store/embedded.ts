import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Log } from '../log.js';
import { bootstrap } from './bootstrap.js';
import { localConnection, startCluster, stopCluster } from './cluster.js';
import { DatabaseFault } from './database-fault.js';
import { choosePort, EMBEDDED_DATABASE, openFolder, rememberPort, type EmbeddedFolder } from './embedded-folder.js';
import { findRunning } from './leftover.js';
import { findBinaries } from './postgres-binaries.js';
import { becomeSoleServer, type SoleServer } from './sole-server.js';

/** The private Postgres while this process is the server of it. */
export interface Embedded {
  port: number;
  folder: EmbeddedFolder;
  /** whether a postmaster that ran already was taken over */
  adopted: boolean;
  /** Ends what is running in it, flushes and stops it. */
  stop(): Promise<void>;
}

const RESTART_MS = 1_000;

/**
 * Starts the private Postgres of a data folder, or takes over the one that a killed server left running; from then on
 * it is started again whenever it ends by itself.
 * @throws DatabaseFault of every kind that a folder, a platform or another server can be the reason of
 */
export async function startEmbedded(dataDir: string, log: Log): Promise<Embedded> {
  const folder = await openFolder(dataDir, findBinaries());
  const { port, adopted } = await run(folder, log);
  const superuser = localConnection('postgres', folder.passwords.postgres, port, 'postgres');
  let sole: SoleServer | null = null;
  let stopping = false;
  let recovering: Promise<void> | null = null;
  const onLost = (): void => {
    sole = null;
    recovering ??= recover().finally(() => (recovering = null));
  };
  const recover = async (): Promise<void> => {
    while (!stopping && !sole) {
      log.error('the private Postgres is gone; starting it again');
      try {
        await run(folder, log, port);
        sole = await becomeSoleServer(superuser, dataDir, onLost);
      } catch (error) {
        log.error({ error: (error as Error).message }, 'the private Postgres does not start');
        await sleep(RESTART_MS);
      }
    }
  };
  try {
    // Of two servers that start at once both find it running; this tells them apart, and only the first may stop it.
    sole = await becomeSoleServer(superuser, dataDir, onLost);
  } catch (error) {
    if (error instanceof DatabaseFault) throw error;
    if (!adopted) await stopCluster(folder.cluster, 'immediate');
    throw await explain(error, folder);
  }
  const stop = async (): Promise<void> => {
    stopping = true;
    await recovering;
    await sole?.release();
    await stopCluster(folder.cluster);
  };
  try {
    await rememberPort(folder, port);
    await bootstrap(superuser, folder.passwords);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, folder, adopted, stop };
}

/** The private Postgres of a folder where it runs already, for whoever only visits it. @returns null when none runs */
export async function findEmbedded(dataDir: string): Promise<{ port: number; folder: EmbeddedFolder } | null> {
  const folder = await openFolder(dataDir, findBinaries());
  const port = await findRunning(folder.cluster, folder.passwords.postgres);
  return port ? { port, folder } : null;
}

/** Connection string of one of its logins to the record's database. */
export function embeddedConnection(
  { port, folder }: { port: number; folder: EmbeddedFolder },
  login: 'celltrail_owner' | 'celltrail_ingest' | 'celltrail_reader'
): string {
  return localConnection(login, folder.passwords[login], port, EMBEDDED_DATABASE);
}

/** Sees to it that a postmaster of the folder runs. @param wanted the port it must have, when others rely on it */
async function run(folder: EmbeddedFolder, log: Log, wanted?: number): Promise<{ port: number; adopted: boolean }> {
  const running = await findRunning(folder.cluster, folder.passwords.postgres);
  if (running) {
    log.info({ port: running }, 'private Postgres found running');
    return { port: running, adopted: true };
  }
  const port = wanted ?? (await choosePort(folder));
  try {
    await startCluster(folder.cluster, port);
    log.info({ port }, 'private Postgres started');
    return { port, adopted: false };
  } catch (error) {
    // Another server of the same folder may have been quicker.
    const other = await findRunning(folder.cluster, folder.passwords.postgres);
    if (other) return { port: other, adopted: true };
    throw await explain(error, folder);
  }
}

/** Damage is told from other reasons by what Postgres wrote last. */
async function explain(error: unknown, { cluster }: EmbeddedFolder): Promise<unknown> {
  const log = await readFile(cluster.logFile, 'utf8').catch((cause: Error) => cause.message);
  // While it crashes and recovers it also tells whoever knocks that it does; that is no reason.
  const said = log
    .trimEnd()
    .split('\n')
    .slice(-30)
    .filter(line => /FATAL|PANIC/.test(line) && !/the database system is/.test(line))
    .pop();
  const words = said?.replace(/^.*?(FATAL|PANIC):\s*/, '');
  if (!words) return error;
  const damaged =
    /checkpoint|could not (open|read|access|locate|find)|invalid|corrupt|incorrect|not a valid|does not exist/i.test(
      words
    );
  return damaged
    ? new DatabaseFault(
        'folder-damaged',
        `The private database in ${cluster.folder} is damaged (Postgres said: ${words}).`,
        'Restore it from a backup, or move it away to begin a new record; nothing in it was removed.',
        error
      )
    : new DatabaseFault(
        'start-failed',
        `The private Postgres does not start (it said: ${words}).`,
        `Its log ${cluster.logFile} tells more.`,
        error
      );
}
