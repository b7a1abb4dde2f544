import { createLog } from '../log.js';
import { runChecks } from '../operations/checks.js';
import { ready } from '../operations/ready.js';
import { createCursors } from '../answers/cursors.js';
import { createSearches } from '../answers/search/search.js';
import { migrateToLatest } from '../store/migrate.js';
import { openStore, type Store } from '../store/open.js';
import { feedSearch } from '../store/search/feed.js';
import { databases, type FreshDatabase } from './databases.js';
import { NO_ACCESS } from './no-access.js';
import { storeRuns } from './stored-runs.js';

const log = createLog('silent');
const PAGE = '0b7c3f5e-6a0e-4d0c-9a39-0f6f1d2f7a11';

for (const database of databases)
  describe(`the troubleshooting list on ${database.name}`, () => {
    let fresh: FreshDatabase;
    let store: Store;
    beforeAll(async () => {
      fresh = await database.fresh();
      store = await fresh.store();
    });
    afterAll(() => fresh.drop());

    const look = async (id: string, username = 'ali', role: 'analyst' | 'admin' = 'analyst', of = store) => {
      const view = { db: of.db, actor: { username, role }, auth: 'loopback' };
      return (await runChecks(view, log)).find(check => check.id === id)!;
    };

    it('finds a new database in order', async () => {
      for (const id of ['database', 'schema', 'roles', 'partitions', 'search'])
        expect(await look(id)).toMatchObject({ id, ok: true });
      expect((await look('database')).figures).toMatchObject({ database: fresh.name });
      expect(await look('last_event')).toMatchObject({ ok: null, detail: 'None is known yet.' });
      await expect(ready(store.db)).resolves.toBeUndefined();
    });

    it('finds steps that were not made', async () => {
      const empty = await database.fresh({ empty: true });
      const bare = await empty.store(null);
      expect(await look('schema', 'ali', 'admin', bare)).toMatchObject({ ok: false, fix: 'migrate' });
      await expect(ready(bare.db)).rejects.toMatchObject({ kind: 'database-unreachable' });
      await empty.drop();
    });

    it('finds rights that somebody gave away, and takes them back for granted', async () => {
      await fresh.query('GRANT DELETE ON code_execution_logs TO celltrail_ingest');
      expect(await look('roles')).toMatchObject({
        ok: false,
        fix: 'restore_rights',
        figures: { faults: 'celltrail_ingest may DELETE on code_execution_logs' }
      });
      await fresh.query('REVOKE DELETE ON code_execution_logs FROM celltrail_ingest');
      expect(await look('roles')).toMatchObject({ ok: true });
    });

    it('finds a server that acts as the owner', async () => {
      const owner = await fresh.store(null);
      expect((await look('roles', 'ali', 'admin', owner)).figures['faults']).toContain('acts as celltrail_owner');
    });

    it('finds a month without a partition', async () => {
      const rows = await fresh.query<{ name: string; month: string }>(
        `SELECT 'code_execution_logs_' || to_char(m, 'YYYY_MM') AS name, to_char(m, 'YYYY-MM') AS month
           FROM (SELECT date_trunc('month', now() AT TIME ZONE 'UTC') + interval '1 month' AS m) AS next`
      );
      const { name, month } = rows[0]!;
      await fresh.query(`ALTER TABLE code_execution_logs DETACH PARTITION ${name}`);
      expect(await look('partitions')).toMatchObject({ ok: false, fix: 'make_partitions', figures: { months: month } });
    });

    it('finds a database whose locale knows English letters only, where search still finds Persian', async () => {
      const english = await database.fresh({ ctype: 'C' });
      await migrateToLatest(english.owner, log);
      const there = await english.store();
      expect(await look('search', 'ali', 'admin', there)).toMatchObject({
        ok: false,
        figures: { reason: 'LC_CTYPE C' },
        fix: 'use_utf8_ctype',
        detail: expect.stringContaining('(LC_CTYPE C)') as string
      });
      await storeRuns(english, [{ code: '# مي\u200Cروم' }, { code: 'x' }]);
      while (await feedSearch(there.db, 0, 10));
      const searches = createSearches(there.db, NO_ACCESS, createCursors(there.db), () => performance.now());
      expect(await searches.searchCode('sara', 'میروم')).toHaveLength(1);
      await english.drop();
    });

    it('finds a database without the index of search', async () => {
      const without = await database.fresh();
      await without.query('DROP INDEX search_texts_trigrams');
      expect(await look('search', 'ali', 'admin', await without.store())).toMatchObject({ fix: 'add_trigrams' });
      await without.drop();
    });

    it("tells an analyst of their own pages, an admin of everyone's", async () => {
      await fresh.query(
        `INSERT INTO page_presence (page_id, username, extension_version, capturing, waiting, refused)
         VALUES ('${PAGE}', 'ali', '0.1.0', true, 0, 0), ('${PAGE}', 'sara', '0.1.0', false, 0, 2)`
      );
      expect(await look('extension', 'ali')).toMatchObject({ ok: true, figures: { count: 1, version: '0.1.0' } });
      expect(await look('outbox', 'ali')).toMatchObject({ ok: true });
      expect(await look('extension', 'ali', 'admin')).toMatchObject({ ok: false, fix: 'turn_capture_on' });
      expect(await look('outbox', 'ali', 'admin')).toMatchObject({ ok: false, figures: { refused: 2 } });
      expect(await look('extension', 'nobody')).toMatchObject({ ok: null, fix: 'open_lab' });
    });

    it('tells of pages whose capture is faulty, in their own words', async () => {
      expect(await look('capture', 'ali')).toMatchObject({ ok: true, figures: { count: 1 } });
      await fresh.query("UPDATE page_presence SET fault = 'no-connect-to' WHERE username = 'ali'");
      expect(await look('capture', 'ali')).toMatchObject({
        ok: false,
        detail: 'Capture is faulty on 1 page: no-connect-to.',
        fix: 'mend_capture'
      });
      expect(await look('capture', 'nobody')).toMatchObject({ ok: null });
    });

    it('tells whose browser does not keep what it has not sent', async () => {
      expect(await look('keeping', 'ali')).toMatchObject({ ok: null });
      await fresh.query("UPDATE page_presence SET keeping = 'disk' WHERE username = 'ali'");
      expect(await look('keeping', 'ali')).toMatchObject({ ok: true, figures: { count: 1 } });
      await fresh.query("UPDATE page_presence SET keeping = 'memory' WHERE username = 'sara'");
      expect(await look('keeping', 'ali', 'admin')).toMatchObject({
        ok: false,
        figures: { count: 1, people: 'sara' },
        fix: 'allow_storage'
      });
    });

    it('says when the last event was stored', async () => {
      await fresh.query(
        `INSERT INTO audit_events (id, type, username, observed_at, stored_at, body)
         VALUES (gen_random_uuid(), 'page.opened', 'ali', now(), '2026-11-24T10:00:00.5Z', '{}')`
      );
      expect(await look('last_event', 'ali')).toMatchObject({ ok: true, detail: 'At 2026-11-24T10:00:00.500Z.' });
    });

    it('says which door is closed when the database is away', async () => {
      const nowhere = await openStore('postgresql://celltrail@127.0.0.1:1/none', { role: null, log });
      expect(await look('database', 'ali', 'admin', nowhere)).toMatchObject({
        ok: false,
        figures: { reason: 'ECONNREFUSED' }
      });
      await expect(ready(nowhere.db)).rejects.toMatchObject({ kind: 'database-unreachable' });
      await nowhere.close();
    });
  });
