import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort, isFree, makeCluster, randomPassword, type Cluster } from './cluster.js';
import { DatabaseFault } from './database-fault.js';
import { runPostgresCommand } from './postgres-command.js';

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

const MOVE = 'Restore it from a backup, or move it away to begin a new record; nothing in it was touched.';

/**
 * Opens the folder, and makes it when there is none. It is made under another name and renamed when it is whole: one
 * that exists was whole, so one that lacks something is damaged, and never made anew over what may be left.
 * @param binaries folder of Postgres' programs
 * @throws DatabaseFault `folder-unwritable`, `folder-damaged`, `folder-version`
 */
export async function openFolder(dataDir: string, binaries: string): Promise<EmbeddedFolder> {
  await checkWritable(dataDir);
  const home = join(dataDir, 'postgres');
  if (!existsSync(home)) await makeFolder(home, binaries);
  const passwords = await readSecrets(home);
  const cluster = clusterIn(home, binaries);
  await checkVersion(cluster, home);
  return { cluster, passwords, portFile: join(home, 'port'), passFile: join(dataDir, 'pgpass') };
}

/** Whether a private Postgres was ever made there. */
export function hasFolder(dataDir: string): boolean {
  return existsSync(join(dataDir, 'postgres'));
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

function clusterIn(home: string, binaries: string): Cluster {
  return { binaries, folder: join(home, 'data'), logFile: join(home, 'log') };
}

async function checkWritable(dataDir: string): Promise<void> {
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
  const passwords = Object.fromEntries(LOGINS.map(login => [login, randomPassword()]));
  try {
    await mkdir(draft, { mode: 0o700 });
    await writeFile(join(draft, 'secrets.json'), JSON.stringify(passwords), { mode: 0o600 });
    await makeCluster(clusterIn(draft, binaries), passwords.postgres!);
    await rename(draft, home);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another start was quicker: its folder is whole and serves as well.
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(code) || !existsSync(home)) throw error;
  }
}

async function readSecrets(home: string): Promise<Record<Login, string>> {
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

async function checkVersion({ binaries, folder }: Cluster, home: string): Promise<void> {
  const file = join(folder, 'PG_VERSION');
  if (!existsSync(file) || !existsSync(join(folder, 'global', 'pg_control')))
    throw new DatabaseFault(
      'folder-damaged',
      `The private database's folder ${home} is damaged: files are missing.`,
      MOVE
    );
  const made = (await readFile(file, 'utf8')).trim();
  const { output } = await runPostgresCommand(binaries, 'postgres', ['--version']);
  const runs = /\b(\d+)\.\d+/.exec(output)?.[1];
  if (runs === made) return;
  throw new DatabaseFault(
    'folder-version',
    `The private database in ${home} was made by Postgres ${made}; this version brings ${runs ?? 'none'}.`,
    `Start the Celltrail that made it, or name another folder in AUDIT_DATA_DIR.`
  );
}
