import { ROUTES } from '@celltrail/protocol/schemas';
import { createCursors } from '../answers/cursors.js';
import { createSearches, type Searches } from '../answers/search/search.js';
import { feedSearch } from '../store/search/feed.js';
import { searchForm } from '../store/search/normal.js';
import { type Store } from '../store/open.js';
import { databases, type FreshDatabase } from './databases.js';
import { NO_ACCESS } from './no-access.js';
import { storeRuns } from './stored-runs.js';

const ADMIN = { username: 'mina', role: 'admin' } as const;
const analyst = (username: string) => ({ username, role: 'analyst' }) as const;

for (const database of databases)
  describe.each(['before the index has reached anything', 'after'])(`search on ${database.name}, %s`, when => {
    let store: Store;
    let fresh: FreshDatabase;
    let searches: Searches;
    beforeAll(async () => {
      fresh = await database.fresh();
      store = await fresh.store();
      searches = createSearches(store.db, NO_ACCESS, createCursors(store.db), () => performance.now());
      await storeRuns(fresh, [
        { timestamp: '2026-11-20T10:00:00Z', code: 'import pandas as pd\ndf.groupby("x")', execution_time_ms: 5000 },
        { timestamp: '2026-11-21T10:00:00Z', code: 'print(1)', notebook_path: 'تحلیل/فروش.ipynb', client: 'console' },
        {
          timestamp: '2026-11-22T10:00:00Z',
          code: '1 / 0',
          status: 'error',
          error_message: 'ZeroDivisionError: division by zero'
        },
        { timestamp: '2026-11-23T10:00:00Z', code: '# مي\u200Cروم به كتاب ٣' },
        { timestamp: '2026-11-24T10:00:00Z', code: 'import pandas', username: 'reza', kernel_name: 'ir' },
        { timestamp: '2026-11-24T20:45:00Z', code: '100% sure_thing \\d', username: 'reza', status: 'running' }
      ]);
      if (when === 'after') while (await feedSearch(store.db, 0, 4));
    });
    afterAll(() => fresh.drop());

    /** Days of what is found, newest first. */
    const found = async (q: string, username: string | null = null, tz: string | null = 'UTC') => {
      const answer = await searches.search(username ? analyst(username) : ADMIN, { q, tz, limit: 20, cursor: null });
      expect(ROUTES.search.answer.parse(answer)).toEqual(answer);
      expect(answer.total).toEqual({ value: answer.items.length, relation: 'exact' });
      return answer.items.map(({ timestamp }) => Number(timestamp.slice(8, 10)));
    };

    it.each<[string, number[]]>([
      ['', [24, 24, 23, 22, 21, 20]],
      ['import', [24, 20]],
      ['IMPORT Pandas', [24, 20]],
      ['"import pandas as"', [20]],
      ['import -groupby(', [24]],
      ['-import', [24, 23, 22, 21]],
      ['nothing-like-it', []],
      ['100%', [24]],
      ['sure_thing', [24]],
      ['sureXthing', []],
      ['\\d', [24]],
      ['"\\\\d"', [24]],
      ["'; DROP TABLE code_execution_logs; --", []],
      ['میروم', [23]],
      ['"می‌روم به کتاب"', [23]],
      ['۳', [23]],
      ['status:error', [22]],
      ['status:error status:running', [24, 22]],
      ['-status:success', [24, 22]],
      ['user:reza', [24, 24]],
      ['user:r*', [24, 24]],
      ['user:r_za', []],
      ['-user:sara', [24, 24]],
      ['kernel:ir', [24]],
      ['client:console', [21]],
      ['notebook:تحلیل/*', [21]],
      ['notebook:"تحلیل/فروش.ipynb"', [21]],
      ['took:>1000', [20]],
      ['took:5s', [20]],
      ['took:<20', [24, 24, 23, 22, 21]],
      ['error:zerodivision', [22]],
      ['created:2026-11-21', [21]],
      ['created:>2026-11-22', [24, 24, 23]],
      ['created:<=2026-11-21', [21, 20]],
      ['created:2026-11-21..2026-11-23', [23, 22, 21]],
      ['-created:2026-11-21..2026-11-23', [24, 24, 20]],
      ['created:>=2026-11-24T20:00+00:00', [24]],
      ['status:success import user:reza', [24]]
    ])('%s', async (q, days) => {
      expect(await found(q)).toEqual(days);
    });

    it('finds nobody else’s rows for a person, whatever they ask', async () => {
      expect(await found('user:reza', 'sara')).toEqual([]);
      expect(await found('import', 'sara')).toEqual([20]);
      const { user } = await searches.facets(analyst('sara'), { q: 'import', tz: null });
      expect(user).toEqual([{ value: 'sara', count: 1 }]);
      expect(await searches.complete(analyst('sara'), { qualifier: 'user', prefix: 're', limit: 10 })).toEqual({
        values: []
      });
    });

    it('takes the days of the zone that is asked for', async () => {
      expect(await found('created:2026-11-25', null, 'Asia/Tehran')).toEqual([24]);
      expect(await found('created:2026-11-25', null, 'UTC')).toEqual([]);
      await expect(found('created:2026-11-25', null, 'Mars/Olympus')).rejects.toMatchObject({ kind: 'field-invalid' });
    });

    it('says where it can not be understood', async () => {
      await expect(found('import "pandas')).rejects.toMatchObject({
        kind: 'search-invalid',
        details: { field: 'q', place: { from: 7, to: 14 }, detail: expect.stringContaining('character 8') as string }
      });
    });

    it('goes through every match once, page by page, and stops', async () => {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await searches.search(ADMIN, { q: '', tz: null, limit: 1, cursor });
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.next;
      } while (cursor);
      expect(new Set(seen).size).toBe(6);
      expect(seen).toHaveLength(6);
    });

    it('refuses the cursor of another search', async () => {
      const { next } = await searches.search(ADMIN, { q: 'import', tz: null, limit: 1, cursor: null });
      await expect(searches.search(ADMIN, { q: '', tz: null, limit: 1, cursor: next })).rejects.toMatchObject({
        kind: 'cursor-invalid'
      });
    });

    it('tells first who looked at whose', async () => {
      const read: unknown[] = [];
      const access = { ...NO_ACCESS, read: (...args: unknown[]) => Promise.resolve(void read.push(args)) };
      const told = createSearches(store.db, access, createCursors(store.db), () => performance.now());
      await told.search(ADMIN, { q: 'groupby(', tz: null, limit: 1, cursor: null });
      expect(read).toMatchObject([[ADMIN, [{ username: 'sara' }], 'search']]);
    });

    it('reads a text as the database does', async () => {
      for (const text of ['ABC ÄÖ', 'مي\u200Cروم كتاب ٣۴', 'ـة ۀ ى', '🔒 Ω'])
        expect(await fresh.query('SELECT celltrail_search_text($1) AS form', [text])).toEqual([
          { form: searchForm(text).form }
        ]);
    });

    it('shows what to highlight', async () => {
      const { items } = await searches.search(ADMIN, { q: 'groupby(', tz: null, limit: 1, cursor: null });
      const { code_preview, matches } = items[0]!;
      expect(matches.map(({ from, to }) => code_preview.slice(from, to))).toEqual(['groupby(']);
    });

    it('counts what it finds by status, person, notebook and client', async () => {
      const facets = await searches.facets(ADMIN, { q: '', tz: null });
      expect(ROUTES.getFacets.answer.parse(facets)).toEqual(facets);
      expect(facets).toMatchObject({
        total: { value: 6, relation: 'exact' },
        status: [
          { value: 'success', count: 4 },
          { value: 'error', count: 1 },
          { value: 'running', count: 1 }
        ],
        client: [
          { value: 'notebook', count: 5 },
          { value: 'console', count: 1 }
        ]
      });
    });

    it('answers /api/search-code in the shape that was wished for', async () => {
      const found = await searches.searchCode('sara', 'import');
      expect(ROUTES.searchCode.answer.parse(found)).toEqual(found);
      expect(found).toEqual([
        { time: '2026-11-20T10:00:00.000Z', cell: 7, code: 'import pandas as pd\ndf.groupby("x")', status: 'success' }
      ]);
      expect(await searches.searchCode('sara', 'user:reza')).toEqual([]);
      expect(await searches.searchCode('sara', '')).toHaveLength(4);
    });

    it('completes what was typed, with the values used last', async () => {
      expect(await searches.complete(ADMIN, { qualifier: 'notebook', prefix: 'فروش', limit: 10 })).toEqual({
        values: [{ value: 'تحلیل/فروش.ipynb', last_used: '2026-11-21T10:00:00.000Z' }]
      });
      const { values } = await searches.complete(ADMIN, { qualifier: 'user', prefix: '', limit: 1 });
      expect(values).toEqual([{ value: 'reza', last_used: '2026-11-24T20:45:00.000Z' }]);
    });
  });
