import { createLog } from '../log.js';
import { migrateDown, migrateToLatest, migrateToNothing, MIGRATIONS, schemaState } from '../store/migrate.js';
import { databases, type FreshDatabase } from './databases.js';

const log = createLog('silent');
const steps = Object.keys(MIGRATIONS);

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

    it('go down one step at a time', async () => {
      await migrateToLatest(fresh.owner, log);
      expect((await migrateDown(fresh.owner, log)).steps).toEqual(['0006-presence']);
      const store = await fresh.store();
      expect(await schemaState(store.db)).toMatchObject({ current: false, pending: ['0006-presence'] });
    });
  });
