import { sql, Kysely, Migrator, NO_MIGRATIONS, PostgresDialect, type Migration, type MigrationResultSet } from 'kysely';
import pg from 'pg';
import { type Log } from '../log.js';
import * as roles from '../../migrations/0001-roles.js';
import * as executions from '../../migrations/0002-executions.js';
import * as partitions from '../../migrations/0003-partitions.js';
import * as events from '../../migrations/0004-events.js';
import * as rollups from '../../migrations/0005-rollups.js';
import * as presence from '../../migrations/0006-presence.js';
import * as witnesses from '../../migrations/0007-witnesses.js';
import * as pageFaults from '../../migrations/0008-page-faults.js';
import * as pageSequences from '../../migrations/0009-page-sequences.js';
import * as pageBrowsers from '../../migrations/0010-page-browsers.js';
import * as access from '../../migrations/0020-access.js';
import * as anomalies from '../../migrations/0022-anomalies.js';
import * as search from '../../migrations/0023-search.js';
import * as reports from '../../migrations/0024-reports.js';
import * as analytics from '../../migrations/0025-analytics.js';
import * as firstUses from '../../migrations/0026-first-uses.js';
import * as searchPaths from '../../migrations/0027-search-paths.js';
import * as grownAlerts from '../../migrations/0028-grown-alerts.js';
import { DatabaseFault } from './database-fault.js';
import { clientConfig } from './open.js';

/** Every change of the schema, in order. A list and not a folder: what is compiled is what runs. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-roles': roles,
  '0002-executions': executions,
  '0003-partitions': partitions,
  '0004-events': events,
  '0005-rollups': rollups,
  '0006-presence': presence,
  '0007-witnesses': witnesses,
  '0008-page-faults': pageFaults,
  '0009-page-sequences': pageSequences,
  '0010-page-browsers': pageBrowsers,
  '0020-access': access,
  '0022-anomalies': anomalies,
  '0023-search': search,
  '0024-reports': reports,
  '0025-analytics': analytics,
  '0026-first-uses': firstUses,
  '0027-search-paths': searchPaths,
  '0028-grown-alerts': grownAlerts
};

const TABLE = 'celltrail_migrations';
/** Of the advisory lock, held from before the migrator looks for its own tables until after its last step. */
const LOCK = 'celltrail_migrations';
const LOCK_TIMEOUT_MS = 120_000;

/** What a run of the migrator did. */
export interface Migrated {
  /** names of the steps, in the order they were made */
  steps: string[];
}

/** How the schema of a database stands to this build. */
export interface SchemaState {
  current: boolean;
  applied: string[];
  /** steps this build has and the database has not */
  pending: string[];
  /** steps the database has and this build does not know: it is newer */
  unknown: string[];
}

/**
 * Brings the schema up to this build, in one transaction, under a lock that lets one process migrate at a time.
 * @param connection of the owner: it may create tables
 * @throws DatabaseFault `schema-newer`, `rights-missing`, `migration-failed`
 */
export async function migrateToLatest(connection: string, log: Log): Promise<Migrated> {
  return run(connection, log, (migrator, { current }) => (current ? {} : migrator.migrateToLatest()));
}

/** Takes the last step back; the data it holds is lost. @throws DatabaseFault as {@link migrateToLatest} */
export async function migrateDown(connection: string, log: Log): Promise<Migrated> {
  return run(connection, log, migrator => migrator.migrateDown());
}

/** Takes every step back. For tests. */
export async function migrateToNothing(connection: string, log: Log): Promise<Migrated> {
  return run(connection, log, migrator => migrator.migrateTo(NO_MIGRATIONS));
}

/** What the schema lacks. Needs no more than the ingest role may. */
export async function schemaState<T>(db: Kysely<T>): Promise<SchemaState> {
  const known = Object.keys(MIGRATIONS);
  const applied = await appliedSteps(db);
  const pending = known.filter(name => !applied.includes(name));
  const unknown = applied.filter(name => !known.includes(name));
  return { current: !pending.length && !unknown.length, applied, pending, unknown };
}

async function appliedSteps<T>(db: Kysely<T>): Promise<string[]> {
  const { rows: tables } = await sql<{ there: boolean }>`
    SELECT to_regclass(${`public.${TABLE}`}) IS NOT NULL AS there`.execute(db);
  if (!tables[0]?.there) return [];
  const { rows } = await sql<{ name: string }>`
    SELECT name FROM public.${sql.id(TABLE)} ORDER BY name`.execute(db);
  return rows.map(({ name }) => name);
}

async function run(
  connection: string,
  log: Log,
  go: (migrator: Migrator, state: SchemaState) => Promise<MigrationResultSet> | MigrationResultSet
): Promise<Migrated> {
  // eslint-disable-next-line @typescript-eslint/no-misused-promises -- pg-pool awaits it; its types do not say so
  const pool = new pg.Pool({ ...clientConfig(connection), max: 2, onConnect: prepare });
  pool.on('error', error => log.warn({ error: error.message }, 'database connection lost'));
  pool.on('connect', client => client.on('error', error => log.debug({ error: error.message }, 'connection lost')));
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    return await db.connection().execute(async held => {
      await sql`SELECT set_config('lock_timeout', ${String(LOCK_TIMEOUT_MS)}, false)`.execute(held);
      await sql`SELECT pg_advisory_lock(hashtext(${LOCK}))`.execute(held);
      const state = await schemaState(held).catch((error: unknown) => {
        throw unreadable(error);
      });
      if (state.unknown.length) throw newer(state.unknown);
      const migrator = new Migrator({
        db,
        provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) },
        migrationTableName: TABLE,
        migrationLockTableName: `${TABLE}_lock`
      });
      return report(await go(migrator, state), log);
    });
  } finally {
    // Ends the connection and with it the lock.
    await db.destroy();
  }
}

async function prepare(client: pg.ClientBase): Promise<void> {
  await client.query("SELECT set_config('search_path', 'public', false), set_config('statement_timeout', '0', false)");
}

function report({ error, results = [] }: MigrationResultSet, log: Log): Migrated {
  if (error) throw failed(error, results.find(({ status }) => status === 'Error')?.migrationName);
  const steps = results.map(({ migrationName }) => migrationName);
  for (const { migrationName, direction } of results)
    log.info({ step: migrationName, direction: direction.toLowerCase() }, 'schema changed');
  return { steps };
}

/** A login that is neither the owner nor a member of a role can't even see what the schema is. */
function unreadable(error: unknown): unknown {
  if ((error as { code?: string }).code !== '42501') return error;
  return new DatabaseFault(
    'rights-missing',
    `The database user may not read the schema (${(error as Error).message}).`,
    'Connect as its owner, or let the owner run: GRANT celltrail_ingest, celltrail_reader TO the user.',
    error
  );
}

function newer(unknown: readonly string[]): DatabaseFault {
  return new DatabaseFault(
    'schema-newer',
    `The database was made by a newer Celltrail (it has ${unknown.join(', ')}).`,
    'Start that version or a later one.'
  );
}

function failed(error: unknown, step: string | undefined): DatabaseFault {
  const { code, message, hint } = error as { code?: string; message?: string; hint?: string };
  const at = step ? ` at ${step}` : '';
  if (code === '42501')
    return new DatabaseFault(
      'rights-missing',
      `The schema can't be made${at}: ${message}.`,
      hint ?? 'Give the database user CREATE on the schema public, or let its owner run: celltrail migrate.',
      error
    );
  return new DatabaseFault('migration-failed', `The schema can't be changed${at}: ${message}.`, 'Nothing was changed; see the log of the database.', error); // prettier-ignore
}
