import { setTimeout as sleep } from 'node:timers/promises';
import { type Log } from '../log.js';
import { DatabaseFault } from './database-fault.js';
import { embeddedConnection, findEmbedded, startEmbedded } from './embedded.js';
import { EMBEDDED_DATABASE, hasFolder, type EmbeddedFolder } from './embedded-folder.js';
import { checkExternal, checkRole, placeOf } from './external.js';
import { migrateToLatest } from './migrate.js';
import { isUnreachable } from './unreachable.js';

/** The part of the configuration that says which database it is. */
export interface DatabaseChoice {
  /** connection string; null for the private one */
  dbConnection: string | null;
  /** where the private one lives */
  dataDir: string;
}

/** A database that is there. */
export interface ProvidedDatabase {
  /** connection strings: who makes the schema, who serves, who reads. Open each with its role all the same */
  owner: string;
  ingest: string;
  reader: string;
  /** the psql line to type, without a secret */
  readerHint: string;
  embedded: boolean;
  /** Stops the private one; leaves any other alone. */
  stop(): Promise<void>;
}

/** How often the schema is looked at while the database goes away meanwhile, and the pause before each but the first, ms. */
const TRIES = 30;
const PAUSE_MS = 1_000;

/**
 * Sees to it that there is a database with the schema of this build: the given one, checked, or the private one,
 * started or taken over.
 * @throws DatabaseFault with what is wrong and what to do; then nothing is left running
 */
export async function provideDatabase(choice: DatabaseChoice, log: Log): Promise<ProvidedDatabase> {
  const provided = await provideUnmigrated(choice, log);
  try {
    await makeSchema(provided, log);
    return provided;
  } catch (error) {
    await provided.stop();
    throw error;
  }
}

/**
 * A database that was there a moment ago and restarts, or fails over, comes back; each step is one transaction, so it can
 * be made again.
 */
async function makeSchema({ owner, ingest }: ProvidedDatabase, log: Log): Promise<void> {
  for (let tries = 1; ; tries += 1)
    try {
      await migrateToLatest(owner, log);
      return await checkRole(ingest, 'celltrail_ingest');
    } catch (error) {
      const reason = error instanceof DatabaseFault ? error.cause : error;
      if (!isUnreachable(reason)) throw error;
      const { message } = reason as Error;
      if (tries === TRIES)
        throw new DatabaseFault(
          'unreachable',
          `The database can not be reached for as long as the server needs to start (${message}).`,
          'See the log of the database.',
          error
        );
      log.warn({ error: message }, 'the database was not to be reached while its schema was looked at; trying again');
      await sleep(PAUSE_MS);
    }
}

/** The same, its schema left as it is. */
export async function provideUnmigrated(
  { dbConnection, dataDir }: DatabaseChoice,
  log: Log
): Promise<ProvidedDatabase> {
  if (dbConnection !== null) return external(dbConnection);
  const embedded = await startEmbedded(dataDir, log);
  return { ...fromEmbedded(embedded), stop: () => embedded.stop() };
}

/**
 * For a command that works beside a server, or without one: the private Postgres is used where it runs, and started
 * for the time being where it does not; the schema is left as it is.
 * @throws DatabaseFault as {@link provideDatabase}
 */
export async function visitDatabase(choice: DatabaseChoice, log: Log): Promise<ProvidedDatabase> {
  if (choice.dbConnection === null && hasFolder(choice.dataDir)) {
    const running = await findEmbedded(choice.dataDir);
    if (running) return { ...fromEmbedded(running), stop: () => Promise.resolve() };
  }
  return provideUnmigrated(choice, log);
}

async function external(connection: string): Promise<ProvidedDatabase> {
  await checkExternal(connection);
  const { host, port, user, database } = placeOf(connection);
  return {
    owner: connection,
    ingest: connection,
    reader: connection,
    readerHint: `PGOPTIONS='-c role=celltrail_reader' psql -h ${quoted(host)} -p ${port} -U ${quoted(user)} -d ${quoted(database)}`,
    embedded: false,
    stop: () => Promise.resolve()
  };
}

function fromEmbedded(embedded: { port: number; folder: EmbeddedFolder }): Omit<ProvidedDatabase, 'stop'> {
  const { port, folder } = embedded;
  return {
    owner: embeddedConnection(embedded, 'celltrail_owner'),
    ingest: embeddedConnection(embedded, 'celltrail_ingest'),
    reader: embeddedConnection(embedded, 'celltrail_reader'),
    readerHint: `PGPASSFILE=${quoted(folder.passFile)} psql -h 127.0.0.1 -p ${port} -U celltrail_reader -d ${EMBEDDED_DATABASE}`,
    embedded: true
  };
}

/** For a POSIX shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
