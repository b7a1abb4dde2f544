import { type Analytics } from '@celltrail/protocol';
import { ROUTES } from '@celltrail/protocol/schemas';
import { createAnalytics, type AnalyticsQuestion } from '../answers/analytics/analytics.js';
import { feedAnalytics } from '../store/analytics/feed.js';
import { SKETCH_ERROR } from '../store/analytics/sketch.js';
import { type Store } from '../store/open.js';
import { databases, type FreshDatabase } from './databases.js';
import { NO_ACCESS } from './no-access.js';
import { storeRuns, type StoredRun } from './stored-runs.js';

const ADMIN = { username: 'mina', role: 'admin' } as const;
const NOW = new Date('2026-11-24T20:00:00Z');
const WEEK = { from: '2026-11-18', to: '2026-11-24', tz: 'UTC', notebook: null, slowerThan: 1000 };
const PEOPLE = ['sara', 'reza', 'mina'];
const NOTEBOOKS = ['a.ipynb', 'تحلیل/فروش.ipynb', null, `${'long/'.repeat(400)}x.ipynb`];
const ERRORS = ['KeyError: 1', 'ValueError: x', 'NameError: y'];

/** Runs of ten days, all sorts of them, the same each time. */
function makeRuns(count: number): StoredRun[] {
  return Array.from({ length: count }, (_, i): StoredRun => {
    const fails = i % 7 === 0;
    const began = Date.UTC(2026, 10, 15) + ((i * 7919) % 14_400) * 60_000;
    return {
      username: PEOPLE[(i * 5) % 3],
      notebook_path: NOTEBOOKS[i % 4],
      timestamp: new Date(began).toISOString(),
      stored_at: new Date(Date.UTC(2026, 10, 25) + i * 1000).toISOString(),
      status: fails ? 'error' : i % 11 === 0 ? 'aborted' : i % 13 === 0 ? 'running' : 'success',
      error_message: fails ? ERRORS[i % 3] : null,
      execution_time_ms: i % 13 === 0 ? null : Math.round(Math.exp((i * 37) % 14) * 1000) / 1000,
      queued_ms: i % 3 ? (i % 50) + 0.25 : null
    };
  });
}

/** An answer without what may be an estimate, and with rows in an order of their own where several are as busy. */
function exactPart(answer: Analytics) {
  const estimated = new Set(['median_ms', 'p95_ms', 'p99_ms', 'longest_ms', 'percentile_error', 'average_ms']);
  return JSON.parse(
    JSON.stringify(answer, (key, value: unknown) => {
      if (estimated.has(key)) return undefined;
      return key === 'notebook_path' && typeof value === 'string' ? value.slice(0, 200) : value;
    })
  ) as unknown;
}

/** Every estimate of one answer beside the exact one of another. */
function estimates(told: unknown, exact: unknown): [number, number][] {
  if (typeof told === 'number' && typeof exact === 'number') return [[told, exact]];
  if (told === null || typeof told !== 'object') return [];
  const names = Object.keys(told) as (keyof typeof told)[];
  return names
    .filter(name => name !== 'percentile_error')
    .flatMap(name => estimates(told[name], (exact as typeof told)[name]));
}

for (const database of databases)
  describe(`figures that are kept, on ${database.name}`, () => {
    let fresh: FreshDatabase;
    let store: Store;
    beforeAll(async () => {
      fresh = await database.fresh();
      store = await fresh.store();
      await storeRuns(fresh, makeRuns(400));
    }, 60_000);
    afterAll(() => fresh.drop());

    const compare = async (username: string | null, change: Partial<AnalyticsQuestion>) => {
      const kept = createAnalytics(store.db, NO_ACCESS, () => NOW, { few: -1, behind: 1e9 });
      const counted = createAnalytics(store.db, NO_ACCESS, () => NOW, { few: 1e9, behind: 1e9 });
      const question = { ...WEEK, ...change };
      const [told, exact] = [await kept(ADMIN, username, question), await counted(ADMIN, username, question)];
      expect(ROUTES.getAnalytics.answer.parse(told)).toEqual(told);
      expect([told.percentile_error, exact.percentile_error]).toEqual([SKETCH_ERROR, 0]);
      expect(exactPart(told)).toEqual(exactPart(exact));
      for (const [estimate, truth] of estimates(told, exact))
        expect(Math.abs(estimate - truth)).toBeLessThanOrEqual(SKETCH_ERROR * truth * (1 + 1e-6) + 1e-9);
      return told;
    };
    const QUESTIONS: [string, string | null, Partial<AnalyticsQuestion>][] = [
      ['of everyone', null, {}],
      ['of everyone by the days of Tehran', null, { tz: 'Asia/Tehran' }],
      ['of a day, by hours', null, { from: '2026-11-20', to: '2026-11-20', tz: 'Asia/Kathmandu' }],
      ['of one person', 'reza', { tz: 'Asia/Tehran' }],
      ['of one notebook', null, { notebook: 'تحلیل/فروش.ipynb' }],
      ['of one person in one notebook', 'sara', { notebook: 'a.ipynb' }],
      ['of a notebook whose path is too long for an index', null, { notebook: NOTEBOOKS[3]! }],
      ['of those slower than a tenth of a second', null, { slowerThan: 100 }],
      ['of those slower than 1234.5 ms', null, { slowerThan: 1234.5 }],
      ['of nobody', 'nobody', {}]
    ];
    const STAGES = ['before anything was taken in', 'when some was', 'when all was', 'when runs ended since', 'when that was taken in'] as const; // prettier-ignore
    const reach: Record<(typeof STAGES)[number], () => Promise<unknown>> = {
      'before anything was taken in': () => Promise.resolve(),
      'when some was': () => feedAnalytics(store.db, -1e12, 150),
      'when all was': async () => {
        while (await feedAnalytics(store.db, -1e12, 90));
      },
      async 'when runs ended since'() {
        await fresh.query(`
          UPDATE code_execution_logs SET status = 'error', error_message = 'LateError: z', error_name = 'LateError',
                 execution_time_ms = 77777, completed_at = '2026-12-24T00:00:00Z', witnessed = true, client = 'foreign'
           WHERE status = 'running'`);
      },
      'when that was taken in': async () => {
        while (await feedAnalytics(store.db, -1e12, 90));
        // The senders say otherwise of what was only witnessed, and that it was theirs.
        await fresh.query(`
          UPDATE code_execution_logs SET status = 'success', error_message = NULL, error_name = NULL, username = 'mina',
                 execution_time_ms = 5, completed_at = '2026-12-25T00:00:00Z', witnessed = false, client = 'notebook'
           WHERE witnessed AND username = 'sara'`);
        while (await feedAnalytics(store.db, -1e12, 90));
        expect(await fresh.query('SELECT username FROM analytics_unsettled GROUP BY 1 ORDER BY 1')).toEqual([
          { username: 'mina' },
          { username: 'reza' }
        ]);
      }
    };

    describe.each(STAGES)('%s', stage => {
      beforeAll(() => reach[stage]());

      it.each(QUESTIONS)('are what the rows say, %s', async (_, username, change) => {
        const { totals } = await compare(username, change);
        expect(totals.executions > 0).toBe(username !== 'nobody');
      });
    });

    it('take a threshold below a second that no size begins with down to the next that one does', async () => {
      const kept = createAnalytics(store.db, NO_ACCESS, () => NOW, { few: -1, behind: 1e9 });
      expect((await kept(ADMIN, null, { ...WEEK, slowerThan: 333 })).slow.threshold_ms).toBe(330);
    });

    it('are passed over for the rows where they are far behind, or where rows are few', async () => {
      await fresh.query("DELETE FROM follow_cursors WHERE name = 'analytics'");
      const behind = createAnalytics(store.db, NO_ACCESS, () => NOW, { few: -1, behind: 10 });
      const few = createAnalytics(store.db, NO_ACCESS, () => NOW, { few: 400, behind: 1e9 });
      for (const ask of [behind, few]) expect((await ask(ADMIN, null, WEEK)).percentile_error).toBe(0);
    });
  });
