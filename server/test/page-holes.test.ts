import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { type PageState } from '@celltrail/protocol';
import { createIngest, type Ingest } from '../ingest/accept.js';
import { createLog } from '../log.js';
import { holeFigures, pageHoles } from '../store/page-holes.js';
import { type Store } from '../store/open.js';
import { databases, type FreshDatabase } from './databases.js';
import { testPage } from './events.js';

for (const database of databases)
  describe(`the numbers of pages on ${database.name}`, () => {
    let fresh: FreshDatabase;
    let store: Store;
    let ingest: Ingest;
    beforeAll(async () => {
      fresh = await database.fresh();
      store = await fresh.store();
      ingest = createIngest({ store, log: createLog('silent'), now: Date.now, announce: () => undefined });
    });
    afterAll(() => fresh.drop());
    beforeEach(() =>
      fresh.query('TRUNCATE code_execution_logs, audit_events, execution_rollups, page_presence, page_sequences')
    );

    const stateOf = (page_id: string, last_seq: number | null, waiting = 0): PageState =>
      ({ page_id, extension_version: '1', capturing: true, waiting, refused: 0, last_seq }) satisfies PageState;
    const send = (events: unknown[], page: PageState | null = null, username = 'sara') =>
      ingest.accept({ username }, { events, page });
    /** Time goes by: as if all that was heard were so many minutes older. */
    const later = (minutes: number) =>
      fresh.query(
        `UPDATE page_sequences SET heard_at = heard_at - make_interval(mins => ${minutes}),
                                   hole_since = hole_since - make_interval(mins => ${minutes})`
      );
    const holes = async (username: string | null = null) =>
      (await pageHoles(store.db, username, 100)).map(hole => [hole.missing_from, hole.missing_to]);
    const events = (count: number, page_id = randomUUID()) => {
      const page = testPage(Date.now(), page_id);
      return { page_id, all: Array.from({ length: count }, (_, i) => (i % 2 ? page.finished() : page.other())) };
    };

    it('are whole when all came, in whatever order and however often', async () => {
      const { page_id, all } = events(6);
      await send([all[3], all[1]], stateOf(page_id, 6));
      await send([all[5], all[0], all[2], all[1]], stateOf(page_id, 6));
      await send([all[4]]);
      await later(60);
      expect(await holes()).toEqual([]);
      expect(await fresh.query('SELECT arrived::text, hole_since FROM page_sequences')).toEqual([
        { arrived: '{[1,7)}', hole_since: null }
      ]);
    });

    it('show a hole once the outbox had its time, to its owner and to admins, and close when it comes late', async () => {
      const { page_id, all } = events(8);
      await send([...all.slice(0, 2), ...all.slice(4, 7)], stateOf(page_id, 8, 3));
      expect(await holes()).toEqual([]);
      await later(6);
      expect(await holes('sara')).toEqual([
        [3, 4],
        [8, 8]
      ]);
      expect(await holes('reza')).toEqual([]);
      expect(await holeFigures(store.db, null)).toEqual({ pages: 1, missing: 3, waiting: 3 });
      await send(all.slice(2, 4));
      expect(await holes()).toEqual([]);
      await send([all[7]]);
      await later(60);
      expect(await holeFigures(store.db, null)).toEqual({ pages: 0, missing: 0, waiting: 0 });
    });

    it('take what a page that speaks has just told for being on its way', async () => {
      const { page_id, all } = events(9);
      await send([all[0], all[2]], stateOf(page_id, 3));
      await later(6);
      await send(all.slice(3, 7), stateOf(page_id, 9));
      expect(await holes()).toEqual([[2, 2]]);
      await later(6);
      expect(await holes()).toEqual([
        [2, 2],
        [8, 9]
      ]);
    });

    it('date a hole anew when its first number comes: a busy page is always missing the one under way', async () => {
      const { page_id, all } = events(30);
      for (const event of all.slice(0, 20)) {
        await send([event], stateOf(page_id, event.page_seq + 1));
        await later(1);
      }
      expect(await holes()).toEqual([]);
    });

    it('are accounted for by refusals, here and elsewhere', async () => {
      const { page_id, all } = events(4);
      const about = { refused_id: randomUUID(), refused_type: 'execution.finished', problem: 'batch-too-large' };
      const refusal = { ...all[3], id: randomUUID(), type: 'outbox.refused', ...about };
      await send(
        [all[0], { ...all[1], type: 'no.such' }, { ...refusal, refused_page_id: page_id, refused_page_seq: 3 }],
        stateOf(page_id, 4)
      );
      await later(60);
      expect(await holes()).toEqual([]);
    });

    it('count what two tabs said alike for both, though one of it is stored', async () => {
      const id = randomUUID();
      const said = { id, type: 'kernel.restarted' as const, kernel_id: 'k1', reason: 'requested' };
      const pages = [testPage(), testPage()];
      const outcomes = [];
      for (const page of pages)
        outcomes.push(...(await send([page.other(said)], stateOf(page.page_id, 1))).map(({ outcome }) => outcome));
      expect(outcomes).toEqual(['stored', 'duplicate']);
      const [event] = await fresh.query("SELECT count(*)::int AS count FROM audit_events WHERE kernel_id = 'k1'");
      expect(event).toEqual({ count: 1 });
      await later(60);
      expect(await holes()).toEqual([]);
      expect(await fresh.query('SELECT arrived::text FROM page_sequences')).toEqual([
        { arrived: '{[1,2)}' },
        { arrived: '{[1,2)}' }
      ]);
    });

    it('keep the word of two people on one kernel, once each', async () => {
      const said = { id: randomUUID(), type: 'kernel.restarted' as const, kernel_id: 'k2' };
      for (const username of ['sara', 'reza', 'reza', 'sara']) await send([testPage().other(said)], null, username);
      const kept = await fresh.query('SELECT type, username FROM audit_events ORDER BY username');
      expect(kept).toEqual([
        { type: 'kernel.restarted', username: 'reza' },
        { type: 'kernel.restarted', username: 'sara' }
      ]);
    });

    it('of one page of two people are whole together', async () => {
      const { page_id, all } = events(5);
      await send(all.slice(0, 3), stateOf(page_id, 3), 'sara');
      await send(all.slice(3), stateOf(page_id, 5), 'reza');
      await later(60);
      expect(await holes()).toEqual([]);
    });

    it('of a page that does not tell them, and whose beginning was not seen, are not judged', async () => {
      const { page_id, all } = events(9);
      await send([all[4], all[7]], stateOf(page_id, null));
      await later(60);
      expect(await holes()).toEqual([]);
      await send([all[0]], stateOf(page_id, null));
      await later(60);
      expect(await holes()).toEqual([
        [2, 4],
        [6, 7]
      ]);
    });

    it('come to the same holes in whatever parts and order they arrive', async () => {
      const parts = fc.record({
        given: fc.integer({ min: 1, max: 12 }),
        arrived: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 12 }),
        cut: fc.nat(12)
      });
      await fc.assert(
        fc.asyncProperty(parts, async ({ given, arrived, cut }) => {
          const { page_id, all } = events(12);
          const came = arrived.map(number => all[number - 1]);
          await send(came.slice(0, cut), stateOf(page_id, given));
          await send(came.slice(cut), stateOf(page_id, given));
          await later(60);
          const missing = (await pageHoles(store.db, null, 100))
            .filter(hole => hole.page_id === page_id)
            .flatMap(({ missing_from: from, missing: size }) => Array.from({ length: size }, (_, i) => from + i));
          const known = Math.max(given, ...arrived);
          const wanted = Array.from({ length: known }, (_, i) => i + 1).filter(number => !arrived.includes(number));
          expect(missing).toEqual(wanted);
        }),
        { numRuns: 30 }
      );
    });
  });
