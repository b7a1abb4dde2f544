import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createLog } from '../log.js';
import { freePort, localConnection, makeCluster, startCluster, stopCluster } from '../store/cluster.js';
import { provideDatabase } from '../store/provide.js';
import { databases } from './databases.js';

jest.setTimeout(60_000);

const log = createLog('silent');

// Roles belong to a whole cluster, so each engine gets one more that has none of ours yet.
for (const { name, cluster: known } of databases)
  describe(`a cluster of ${name} that nobody prepared`, () => {
    const parent = mkdtempSync(join(tmpdir(), 'celltrail-roles-'));
    const cluster = { ...known.cluster, folder: join(parent, 'data'), logFile: join(parent, 'log') };
    let port: number;
    let admin: pg.Client;
    beforeAll(async () => {
      await makeCluster(cluster, 'pw');
      port = await freePort();
      await startCluster(cluster, port, ['fsync=off']);
      admin = new pg.Client(localConnection('postgres', 'pw', port, 'postgres'));
      await admin.connect();
      await admin.query("CREATE ROLE app LOGIN PASSWORD 'pw'");
      await admin.query('CREATE DATABASE app OWNER app');
    });
    afterAll(async () => {
      await admin.end();
      await stopCluster(cluster);
      rmSync(parent, { recursive: true });
    });
    const provide = (user: string) =>
      provideDatabase({ dbConnection: localConnection(user, 'pw', port, 'app'), dataDir: '/nowhere' }, log);

    it('says what an administrator has to run, and works after exactly that was run', async () => {
      const fault = (await provide('app').then(() => null, (error: unknown) => error)) as { kind: string; fix: string }; // prettier-ignore
      expect(fault.kind).toBe('rights-missing');
      const commands = fault.fix.slice(fault.fix.indexOf('CREATE ROLE'));
      await admin.query(commands);
      await (await provide('app')).stop();
    });

    it('is prepared by a user that may make roles', async () => {
      await admin.query('DROP DATABASE app');
      await admin.query('DROP ROLE celltrail_ingest, celltrail_reader, celltrail_retention');
      await admin.query('CREATE DATABASE app OWNER app');
      await admin.query('ALTER ROLE app CREATEROLE');
      await (await provide('app')).stop();
    });

    it('is prepared by a superuser', async () => {
      await admin.query('DROP DATABASE app');
      await admin.query('DROP ROLE celltrail_ingest, celltrail_reader, celltrail_retention');
      await admin.query('CREATE DATABASE app');
      await (await provide('postgres')).stop();
    });
  });
