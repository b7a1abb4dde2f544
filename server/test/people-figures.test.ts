import { feedAnalytics } from '../store/analytics/feed.js';
import { type Store } from '../store/open.js';
import { peopleFigures } from '../store/people.js';
import { databases, type FreshDatabase } from './databases.js';
import { storeRuns } from './stored-runs.js';

for (const database of databases)
  describe(`people's figures on ${database.name}`, () => {
    let fresh: FreshDatabase;
    let store: Store;
    beforeAll(async () => {
      fresh = await database.fresh();
      store = await fresh.store();
    });
    afterAll(() => fresh.drop());

    it("of everyone are each one's own, wherever the figures of analytics have come to", async () => {
      const runs = Array.from({ length: 30 }, (_, i) => ({
        username: i % 3 ? 'sara' : 'reza',
        code: `a = ${i}`,
        status: i % 5 ? ('success' as const) : ('error' as const),
        timestamp: new Date(Date.UTC(2026, 10, 20 + (i % 4), 10, i)).toISOString()
      }));
      await storeRuns(fresh, runs);
      for (const taken of [0, 7, 7, 30]) {
        if (taken) await feedAnalytics(store.db, 0, taken);
        const everyone = await peopleFigures(store.db, null, null, null);
        expect(everyone.map(({ username, executions, errors }) => [username, executions, errors]).sort()).toEqual([
          ['reza', 10, 2],
          ['sara', 20, 4]
        ]);
        for (const one of everyone) expect(await peopleFigures(store.db, one.username, null, 1)).toEqual([one]);
      }
      const [kept] = await fresh.query("SELECT sum(executions)::int AS executions FROM analytics_rollups WHERE kind = 'user'"); // prettier-ignore
      expect(kept).toEqual({ executions: 30 });
    });
  });
