import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { Failure } from '../../scripts/failure.mjs';

const lib = path => import(new URL(`../../server/lib/server/${path}`, import.meta.url));
const { freePort, localConnection, makeCluster, startCluster, stopCluster } = await lib('store/cluster.js');
const { findBinaries } = await lib('store/postgres-binaries.js');
const { migrateToLatest } = await lib('store/migrate.js');

const DEBIAN_15 = '/usr/lib/postgresql/15/bin';
/** Of a cluster that is never reachable from another machine. */
const PASSWORD = 'bench';
/** While it is filled: whoever cuts the power begins again. */
const HASTY = [
  'fsync=off',
  'synchronous_commit=off',
  'max_wal_size=8GB',
  'maintenance_work_mem=1GB',
  'shared_buffers=1GB'
];

/**
 * A cluster for the benchmark with an empty record, or one that an earlier run left in the folder.
 * @param {string} parent @param {'15' | 'embedded'} postgres
 * @returns {Promise<{ connection: string, superuser: string, folder: string, found: boolean, settle(): Promise<void>, stop(): Promise<void> }>}
 *   settle: starts it anew with the settings that every installation begins with
 */
export async function openCluster(parent, postgres, log) {
  const binaries = postgres === '15' ? DEBIAN_15 : findBinaries();
  if (!existsSync(join(binaries, 'initdb')))
    throw new Failure(`${binaries} is missing.`, 'apt-get install postgresql-15');
  const folder = join(parent, `postgres-${postgres}`);
  const filled = `${folder}.filled`;
  const found = existsSync(filled);
  if (!found) rmSync(folder, { recursive: true, force: true });
  const cluster = { binaries, folder, logFile: `${folder}.log` };
  if (!found) await makeCluster(cluster, PASSWORD);
  const port = await freePort();
  await startCluster(cluster, port, found ? [] : HASTY);
  const as = (user, database) => localConnection(user, PASSWORD, port, database);
  if (!found) await makeDatabase(as('postgres', 'postgres'));
  await migrateToLatest(as('celltrail_owner', 'celltrail'), log);
  return {
    connection: as('celltrail_owner', 'celltrail'),
    superuser: as('postgres', 'celltrail'),
    folder,
    found,
    async settle() {
      await stopCluster(cluster);
      await startCluster(cluster, port);
      writeFileSync(filled, '');
    },
    stop: () => stopCluster(cluster)
  };
}

/** The owner is no superuser, as in an installation. */
async function makeDatabase(superuser) {
  const client = new pg.Client(superuser);
  await client.connect();
  await client.query(`CREATE ROLE celltrail_owner LOGIN CREATEROLE PASSWORD '${PASSWORD}'`);
  await client.query('CREATE DATABASE celltrail OWNER celltrail_owner');
  await client.end();
}
