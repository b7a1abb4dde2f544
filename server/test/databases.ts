import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { createLog } from '../log.js';
import { localConnection } from '../store/cluster.js';
import { openStore, type Store, type StoreRole } from '../store/open.js';
import { CLUSTERS_VARIABLE, TEMPLATE, type TestCluster, type TestClusters } from './clusters.js';

/** A database of its own for one test file. */
export interface FreshDatabase {
  name: string;
  port: number;
  /** the password of every login of the cluster */
  password: string;
  /** connection strings */
  superuser: string;
  owner: string;
  ingest: string;
  reader: string;
  /** A store on it, closed with the database. @param role celltrail_ingest by default */
  store(role?: StoreRole | null): Promise<Store>;
  /** Runs SQL as the superuser. @returns its rows */
  query<Row extends pg.QueryResultRow = Record<string, unknown>>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Closes its stores and removes it. */
  drop(): Promise<void>;
}

/** An engine that tests run on. */
export interface TestEngine {
  name: string;
  cluster: TestCluster;
  /** @param options empty: without the schema; ctype: an LC_CTYPE of its own, which is without the schema too */
  fresh(options?: { empty?: boolean; ctype?: string }): Promise<FreshDatabase>;
}

/**
 * Every engine of this run: the embedded 18 and Debian's 15. One test body for all:
 * @example for (const database of databases) describe(database.name, () => {
 *   let fresh: FreshDatabase;
 *   beforeAll(async () => { fresh = await database.fresh(); });
 *   afterAll(() => fresh.drop());
 * });
 */
export const databases: readonly TestEngine[] = told().running.map(cluster => ({
  name: cluster.name,
  cluster,
  fresh: options => makeFresh(cluster, options)
}));

function told(): TestClusters {
  const text = process.env[CLUSTERS_VARIABLE];
  if (!text) throw new Error('no databases: run through jest --selectProjects server');
  return JSON.parse(text) as TestClusters;
}

async function makeFresh(
  { port, password }: TestCluster,
  { empty = false, ctype }: { empty?: boolean; ctype?: string } = {}
): Promise<FreshDatabase> {
  const name = `t_${randomBytes(6).toString('hex')}`;
  const admin = localConnection('postgres', password, port, 'postgres');
  const like = ctype ? `TEMPLATE template0 LC_CTYPE '${ctype}'` : empty ? '' : `TEMPLATE ${TEMPLATE}`;
  await once(admin, `CREATE DATABASE ${name} OWNER celltrail_owner ${like}`);
  const as = (user: string): string => localConnection(user, password, port, name);
  const stores: Store[] = [];
  const client = new pg.Client(as('postgres'));
  await client.connect();
  return {
    name,
    port,
    password,
    superuser: as('postgres'),
    owner: as('celltrail_owner'),
    ingest: as('celltrail_ingest'),
    reader: as('celltrail_reader'),
    async store(role = 'celltrail_ingest') {
      const store = await openStore(as(role ?? 'celltrail_owner'), { role, log: createLog('silent') });
      stores.push(store);
      return store;
    },
    query: async <Row extends pg.QueryResultRow>(sql: string, values?: unknown[]) =>
      (await client.query<Row>(sql, values)).rows,
    async drop() {
      await Promise.all(stores.map(store => store.close()));
      await client.end();
      await once(admin, `DROP DATABASE ${name} WITH (FORCE)`);
    }
  };
}

async function once(connection: string, sql: string): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
