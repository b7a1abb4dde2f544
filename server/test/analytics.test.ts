import { ROUTES } from '@celltrail/protocol/schemas';
import { createAnalytics, type AskAnalytics } from '../answers/analytics/analytics.js';
import { databases, type FreshDatabase } from './databases.js';
import { NO_ACCESS } from './no-access.js';
import { storeRuns, type StoredRun } from './stored-runs.js';

const ADMIN = { username: 'mina', role: 'admin' } as const;
const NOW = new Date('2026-11-24T20:00:00Z');
const WEEK = { from: '2026-11-18', to: '2026-11-24', tz: 'UTC', notebook: null, slowerThan: 1000 };

for (const database of databases)
  describe(`analytics on ${database.name}`, () => {
    let fresh: FreshDatabase;
    let analytics: AskAnalytics;
    beforeAll(async () => {
      fresh = await database.fresh();
      analytics = createAnalytics((await fresh.store()).db, NO_ACCESS, () => NOW);
      const quick = Array.from({ length: 98 }, (_, i): StoredRun => ({ execution_time_ms: i + 1, queued_ms: i }));
      await storeRuns(fresh, [
        ...quick,
        { execution_time_ms: 5000, timestamp: '2026-11-23T10:00:00Z', notebook_path: "o'b.ipynb" },
        { username: 'reza', timestamp: '2026-11-18T23:59:59Z', status: 'error', error_message: 'KeyError: 1' },
        { username: 'reza', timestamp: '2026-11-17T23:59:59Z' }
      ]);
    });
    afterAll(() => fresh.drop());

    it('are figures of the days asked for, in the shape that the protocol promises', async () => {
      const answer = await analytics(ADMIN, null, WEEK);
      expect(ROUTES.getAnalytics.answer.parse(answer)).toEqual(answer);
      expect(answer).toMatchObject({
        begins: '2026-11-18T00:00:00.000Z',
        ends: '2026-11-25T00:00:00.000Z',
        step: 'day',
        totals: { executions: 100, errors: 1, success_rate: 0.99, people: 2, notebooks: 2 }
      });
      expect(answer.over_time.rows.map(({ executions }) => executions)).toEqual([1, 0, 0, 0, 0, 1, 98]);
      expect(answer.by_user.rows.map(({ username }) => username)).toEqual(['sara', 'reza']);
      expect(answer.slow).toMatchObject({ executions: 1, threshold_ms: 1000, rows: [{ execution_time_ms: 5000 }] });
      expect(answer.heat.rows).toContainEqual({ weekday: 2, hour: 10, executions: 98, errors: 0 });
      expect(answer.frequent_errors.rows).toMatchObject([{ error_name: 'KeyError', executions: 1, people: 1 }]);
      expect(answer.queue.rows).toMatchObject([{ executions: 98, average_ms: 48.5, longest_ms: 97 }]);
    });

    it('are of one person and one notebook where those are asked for', async () => {
      expect((await analytics(ADMIN, 'reza', WEEK)).totals).toMatchObject({ executions: 1, people: 1 });
      const quoted = await analytics(ADMIN, null, { ...WEEK, notebook: "o'b.ipynb" });
      expect(quoted.totals).toMatchObject({ executions: 1, median_ms: expect.closeTo(5000, -3) as number });
    });

    it.each(['totals', 'by_user', 'by_notebook', 'over_time', 'heat', 'slow', 'frequent_errors', 'queue'] as const)(
      'bring, for %s, SQL that a reader can run for the same counts',
      async name => {
        const answer = await analytics(ADMIN, null, WEEK);
        if (name === 'totals') return;
        const { rows, sql } = answer[name];
        const counted = (all: readonly object[]) => all.map(row => Number((row as { executions?: number }).executions));
        await fresh.query('SET ROLE celltrail_reader');
        const found = await fresh.query(sql);
        await fresh.query('RESET ROLE');
        expect(counted(found)).toEqual(counted(rows));
      }
    );

    it('go by hours for three days and by days for more, and follow the zone', async () => {
      const three = await analytics(ADMIN, null, { ...WEEK, from: '2026-11-22', tz: 'Asia/Tehran' });
      expect(three).toMatchObject({ step: 'hour', begins: '2026-11-21T20:30:00.000Z' });
      expect(three.over_time.rows).toHaveLength(72);
      expect(three.heat.rows).toContainEqual({ weekday: 2, hour: 13, executions: 98, errors: 0 });
    });

    it('are of the last seven days when none are named', async () => {
      expect(await analytics(ADMIN, null, { ...WEEK, from: null, to: null })).toMatchObject({
        begins: '2026-11-18T00:00:00.000Z',
        ends: '2026-11-25T00:00:00.000Z'
      });
    });

    it.each([
      ['a zone that is none', { tz: 'Mars/Olympus' }, 'tz'],
      ['days that run backwards', { from: '2026-11-25' }, 'from'],
      ['more days than anyone has', { from: '1900-01-01' }, 'from']
    ])('are refused for %s', async (_, change, field) => {
      await expect(analytics(ADMIN, null, { ...WEEK, ...change })).rejects.toMatchObject({ details: { field } });
    });

    it('are empty, not wrong, where nothing ran', async () => {
      const { totals, by_user } = await analytics(ADMIN, 'nobody', WEEK);
      expect(totals).toMatchObject({ executions: 0, success_rate: null, median_ms: null });
      expect(by_user.rows).toEqual([]);
    });
  });
