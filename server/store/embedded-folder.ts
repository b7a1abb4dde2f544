import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { freePort, isFree, makeCluster, randomPassword, type Cluster } from './cluster.js';
import { DatabaseFault } from './database-fault.js';
import { majorOf } from './postgres-binaries.js';

/** Logins of the private Postgres. */
export const LOGINS = ['postgres', 'celltrail_owner', 'celltrail_ingest', 'celltrail_reader'] as const;

/** One of {@link LOGINS}. */
export type Login = (typeof LOGINS)[number];

/** The folder of the private Postgres, as it lies in `AUDIT_DATA_DIR`. */
export interface EmbeddedFolder {
  cluster: Cluster;
  passwords: Record<Login, string>;
  /** the file that remembers the port */
  portFile: string;
  /** what `PGPASSFILE` is set to for the reader */
  passFile: string;
}

/** The database's name in it. */
export const EMBEDDED_DATABASE = 'celltrail';

/** What the folder of an upgrade under way is called beside it. */
export const UPGRADE_SUFFIX = '.upgrade';

const MOVE = 'Restore it from a backup, or move it away to begin a new record; nothing in it was touched.';

/**
 * Opens the folder, and makes it when there is none. It is made under another name and renamed when it is whole: one
 * that exists was whole, so one that lacks something is damaged, and never made anew over what may be left.
 * @param binaries folder of Postgres' programs
 * @throws DatabaseFault `folder-unwritable`, `folder-damaged`, `folder-version`, `upgrade-unfinished`
 */
export async function openFolder(dataDir: string, binaries: string): Promise<EmbeddedFolder> {
  await checkWritable(dataDir);
  const home = homeIn(dataDir);
  if (!existsSync(home)) {
    // What an upgrade was bringing here is still elsewhere: an empty record in its place would look like a loss.
    if (existsSync(home + UPGRADE_SUFFIX)) throw unfinished(home + UPGRADE_SUFFIX);
    await makeFolder(home, binaries);
  }
  const passwords = await readSecrets(home);
  const cluster = clusterIn(home, binaries);
  await checkVersion(cluster, dataDir);
  return { cluster, passwords, portFile: join(home, 'port'), passFile: join(dataDir, 'pgpass') };
}

/** Whether a private Postgres was ever made there. */
export function hasFolder(dataDir: string): boolean {
  return existsSync(homeIn(dataDir));
}

/** Where in a data folder the private Postgres is. */
export function homeIn(dataDir: string): string {
  return join(dataDir, 'postgres');
}

/** The port to start on: the remembered one while nobody else has it. */
export async function choosePort({ portFile }: EmbeddedFolder): Promise<number> {
  const remembered = existsSync(portFile) ? Number(await readFile(portFile, 'utf8')) : 0;
  return remembered > 0 && (await isFree(remembered)) ? remembered : freePort();
}

/** Remembers the port it runs on, and hands psql what it needs. */
export async function rememberPort({ portFile, passFile, passwords }: EmbeddedFolder, port: number): Promise<void> {
  await writeFile(portFile, String(port));
  const line = ['127.0.0.1', port, EMBEDDED_DATABASE, 'celltrail_reader', passwords.celltrail_reader].join(':');
  await rm(passFile, { force: true }); // a file that is there keeps its mode
  await writeFile(passFile, `${line}\n`, { mode: 0o600 });
}

/** The cluster of such a folder. @param home as {@link homeIn} says */
export function clusterIn(home: string, binaries: string): Cluster {
  return { binaries, folder: join(home, 'data'), logFile: join(home, 'log') };
}

/** Makes the data folder where it is missing. @throws DatabaseFault `folder-unwritable` */
export async function checkWritable(dataDir: string): Promise<void> {
  const probe = join(dataDir, `.writable-${randomUUID()}`);
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new DatabaseFault(
      'folder-unwritable',
      `The data folder ${dataDir} can't be written (${code}).`,
      'Make it writable for this user, or name another one in AUDIT_DATA_DIR.',
      error
    );
  }
}

async function makeFolder(home: string, binaries: string): Promise<void> {
  const draft = `${home}.${randomUUID()}`;
  try {
    await fillFolder(draft, binaries);
    await rename(draft, home);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another start was quicker: its folder is whole and serves as well.
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(code) || !existsSync(home)) throw error;
  }
}

/**
 * Makes a folder of that name with passwords and an empty cluster in it.
 * @param kept passwords that people may know already
 * @returns all of them
 */
export async function fillFolder(
  home: string,
  binaries: string,
  kept: Partial<Record<Login, string>> = {}
): Promise<Record<Login, string>> {
  const drawn = Object.fromEntries(LOGINS.map(login => [login, randomPassword()])) as Record<Login, string>;
  const passwords = { ...drawn, ...kept };
  await mkdir(home, { mode: 0o700 });
  await writeFile(join(home, 'secrets.json'), JSON.stringify(passwords), { mode: 0o600 });
  await makeCluster(clusterIn(home, binaries), passwords.postgres);
  return passwords;
}

/** The passwords that lie in such a folder. @throws DatabaseFault `folder-damaged`, `folder-unwritable` */
export async function readSecrets(home: string): Promise<Record<Login, string>> {
  const file = join(home, 'secrets.json');
  try {
    const secrets = JSON.parse(await readFile(file, 'utf8')) as Record<Login, string>;
    if (LOGINS.every(login => typeof secrets[login] === 'string')) return secrets;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') throw unreadable(home, error);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' && !(error instanceof SyntaxError)) throw error;
  }
  throw new DatabaseFault('folder-damaged', `The private database's folder ${home} is damaged: secrets.json.`, MOVE);
}

function unreadable(home: string, cause: unknown): DatabaseFault {
  return new DatabaseFault(
    'folder-unwritable',
    `The private database in ${home} belongs to another user.`,
    'Start as that user, or name another folder in AUDIT_DATA_DIR.',
    cause
  );
}

/** The major version of Postgres that made a cluster. @throws DatabaseFault `folder-damaged` */
export async function madeBy({ folder }: Cluster): Promise<string> {
  const file = join(folder, 'PG_VERSION');
  if (existsSync(file) && existsSync(join(folder, 'global', 'pg_control')))
    return (await readFile(file, 'utf8')).trim();
  throw new DatabaseFault(
    'folder-damaged',
    `The private database's folder ${dirname(folder)} is damaged: files are missing.`,
    MOVE
  );
}

async function checkVersion(cluster: Cluster, dataDir: string): Promise<void> {
  const made = await madeBy(cluster);
  const runs = await majorOf(cluster.binaries);
  if (runs === made) return;
  throw new DatabaseFault(
    'folder-version',
    `The private database in ${homeIn(dataDir)} was made by Postgres ${made}; this version brings ${runs ?? 'none'}.`,
    `Bring it over into a new folder, named in AUDIT_DATA_DIR: celltrail upgrade --from ${dataDir}`
  );
}

function unfinished(draft: string): DatabaseFault {
  return new DatabaseFault(
    'upgrade-unfinished',
    `An upgrade into this folder was cut short; the record is still in the folder it came from.`,
    `Run celltrail upgrade again, or remove ${draft} to begin a new record.`
  );
}
