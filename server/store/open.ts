import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { type Log } from '../log.js';
import { toInstant } from './instants.js';
import { type Database } from './schema.js';
import { breakSilence } from './silence.js';

/** The group roles that a connection can act as; null acts as the login itself, which is the owner where it migrates. */
export type StoreRole = 'celltrail_ingest' | 'celltrail_reader' | 'celltrail_retention';

/** The open store. */
export interface Store {
  readonly db: Kysely<Database>;
  /** Ends every connection, after the queries in flight. */
  close(): Promise<void>;
}

/** How to open the store. */
export interface StoreOptions {
  /** every connection acts as that role from its first query on; null: as the login itself */
  role: StoreRole | null;
  log: Log;
  /** connections at most */
  connections?: number;
  /** a statement that takes longer is ended by the database, in ms */
  statementTimeoutMs?: number;
  /** a connection that is not there by then has failed, in ms */
  connectTimeoutMs?: number;
}

/** How much longer than its statements a database may be silent, ms. */
const SILENCE_MS = 4_000;

const INT8 = 20;
const TIMESTAMPTZ = 1184;

/** How values come back: 64-bit integers as numbers (ours are safe integers), instants with their microseconds. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: unknown) {
    if (oid === INT8 && format !== 'binary') return Number;
    if (oid === TIMESTAMPTZ && format !== 'binary') return toInstant;
    return pg.types.getTypeParser(oid, format as 'text') as (text: string) => unknown;
  }
};

/**
 * The settings of one connection for `pg`, without a role.
 * @param connection connection string
 */
export function clientConfig(connection: string, connectTimeoutMs = 5_000): pg.ClientConfig {
  return {
    connectionString: connection,
    application_name: 'celltrail',
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    types
  };
}

/**
 * Opens a pool on a database. Connects at the first query, not now.
 * @param connection connection string
 */
export function openStore(connection: string, options: StoreOptions): Promise<Store> {
  const { role, log, connections = 10, statementTimeoutMs = 20_000, connectTimeoutMs } = options;
  const pool = new pg.Pool({
    ...clientConfig(connection, connectTimeoutMs),
    max: connections,
    // A connection that can't become its role never serves: the owner's rights must not leak into the server.
    // eslint-disable-next-line @typescript-eslint/no-misused-promises -- pg-pool awaits it; its types do not say so
    onConnect: client => settle(client, role, statementTimeoutMs)
  });
  const report = (error: Error): void => log.warn({ error: error.message }, 'database connection lost');
  pool.on('error', report);
  // The pool listens to idle connections only; one that breaks between two queries of a transaction would end us.
  pool.on('connect', client => client.on('error', report));
  breakSilence(pool, statementTimeoutMs + SILENCE_MS);
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  return Promise.resolve({ db, close: () => db.destroy() });
}

async function settle(client: pg.ClientBase, role: StoreRole | null, statementTimeoutMs: number): Promise<void> {
  const settings: [string, string][] = [
    ['datestyle', 'ISO, YMD'],
    ['search_path', 'public'],
    ['statement_timeout', String(statementTimeoutMs)],
    ['idle_in_transaction_session_timeout', String(2 * statementTimeoutMs)]
  ];
  if (role) settings.push(['role', role]);
  const calls = settings.map((_, i) => `set_config($${2 * i + 1}, $${2 * i + 2}, false)`);
  await client.query(`SELECT ${calls.join(', ')}`, settings.flat());
}
