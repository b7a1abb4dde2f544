import { parseSearch } from '@celltrail/protocol';
import { createLog } from '../log.js';
import { createFeeds, keepFeeds } from '../follow/followers.js';
import { feedSearch, searchReached } from '../store/search/feed.js';
import { findExecutions, type Effort, type Found } from '../store/search/find.js';
import { facetCounts } from '../store/search/facets.js';
import { type Store } from '../store/open.js';
import { databases, type FreshDatabase } from './databases.js';
import { storeRuns } from './stored-runs.js';

const at = (second: number) => new Date(Date.UTC(2026, 10, 24, 10) + second * 1000).toISOString();

for (const database of databases)
  describe(`the ways of a search on ${database.name}`, () => {
    let fresh: FreshDatabase;
    let store: Store;
    beforeAll(async () => {
      fresh = await database.fresh();
      store = await fresh.store();
      const codes = Array.from({ length: 60 }, (_, i) => (i % 10 ? `common ${i}` : i ? 'common rare' : 'rare first'));
      await storeRuns(fresh, codes.map((code, i) => ({ code, timestamp: at(i) }))); // prettier-ignore
      // The last ten are what the index has not reached yet.
      for (let taken = 0; taken < 50; taken += 10) await feedSearch(store.db, 0, 10);
    });
    afterAll(() => fresh.drop());

    const find = (q: string, effort: Partial<Effort>, after: Found['stopped'] = null, limit = 100) =>
      findExecutions(
        store.db,
        { terms: parseSearch(q).terms!, username: null, tz: null },
        after,
        limit,
        { glance: 2, firstWalk: 5, nextWalk: 5, budgetMs: 60_000, ...effort },
        () => performance.now()
      );
    const seconds = ({ rows }: Found) =>
      rows.map(({ timestamp }) => (Date.parse(timestamp) - Date.parse(at(0))) / 1000);

    it('looks up what the first walk shows to be rare, with what the index has not reached', async () => {
      const found = await find('rare', {});
      expect(seconds(found)).toEqual([50, 40, 30, 20, 10, 0]);
      expect(found).toMatchObject({ exact: true, counted: 6, stopped: null });
    });

    it('stops at a glance or walking as soon as the page is full, and says how many it saw', async () => {
      const found = await find('common', {}, null, 3);
      expect(seconds(found)).toEqual([59, 58, 57]);
      expect(found).toMatchObject({ exact: false, counted: 7, stopped: null });
      expect(await find('common', {}, null, 2)).toMatchObject({ exact: false, counted: 2, stopped: null });
    });

    it('walks for what has no trigrams, and stops where time is up', async () => {
      const first = await find('st', { budgetMs: -1 });
      expect(first).toMatchObject({ rows: [], exact: false, stopped: { timestamp: expect.stringContaining('10:00:58') as string } }); // prettier-ignore
      expect(seconds(await find('st', {}, first.stopped))).toEqual([0]);
    });

    it('goes on behind a place, whichever way', async () => {
      const [third] = (await find('rare', {}, null, 3)).rows.slice(-1);
      expect(seconds(await find('rare', {}, third))).toEqual([20, 10, 0]);
      expect(seconds(await find('rare', { firstWalk: 1000 }, third))).toEqual([20, 10, 0]);
    });

    it('counts facets of all that is rare, and of the newest of what is common', async () => {
      const facets = (q: string) =>
        facetCounts(store.db, { terms: parseSearch(q).terms!, username: null, tz: null }, 5, 10);
      expect(await facets('rare')).toMatchObject({ exact: true, rows: [{ facet: 'all', count: 6 }, {}, {}, {}, {}] });
      expect((await facets('st')).exact).toBe(false);
    });

    it('is fed once for each text and each execution, however often', async () => {
      while (await feedSearch(store.db, 0, 7));
      const [count] = await fresh.query(
        'SELECT (SELECT count(*) FROM search_links)::int AS links, (SELECT count(*) FROM search_texts)::int AS texts'
      );
      expect(count).toEqual({ links: 60, texts: 56 });
      const { changed_at } = await searchReached(store.db);
      expect(new Date(changed_at).toISOString()).toBe(at(59));
    });

    it('is fed beside ingest by one server at a time, and leaves young commits for later', async () => {
      await storeRuns(fresh, [{ code: 'young', timestamp: new Date().toISOString() }]);
      const ends = [1, 2, 3].map(() => keepFeeds(createFeeds(store.db), createLog('silent'), 5));
      await Promise.all(ends.map(end => end()));
      expect(await fresh.query("SELECT FROM search_texts WHERE text = 'young'")).toHaveLength(0);
      expect(seconds(await find('young', { glance: 1 }))).toHaveLength(1);
    });
  });
