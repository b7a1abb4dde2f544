import { createServer } from 'node:net';
import pg from 'pg';
import { createLog } from '../log.js';
import { DatabaseFault } from '../store/database-fault.js';
import { migrateToLatest } from '../store/migrate.js';
import { provideDatabase } from '../store/provide.js';
import { databases, type FreshDatabase } from './databases.js';
import { untilWaiting } from './until-waiting.js';

jest.setTimeout(30_000);

const log = createLog('silent');
const provide = (dbConnection: string) => provideDatabase({ dbConnection, dataDir: '/nowhere' }, log);
const faultOf = async (connection: string): Promise<DatabaseFault> => {
  const error: unknown = await provide(connection).then(() => null, (reason: unknown) => reason); // prettier-ignore
  expect(error).toBeInstanceOf(DatabaseFault);
  const fault = error as DatabaseFault;
  expect(fault.fix).toBeTruthy();
  // `instanceof` says nothing of what it drags along.
  expect(`${fault.message} ${fault.fix}`).not.toContain(new URL(connection).password);
  return fault;
};

for (const database of databases)
  describe(`a given ${database.name}`, () => {
    let fresh: FreshDatabase;
    let login: string;
    const as = (user: string, over: Partial<{ password: string; database: string; port: number }> = {}): string =>
      `postgresql://${user}:${over.password ?? fresh.password}@127.0.0.1:${over.port ?? fresh.port}/${over.database ?? fresh.name}`;
    beforeAll(async () => {
      fresh = await database.fresh({ empty: true });
      login = `login_${fresh.name}`;
      await fresh.query(`CREATE ROLE ${login} LOGIN PASSWORD '${fresh.password}'`);
    });
    afterAll(async () => {
      await fresh.drop();
      const client = new pg.Client(as('postgres', { database: 'postgres' }));
      await client.connect();
      await client.query(`DROP ROLE ${login}`);
      await client.end();
    });

    it('is migrated and served by its owner, and psql becomes the reader', async () => {
      const provided = await provide(fresh.owner);
      expect(provided).toMatchObject({
        embedded: false,
        readerHint: `PGOPTIONS='-c role=celltrail_reader' psql -h 127.0.0.1 -p ${fresh.port} -U celltrail_owner -d ${fresh.name}`
      });
      await provided.stop();
      expect(await fresh.query('SELECT count(*)::int AS n FROM code_execution_logs')).toEqual([{ n: 0 }]);
    });

    it('may go away while the server makes its schema: that is made again', async () => {
      const empty = await database.fresh({ empty: true });
      // The migrator waits behind this one's lock.
      const holder = new pg.Client(empty.owner);
      await holder.connect();
      await holder.query("SELECT pg_advisory_lock(hashtext('celltrail_migrations'))");
      const providing = provide(empty.owner);
      await untilWaiting(empty);
      const [ended] = await empty.query(
        "SELECT pg_terminate_backend(pid) AS ended FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
      );
      expect(ended).toEqual({ ended: true });
      await holder.end();
      await (await providing).stop();
      expect(await empty.query('SELECT count(*)::int AS n FROM code_execution_logs')).toEqual([{ n: 0 }]);
      await empty.drop();
    });

    it('is served by a login that may ingest and nothing else, once the owner migrated', async () => {
      await migrateToLatest(fresh.owner, log);
      expect((await faultOf(as(login))).message).toContain('may not read the schema');
      await fresh.query(`GRANT celltrail_reader TO ${login}`);
      expect((await faultOf(as(login))).message).toContain('may not act as celltrail_ingest');
      await fresh.query(`GRANT celltrail_ingest TO ${login}`);
      await provide(as(login)).then(provided => provided.stop());
      await fresh.query(`REVOKE celltrail_ingest, celltrail_reader FROM ${login}`);
    });

    it.each<[string, () => string, string, string]>([
      ['a password that is wrong', () => as('celltrail_owner', { password: 'wr0ng-one' }), 'password-refused', 'refuses the password of celltrail_owner'], // prettier-ignore
      ['a user that is not there', () => as('nobody_here'), 'password-refused', 'nobody_here'],
      ['a database that is not there', () => as('celltrail_owner', { database: 'nothing' }), 'database-missing', 'no database nothing'], // prettier-ignore
      ['a port where nobody listens', () => as('celltrail_owner', { port: 1 }), 'unreachable', 'ECONNREFUSED']
    ])('says of %s what it is', async (_, connection, kind, words) => {
      const fault = await faultOf(connection());
      expect([fault.kind, fault.message]).toEqual([kind, expect.stringContaining(words)]);
    });

    it('says when the login may not make the schema', async () => {
      const empty = await database.fresh({ empty: true });
      const fault = await faultOf(as(login, { database: empty.name }));
      expect([fault.kind, fault.message]).toEqual(['rights-missing', expect.stringContaining('permission denied')]);
      await empty.drop();
    });

    it('says when the database can not hold every letter', async () => {
      await fresh.query(`CREATE DATABASE latin_${fresh.name} OWNER celltrail_owner ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`); // prettier-ignore
      const fault = await faultOf(as('celltrail_owner', { database: `latin_${fresh.name}` }));
      expect(fault.kind).toBe('encoding-wrong');
      await fresh.query(`DROP DATABASE latin_${fresh.name}`);
    });
  });

describe('a given address', () => {
  it('that takes the connection and says nothing is unreachable in seconds', async () => {
    const silent = createServer(socket => socket.on('error', () => undefined).resume());
    const port = await new Promise<number>(resolve => silent.listen(0, '127.0.0.1', () => resolve((silent.address() as { port: number }).port))); // prettier-ignore
    const fault = await faultOf(`postgresql://u:pass-word@127.0.0.1:${port}/x`);
    expect(fault.kind).toBe('unreachable');
    await new Promise(resolve => silent.close(resolve));
  });

  it('of a name that does not resolve is unreachable', async () => {
    expect((await faultOf('postgresql://u:pass-word@nowhere.invalid/x')).kind).toBe('unreachable');
  });
});
