import { createLog } from '../log.js';
import { migrateDown, migrateToLatest, migrateToNothing, MIGRATIONS, schemaState } from '../store/migrate.js';
import { databases, type FreshDatabase } from './databases.js';

const log = createLog('silent');
const steps = Object.keys(MIGRATIONS);
const last = steps.at(-1)!;

for (const database of databases)
  describe(`migrations on ${database.name}`, () => {
    let fresh: FreshDatabase;
    beforeEach(async () => {
      fresh = await database.fresh({ empty: true });
    });
    afterEach(() => fresh.drop());

    it('make the schema, take it back and make it again', async () => {
      expect((await migrateToLatest(fresh.owner, log)).steps).toEqual(steps);
      expect((await migrateToLatest(fresh.owner, log)).steps).toEqual([]);
      expect((await migrateToNothing(fresh.owner, log)).steps).toEqual([...steps].reverse());
      const left = await fresh.query("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1"); // prettier-ignore
      expect(left).toEqual([{ relname: 'celltrail_migrations' }, { relname: 'celltrail_migrations_lock' }]);
      expect((await migrateToLatest(fresh.owner, log)).steps).toEqual(steps);
    });

    it('are made once by four that start at the same moment', async () => {
      const made = await Promise.all([1, 2, 3, 4].map(() => migrateToLatest(fresh.owner, log)));
      expect(made.map(done => done.steps.length).sort((a, b) => a - b)).toEqual([0, 0, 0, steps.length]);
    });

    it('are made in two databases of one cluster at the same moment, which share the roles', async () => {
      const other = await database.fresh({ empty: true });
      await Promise.all([fresh, other].map(({ owner }) => migrateToLatest(owner, log)));
      await migrateToNothing(other.owner, log);
      expect(await fresh.query('SELECT has_table_privilege($1, $2, $3) AS may', ['celltrail_ingest', 'code_execution_logs', 'INSERT'])).toEqual([{ may: true }]); // prettier-ignore
      await other.drop();
    });

    it('refuse a database that a newer version made, and touch nothing', async () => {
      await migrateToLatest(fresh.owner, log);
      await fresh.query("INSERT INTO celltrail_migrations VALUES ('9999-future', '2030-01-01')");
      await expect(migrateToLatest(fresh.owner, log)).rejects.toMatchObject({ kind: 'schema-newer', message: expect.stringContaining('9999-future') as string }); // prettier-ignore
      const { db } = await fresh.store();
      expect(await schemaState(db)).toMatchObject({ current: false, pending: [], unknown: ['9999-future'] });
    });

    it('leave nothing behind when a step fails', async () => {
      await fresh.query('CREATE TABLE page_presence (mine int)');
      await expect(migrateToLatest(fresh.owner, log)).rejects.toMatchObject({ kind: 'migration-failed', message: expect.stringContaining('0006-presence') as string }); // prettier-ignore
      const { db } = await fresh.store(null);
      expect((await schemaState(db)).applied).toEqual([]);
      await fresh.query('DROP TABLE page_presence');
      expect((await migrateToLatest(fresh.owner, log)).steps).toEqual(steps);
    });

    it('let the roles that serve see which steps were made', async () => {
      await migrateToLatest(fresh.owner, log);
      for (const role of ['celltrail_ingest', 'celltrail_reader'] as const) {
        const { db } = await fresh.store(role);
        expect(await schemaState(db)).toEqual({ current: true, applied: steps, pending: [], unknown: [] });
      }
    });

    it('know which rows a witness told before that was written down', async () => {
      await migrateToLatest(fresh.owner, log);
      while ((await migrateDown(fresh.owner, log)).steps[0] !== '0007-witnesses');
      await fresh.query(`
        INSERT INTO code_execution_logs (id, username, code, status, timestamp, kernel_id, msg_id, requested_at, page_id, page_seq,
                                         observed_at, client, completed_at)
        SELECT gen_random_uuid(), 'sara', '1', 'success', now(), 'k', 'm', now(), gen_random_uuid(), 1, now(), client, now()
          FROM unnest(ARRAY['foreign', 'notebook', NULL]) AS u(client)`);
      await migrateToLatest(fresh.owner, log);
      const told = await fresh.query('SELECT client, witnessed FROM code_execution_logs ORDER BY client');
      expect(told).toEqual([
        { client: 'foreign', witnessed: true },
        { client: 'notebook', witnessed: false },
        { client: null, witnessed: false }
      ]);
    });

    it('go down one step at a time', async () => {
      await migrateToLatest(fresh.owner, log);
      expect((await migrateDown(fresh.owner, log)).steps).toEqual([last]);
      const store = await fresh.store();
      expect(await schemaState(store.db)).toMatchObject({ current: false, pending: [last] });
    });
  });
