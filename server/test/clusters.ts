import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createLog } from '../log.js';
import {
  freePort,
  localConnection,
  makeCluster,
  randomPassword,
  startCluster,
  stopCluster,
  type Cluster
} from '../store/cluster.js';
import { migrateToLatest } from '../store/migrate.js';
import { findBinaries } from '../store/postgres-binaries.js';

/** A running cluster of one test run, as the workers are told of it. */
export interface TestCluster {
  /** e.g. `Postgres 18 (embedded)` */
  name: string;
  port: number;
  /** of the superuser `postgres` and of every other login here */
  password: string;
  cluster: Cluster;
}

/** What a test run found: clusters, and engines it could not start, with the reason. */
export interface TestClusters {
  folder: string;
  running: TestCluster[];
  skipped: { name: string; reason: string }[];
}

/** The variable that hands the clusters to the workers. */
export const CLUSTERS_VARIABLE = 'CELLTRAIL_TEST_CLUSTERS';

/** The migrated database that those of the test files are copies of. */
export const TEMPLATE = 'celltrail_template';

const DEBIAN_15 = '/usr/lib/postgresql/15/bin';
// Tests need no durability of the machine's, only of the process; and many files connect at once.
const SETTINGS = ['fsync=off', 'max_connections=200', 'autovacuum=off'];

/** Starts both engines in a temporary folder, each with a migrated template. */
export async function startClusters(): Promise<TestClusters> {
  const folder = await mkdtemp(join(tmpdir(), 'celltrail-test-'));
  const found: TestClusters = { folder, running: [], skipped: [] };
  const engines = [{ name: 'Postgres 18 (embedded)', binaries: findBinaries() }];
  const debian = 'Postgres 15 (Debian)';
  if (existsSync(join(DEBIAN_15, 'initdb'))) engines.push({ name: debian, binaries: DEBIAN_15 });
  else found.skipped.push({ name: debian, reason: `${DEBIAN_15} is missing: apt-get install postgresql-15` });
  await Promise.all(engines.map(async engine => found.running.push(await startOne(engine, folder))));
  return found;
}

/** Stops what {@link startClusters} started and removes its files. */
export async function stopClusters({ running, folder }: TestClusters): Promise<void> {
  await Promise.all(running.map(({ cluster }) => stopCluster(cluster)));
  await rm(folder, { recursive: true, force: true });
}

async function startOne(engine: { name: string; binaries: string }, parent: string): Promise<TestCluster> {
  const folder = join(parent, engine.name.replace(/\W+/g, '-'));
  const cluster = { binaries: engine.binaries, folder, logFile: `${folder}.log` };
  const password = randomPassword();
  await makeCluster(cluster, password);
  const port = await freePort();
  await startCluster(cluster, port, SETTINGS);
  await makeTemplate(port, password);
  return { name: engine.name, port, password, cluster };
}

/** The template belongs to an owner that is no superuser, so that tests see the rights an installation has. */
async function makeTemplate(port: number, password: string): Promise<void> {
  const client = new pg.Client(localConnection('postgres', password, port, 'postgres'));
  await client.connect();
  await client.query(`CREATE ROLE celltrail_owner LOGIN CREATEROLE PASSWORD '${password}'`);
  await client.query(`CREATE DATABASE ${TEMPLATE} OWNER celltrail_owner`);
  await migrateToLatest(localConnection('celltrail_owner', password, port, TEMPLATE), createLog('warn'));
  for (const role of ['celltrail_ingest', 'celltrail_reader', 'celltrail_retention'])
    await client.query(`ALTER ROLE ${role} LOGIN PASSWORD '${password}'`);
  await client.end();
}
