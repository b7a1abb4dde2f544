import { createAccess, ONE_READING_MS } from '../answers/access.js';
import { createAnalytics, type AskAnalytics } from '../answers/analytics/analytics.js';
import { createCursors } from '../answers/cursors.js';
import { createSearches, type Searches } from '../answers/search/search.js';
import { databases, type FreshDatabase } from './databases.js';
import { storeRuns } from './stored-runs.js';

const MINA = { username: 'mina', role: 'auditor' } as const;
const SARA = { username: 'sara', role: 'analyst' } as const;
const WEEK = { from: '2026-11-18', to: '2026-11-24', tz: 'UTC', notebook: null, slowerThan: 1000 };
const NOON = Date.parse('2026-11-24T12:00:00Z');

for (const database of databases)
  describe(`what is on record of reading, on ${database.name},`, () => {
    let fresh: FreshDatabase;
    let searches: Searches;
    let analytics: AskAnalytics;
    let ids: string[];
    let now: number;
    beforeEach(async () => {
      fresh = await database.fresh();
      const { db } = await fresh.store();
      now = NOON;
      const clock = () => new Date(now);
      const access = createAccess(db, clock);
      searches = createSearches(db, access, createCursors(db), () => performance.now());
      analytics = createAnalytics(db, access, clock);
      ids = await storeRuns(fresh, [
        { code: 'password = "x1"', execution_time_ms: 5000 },
        { code: 'password = "x2"', username: 'reza' },
        { code: 'password = "x3"', username: 'mina', execution_time_ms: 7000 },
        { code: 'print(1)', username: 'ali' }
      ]);
    });
    afterEach(() => fresh.drop());

    const facets = (q: string, reader: Parameters<Searches['facets']>[0] = MINA) => searches.facets(reader, { q, tz: null }); // prettier-ignore
    const readings = async () => {
      const rows = await fresh.query<{ username: string; body: Record<string, unknown> }>("SELECT username, body FROM audit_events WHERE type = 'access.read' ORDER BY stored_at"); // prettier-ignore
      return rows.map(({ username, body: { where, role, of, executions, query } }) => ({ username, where, role, of, executions, query })); // prettier-ignore
    };

    it('is in whose code a text stands, when facets tell it, once in a quarter of an hour', async () => {
      const told = { username: 'mina', where: 'facets', role: 'auditor', executions: [] };
      await facets('password');
      await facets('password');
      expect(await readings()).toEqual([{ ...told, of: ['reza', 'sara'], query: 'password' }]);
      await facets('"x1"');
      await facets('-password');
      now += ONE_READING_MS;
      await facets('password');
      expect((await readings()).slice(1)).toEqual([
        { ...told, of: ['sara'], query: '"x1"' },
        { ...told, of: ['ali'], query: '-password' },
        { ...told, of: ['reza', 'sara'], query: 'password' }
      ]);
      expect(
        await fresh.query("SELECT place, people, executions FROM access_log WHERE people = '{ali}'")
      ).toMatchObject([{ place: 'facets', people: ['ali'] }]);
    });

    it('is who comes to have that text meanwhile, beside those who were told', async () => {
      await facets('password');
      await storeRuns(fresh, [{ code: 'password', username: 'ali' }]);
      await facets('password');
      expect((await readings()).map(({ of }) => of)).toEqual([['reza', 'sara'], ['ali']]);
    });

    it('is not what facets count without a text, what is in nobody else’s code, and what is one’s own', async () => {
      await facets('user:sara status:success');
      await facets('x3');
      await facets('password', SARA);
      expect(await readings()).toEqual([]);
    });

    it('is not a name that completes a search', async () => {
      for (const qualifier of ['user', 'notebook', 'kernel'] as const)
        expect((await searches.complete(MINA, { qualifier, prefix: '', limit: 9 })).values).not.toEqual([]);
      expect(await readings()).toEqual([]);
    });

    it('comes before the answer: without it there is none', async () => {
      await fresh.query('REVOKE INSERT ON audit_events FROM celltrail_ingest');
      await expect(facets('password')).rejects.toMatchObject({ code: '42501' });
      await expect(analytics(MINA, null, WEEK)).rejects.toMatchObject({ code: '42501' });
    });

    it('are the slow runs whose code analytics show', async () => {
      const { slow } = await analytics(MINA, null, WEEK);
      expect(slow.rows.map(({ code_preview }) => code_preview)).toEqual(['password = "x3"', 'password = "x1"']);
      await analytics(MINA, null, WEEK);
      expect(await readings()).toEqual([
        { username: 'mina', where: 'analytics', role: 'auditor', of: ['sara'], executions: [ids[0]], query: undefined }
      ]);
    });
  });
