import { randomUUID } from 'node:crypto';
import { createAnswers, type Answers } from '../answers/answers.js';
import { createLog } from '../log.js';
import { runChecks } from '../operations/checks.js';
import { type Store } from '../store/open.js';
import { databases, type FreshDatabase } from './databases.js';

// 20:00 in London, 23:30 in Tehran.
const NOW = new Date('2026-11-24T20:00:00Z');
const PAGE = '0b7c3f5e-6a0e-4d0c-9a39-0f6f1d2f7a11';

for (const database of databases)
  describe(`what is not on record, on ${database.name}`, () => {
    let fresh: FreshDatabase;
    let store: Store;
    let answers: Answers;
    beforeAll(async () => {
      fresh = await database.fresh();
      store = await fresh.store();
      answers = createAnswers(store.db, () => NOW);
      await said('sara', 'capture.gap', '2026-11-24T08:00:00Z', { reason: 'page_late', gap_to: '4', missing: 3 });
      await said('sara', 'capture.gap', '2026-11-24T09:00:00Z', { reason: 'page_late', gap_to: '3', missing: 2 });
      await said('sara', 'capture.gap', '2026-11-24T10:00:00Z', { reason: 'connection_lost', missing: null });
      await said('reza', 'capture.disabled', '2026-11-24T11:00:00Z', {});
      await said('sara', 'capture.enabled', '2026-11-22T11:00:00Z', { reason: null });
      await said('sara', 'kernel.died', '2026-11-24T11:00:00Z', { reason: 'dead' });
      // 00:30 of the 24th in Tehran.
      await said('sara', 'capture.disabled', '2026-11-23T21:00:00Z', {});
      await fresh.query(
        `INSERT INTO page_sequences (page_id, username, told, arrived, hole_since, heard_at)
         VALUES ('${PAGE}', 'sara', 9, '{[1,4),[6,10)}', now() - interval '1 hour', now() - interval '1 hour')`
      );
    });
    afterAll(() => fresh.drop());

    const said = (username: string, type: string, at: string, body: object) =>
      fresh.query(
        'INSERT INTO audit_events (id, type, username, observed_at, kernel_id, body) VALUES ($1, $2, $3, $4, $5, $6)',
        [randomUUID(), type, username, at, 'k1', JSON.stringify(body)]
      );
    const today = { from: null, to: null, tz: 'UTC' };

    it('is counted by kind and reason, for a person and for all', async () => {
      const mine = await answers.absence('sara', today);
      expect(mine).toMatchObject({ begins: '2026-11-24T00:00:00.000Z', ends: '2026-11-25T00:00:00.000Z' });
      expect(mine.figures).toEqual([
        { type: 'capture.gap', reason: 'page_late', times: 2, missing: 5 },
        { type: 'capture.gap', reason: 'connection_lost', times: 1, missing: 0 }
      ]);
      expect((await answers.absence(null, today)).figures).toHaveLength(3);
      expect((await answers.absence('nobody', today)).latest).toEqual([]);
    });

    it('is listed one by one, the latest first', async () => {
      const { latest } = await answers.absence(null, today);
      expect(latest.map(({ username, type }) => [username, type])).toEqual([
        ['reza', 'capture.disabled'],
        ['sara', 'capture.gap'],
        ['sara', 'capture.gap'],
        ['sara', 'capture.gap']
      ]);
      expect(latest.at(-1)).toMatchObject({
        at: '2026-11-24T08:00:00.000Z',
        reason: 'page_late',
        kernel_id: 'k1',
        gap_from: null,
        gap_to: '4',
        missing: 3
      });
    });

    it('is of the days asked for, in the zone of who asks', async () => {
      const days = async (from: string | null, to: string | null, tz: string) =>
        (await answers.absence('sara', { from, to, tz })).latest.length;
      expect(await days(null, null, 'Asia/Tehran')).toBe(4);
      expect(await days('2026-11-22', '2026-11-22', 'UTC')).toBe(1);
      expect(await days('2026-11-22', null, 'UTC')).toBe(5);
      await expect(days(null, null, 'Mars/Olympus')).rejects.toMatchObject({ kind: 'field-invalid' });
    });

    it('names the numbers of pages that did not come, to their owner and to those who may see all', async () => {
      const hole = { page_id: PAGE, username: 'sara', missing_from: 4, missing_to: 5, missing: 2, waiting: 0 };
      expect((await answers.absence(null, today)).holes).toMatchObject([hole]);
      expect((await answers.absence('sara', today)).holes).toMatchObject([hole]);
      expect((await answers.absence('reza', today)).holes).toEqual([]);
    });

    it('is an item of the troubleshooting list', async () => {
      const look = async (username: string, role: 'analyst' | 'admin') => {
        const view = { db: store.db, actor: { username, role }, auth: 'loopback' };
        return (await runChecks(view, createLog('silent'))).find(({ id }) => id === 'sequence');
      };
      expect(await look('reza', 'analyst')).toMatchObject({ ok: true });
      expect(await look('reza', 'admin')).toMatchObject({
        ok: false,
        figures: { count: 1, missing: 2 },
        fix: 'bring_missing'
      });
      await fresh.query(
        `INSERT INTO page_presence (page_id, username, extension_version, capturing, waiting, refused)
         VALUES ('${PAGE}', 'sara', '1', true, 2, 0)`
      );
      expect(await look('sara', 'analyst')).toMatchObject({ ok: false, fix: 'send_waiting' });
    });

    it('is found without a scan, however much is on record', async () => {
      await fresh.query(`
        INSERT INTO audit_events (id, type, username, observed_at, body)
          SELECT gen_random_uuid(), 'page.opened', 'u' || n % 50, now() - n * interval '1 minute', '{}'
            FROM generate_series(1, 20000) AS n;
        INSERT INTO page_sequences (page_id, username, told, arrived)
          SELECT gen_random_uuid(), 'u' || n % 50, 9, '{[1,10)}' FROM generate_series(1, 20000) AS n;
        ANALYZE audit_events, page_sequences`);
      const plan = async (statement: string) =>
        (await fresh.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${statement}`)).map(row => row['QUERY PLAN']).join('\n');
      expect(await plan('SELECT * FROM page_holes')).toContain('page_sequences_hole_since');
      expect(
        await plan(`SELECT count(*) FROM audit_events WHERE type IN ('capture.gap', 'capture.disabled', 'capture.enabled')
                       AND observed_at >= '2026-11-24' AND observed_at < '2026-11-25'`)
      ).toContain('audit_events_type_observed_at');
    });
  });
