import { constants, existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Log } from '../log.js';
import { bootstrap } from './bootstrap.js';
import { freePort, localConnection, startCluster, stopCluster, type Cluster } from './cluster.js';
import { copyRecord, type CopiedTable } from './copy-record.js';
import { DatabaseFault } from './database-fault.js';
import {
  checkWritable,
  clusterIn,
  EMBEDDED_DATABASE,
  fillFolder,
  homeIn,
  madeBy,
  readSecrets,
  UPGRADE_SUFFIX,
  type Login
} from './embedded-folder.js';
import { isAlive, postmasterOf } from './leftover.js';
import { migrateToLatest } from './migrate.js';
import { findBinariesOf } from './older-binaries.js';
import { findBinaries, majorOf } from './postgres-binaries.js';

/** What to bring over. */
export interface UpgradeOptions {
  /** the data folder that an older version made */
  from: string;
  /** the data folder to bring it into; holds no record yet */
  into: string;
  /** folder of the old major version's programs; null: looked for */
  binaries: string | null;
  /** ends it; the old folder is as it was, whenever that is */
  signal: AbortSignal;
}

/** What was brought over. */
export interface Upgraded {
  /** major versions of Postgres */
  from: string;
  to: string;
  tables: CopiedTable[];
}

type Passwords = Record<Login, string>;

/**
 * Brings the record of a private Postgres into a new folder, made by the major version of this build. The old folder is
 * only read: even starting a whole one would write into it, so its own major version runs on a copy of its files. The
 * new one gets its name when it holds all of it, compared: whatever ends this earlier leaves an old folder as it was.
 * @throws DatabaseFault `folder-in-use`, `folder-damaged`, `folder-unwritable`, `upgrade-failed`
 */
export async function upgradeRecord(options: UpgradeOptions, log: Log): Promise<Upgraded> {
  const { from, into, binaries, signal } = options;
  const home = homeIn(from);
  const passwords = await readOld(from, into);
  const major = await madeBy(clusterIn(home, ''));
  const old = clusterIn(home, await findBinariesOf(major, binaries));
  const draft = await beginDraft(into, old.binaries);
  const copy = clusterIn(join(draft, 'old'), old.binaries);
  const made = clusterIn(join(draft, 'new'), findBinaries());
  try {
    await copyFiles(old, copy);
    signal.throwIfAborted();
    const source = await startOn(copy, passwords, log);
    signal.throwIfAborted();
    const target = await startOn(made, await fillFolder(join(draft, 'new'), made.binaries, passwords), log);
    const tables = await copyRecord(source, target, signal, table => log.info(table, 'table brought over'));
    await stopCluster(made);
    await rename(join(draft, 'new'), homeIn(into));
    return { from: major, to: (await majorOf(made.binaries)) ?? '', tables };
  } finally {
    await removeDraft(draft, old.binaries);
  }
}

/** Only looks. */
async function readOld(from: string, into: string): Promise<Passwords> {
  const home = homeIn(from);
  if (resolve(from) === resolve(into))
    throw refusal(`${from} can't be brought over into itself`, 'Name a new folder in AUDIT_DATA_DIR.');
  if (!existsSync(home)) throw refusal(`There is no private database in ${from}`, 'Name the AUDIT_DATA_DIR of the old version: --from FOLDER'); // prettier-ignore
  if (existsSync(homeIn(into))) throw refusal(`${into} holds a record already`, 'Name a new folder in AUDIT_DATA_DIR.');
  const pid = await postmasterOf(clusterIn(home, ''));
  if (pid !== null)
    throw new DatabaseFault(
      'folder-in-use',
      `The database in ${home} still runs, as process ${pid}.`,
      'Stop the Celltrail that serves it; where none does any more, stop that process with SIGINT.'
    );
  return readSecrets(home);
}

/** A folder of an upgrade: its draft of the new one, the copy of the old one, and whose it is. */
async function beginDraft(into: string, oldBinaries: string): Promise<string> {
  await checkWritable(into);
  const draft = homeIn(into) + UPGRADE_SUFFIX;
  const owner = Number(await readFile(join(draft, 'pid'), 'utf8').catch(() => '0'));
  if (owner > 0 && isAlive(owner))
    throw new DatabaseFault(
      'folder-in-use',
      `Process ${owner} is bringing a record into ${into}.`,
      `Wait for it; where it is no upgrade, remove ${draft}.`
    );
  await removeDraft(draft, oldBinaries);
  await mkdir(draft, { mode: 0o700 });
  await writeFile(join(draft, 'pid'), String(process.pid));
  return draft;
}

async function removeDraft(draft: string, oldBinaries: string): Promise<void> {
  for (const [name, binaries] of [
    ['old', oldBinaries],
    ['new', findBinaries()]
  ] as const) {
    const cluster = clusterIn(join(draft, name), binaries);
    if (await postmasterOf(cluster)) await stopCluster(cluster, 'immediate');
  }
  await rm(draft, { recursive: true, force: true });
}

async function copyFiles(old: Cluster, copy: Cluster): Promise<void> {
  try {
    // Where the file system can, the copy shares its blocks and costs nothing.
    await cp(old.folder, copy.folder, { recursive: true, mode: constants.COPYFILE_FICLONE });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    throw new DatabaseFault('upgrade-failed', 'There is no room for a copy of the old database.', 'Free as much as it takes, three times; or name a folder on another disk in AUDIT_DATA_DIR.', error); // prettier-ignore
  }
  // One that a machine's crash left behind; nobody runs on the copy.
  await rm(join(copy.folder, 'postmaster.pid'), { force: true });
}

/** Runs a cluster with today's logins and schema. @returns the superuser's connection to the record's database */
async function startOn(cluster: Cluster, passwords: Passwords, log: Log): Promise<string> {
  const port = await freePort();
  await startCluster(cluster, port);
  const as = (login: Login, database: string): string => localConnection(login, passwords[login], port, database);
  await bootstrap(as('postgres', 'postgres'), passwords);
  await migrateToLatest(as('celltrail_owner', EMBEDDED_DATABASE), log);
  return as('postgres', EMBEDDED_DATABASE);
}

function refusal(what: string, fix: string): DatabaseFault {
  return new DatabaseFault('upgrade-failed', `${what}.`, fix);
}
