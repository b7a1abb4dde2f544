import { type AnomalyState } from '@celltrail/protocol';
import { ROUTES } from '@celltrail/protocol/schemas';
import { createCursors } from '../answers/cursors.js';
import { createInbox } from '../anomalies/inbox.js';
import { readingOf } from '../anomalies/names/reading.js';
import { createReadings } from '../anomalies/readings.js';
import { lookForAnomalies, watchForAnomalies, type Watch } from '../anomalies/runner.js';
import { THRESHOLDS } from '../anomalies/thresholds.js';
import { createLog } from '../log.js';
import { keepAnomalies } from '../store/anomalies.js';
import { holdCursor } from '../store/follow-cursor.js';
import { type Store } from '../store/open.js';
import { databases, type FreshDatabase } from './databases.js';
import { storeRuns, type StoredRun } from './stored-runs.js';

const ALL = { state: 'all', kind: null, limit: 50, cursor: null } as const;
const POLICY: Watch['policy'] = [{ name: 'cards', roles: ['analyst'], except: [], tables: ['cards'], functions: ['vault.read'], files: [], hosts: [] }]; // prettier-ignore
const WATCH: Watch = {
  policy: POLICY,
  thresholds: THRESHOLDS,
  roleOf: (username, tokens) => tokens[0] ?? (username === 'mina' ? 'admin' : 'analyst')
};

for (const database of databases)
  describe(`alerts on ${database.name}`, () => {
    let fresh: FreshDatabase;
    let store: Store;
    beforeAll(async () => {
      fresh = await database.fresh();
      store = await fresh.store();
      const at = (day: number, hour: number, minute: number) =>
        new Date(Date.UTC(2026, 10, day, hour, minute)).toISOString();
      const habit = Array.from({ length: 15 }, (_, day) =>
        Array.from({ length: 8 }, (_, hour): StoredRun => ({ timestamp: at(day + 1, 9 + hour, 30) }))
      ).flat();
      const night = Array.from({ length: 6 }, (_, i): StoredRun => ({ timestamp: at(24, 2, i) }));
      const storm = Array.from({ length: 12 }, (_, i): StoredRun => ({ timestamp: at(24, 11, i), status: 'error', error_message: 'KeyError: 1' })); // prettier-ignore
      const cards = { code: 'db.query("SELECT pan FROM cards")', timestamp: at(24, 12, 0) };
      await storeRuns(fresh, [...habit, ...night, ...storm, cards, { ...cards, username: 'mina' }]);
    });
    afterAll(() => fresh.drop());

    // What a thread reads elsewhere is read here: anomalies-reader.test.ts is about the thread.
    const readings = createReadings({ read: code => Promise.resolve(readingOf(code)), close: () => Promise.resolve() });
    const look = async () => {
      while (await lookForAnomalies(store.db, WATCH, readings, { lagMs: 0, batch: 25 }));
    };

    it('come from the record, once, however often it is looked at', async () => {
      await look();
      const inbox = createInbox(store.db, createCursors(store.db), () => new Date());
      const { items } = await inbox.list(null, ALL, 'mina');
      expect(items.map(({ kind, username }) => `${kind} ${username}`).sort()).toEqual([
        'excessive_failures sara',
        'policy_access sara',
        'unusual_hour sara'
      ]);
      expect(items.find(({ kind }) => kind === 'unusual_hour')).toMatchObject({ figure: 2, evidence_count: 6 });
      await fresh.query('DELETE FROM follow_cursors');
      await look();
      expect((await inbox.list(null, ALL, 'mina')).items).toEqual(items);
    });

    it('grow with what comes later, and wait for a verdict again where they had one', async () => {
      const inbox = createInbox(store.db, createCursors(store.db), () => new Date());
      const find = async (state: AnomalyState) => {
        const { items, counts } = await inbox.list('sara', { ...ALL, kind: 'policy_access', state }, 'mina');
        expect(items.length).toBeLessThan(2);
        return { alert: items[0], counts };
      };
      const found = (await find('open')).alert!;
      const said = { comment: 'she may', said_by: 'mina' };
      const judged = await inbox.judge(found.id, { ...said, verdict: 'fine', seen: found });
      expect([judged.grown, judged.grown_at, judged.verdict]).toEqual([false, null, judged.history[0]]);
      expect(judged.verdict).toMatchObject({ verdict: 'fine', by: 'mina', figure: 1, evidence_count: 1 });
      await look();
      expect((await find('fine')).alert).toEqual(judged);

      const late = { timestamp: '2026-11-24T13:00:00Z', stored_at: '2026-11-26T00:00:00Z' };
      await storeRuns(fresh, [{ ...late, code: 'db.query("DELETE FROM cards")' }]);
      await look();
      const { alert: grown, counts } = await find('open');
      expect(counts).toEqual({ open: 1, grown: 1, fine: 0, not_fine: 0, needs_look: 0 });
      expect(grown).toMatchObject({ id: found.id, figure: 2, evidence_count: 2, grown: true, verdict: null, history: judged.history }); // prettier-ignore
      expect(ROUTES.postVerdict.answer.parse(grown)).toEqual(grown);
      expect([(await find('grown')).alert, (await find('fine')).alert]).toEqual([grown, undefined]);

      const stale = await inbox.judge(found.id, { ...said, verdict: 'not_fine', seen: found });
      expect([stale.grown, stale.verdict]).toEqual([true, null]);
      expect(stale.history[1]).toMatchObject({ verdict: 'not_fine', figure: 1, evidence_count: 1 });
      const again = await inbox.judge(found.id, { ...said, verdict: 'needs_look', seen: grown! });
      expect(again).toMatchObject({ grown: false, verdict: { verdict: 'needs_look', figure: 2, evidence_count: 2 } });
      expect(again.history.map(({ verdict }) => verdict)).toEqual(['fine', 'not_fine', 'needs_look']);
      const undone = await inbox.judge(found.id, { ...said, verdict: null, seen: again });
      expect([undone.grown, undone.verdict]).toEqual([false, null]);
      expect((await find('open')).counts).toMatchObject({ open: 1, grown: 0 });
    });

    it('have grown where they shrank and grew again, and not where they only shrank', async () => {
      const inbox = createInbox(store.db, createCursors(store.db), () => new Date());
      const [alert] = (await inbox.list('sara', { ...ALL, kind: 'policy_access' }, 'mina')).items;
      const keep = (count: number) =>
        keepAnomalies(store.db, [{ ...alert!, figure: count, evidence_count: count, evidence: alert!.evidence }]);
      const grown = async () => (await inbox.list('sara', { ...ALL, kind: 'policy_access' }, 'mina')).items[0]!.grown;
      await inbox.judge(alert!.id, { verdict: 'fine', comment: null, said_by: 'mina', seen: null });
      await keep(1);
      expect(await grown()).toBe(false);
      await keep(2);
      expect(await grown()).toBe(true);
    });

    it('of an hour have not grown where it is another one', async () => {
      const inbox = createInbox(store.db, createCursors(store.db), () => new Date());
      const [alert] = (await inbox.list('sara', { ...ALL, kind: 'unusual_hour' }, 'mina')).items;
      await inbox.judge(alert!.id, { verdict: 'fine', comment: null, said_by: 'mina', seen: null });
      await keepAnomalies(store.db, [{ ...alert!, figure: 3 }]);
      expect((await inbox.list('sara', { ...ALL, kind: 'unusual_hour' }, 'mina')).items[0]).toMatchObject({ grown: false, verdict: { verdict: 'fine' } }); // prettier-ignore
    });

    it('know what an import calls a thing in a later cell of the same kernel', async () => {
      const reader = { username: 'neda', timestamp: '2026-11-24T09:00:00Z' };
      await storeRuns(fresh, [
        { ...reader, code: 'import vault as v' },
        { ...reader, timestamp: '2026-11-24T09:05:00Z', code: 'v.read()' }
      ]);
      await fresh.query('DELETE FROM follow_cursors');
      await look();
      const { items } = await createInbox(store.db, createCursors(store.db), () => new Date()).list(
        'neda',
        ALL,
        'mina'
      );
      expect(items).toMatchObject([{ kind: 'policy_access', names: ['vault.read'], evidence_count: 1 }]);
    });

    it('are of what a person may do with their tokens', async () => {
      await fresh.query(
        "INSERT INTO access_tokens (name, username, role, hash, created_by) VALUES ('x', 'omid', 'auditor', sha256('omid'), 'mina')"
      );
      const late = { timestamp: '2026-11-24T13:00:00Z', stored_at: '2026-11-26T00:10:00Z' };
      await storeRuns(fresh, [{ ...late, username: 'omid', code: 'db.query("SELECT 1 FROM cards")' }]);
      await look();
      expect(
        (await createInbox(store.db, createCursors(store.db), () => new Date()).list('omid', ALL, 'mina')).items
      ).toEqual([]);
    });

    it('wait for commits that may come late', async () => {
      const recent = { timestamp: new Date().toISOString(), code: 'db.query("SELECT 1 FROM cards")' };
      await storeRuns(fresh, [{ ...recent, username: 'hasti' }]);
      expect(await lookForAnomalies(store.db, WATCH, readings, { lagMs: 90_000, batch: 25 })).toBe(0);
      await look();
      expect(
        (await createInbox(store.db, createCursors(store.db), () => new Date()).list('hasti', ALL, 'mina')).items
      ).toHaveLength(1);
    });

    it('are looked for by one server at a time, and a step that fails is made again', async () => {
      await fresh.query('DELETE FROM follow_cursors');
      const broken: Watch = {
        ...WATCH,
        roleOf: () => {
          throw new Error('a fault');
        }
      };
      await expect(lookForAnomalies(store.db, broken, readings, { lagMs: 0, batch: 25 })).rejects.toThrow('a fault');
      expect(await fresh.query('SELECT FROM follow_cursors')).toEqual([]);
      const second = await fresh.store();
      const other = await store.db.transaction().execute(async tx => {
        await holdCursor(tx, 'anomalies');
        return lookForAnomalies(second.db, WATCH, readings, { lagMs: 0, batch: 25 });
      });
      expect(other).toBeNull();
    });

    it('are looked for again and again until it is ended', async () => {
      await fresh.query('DELETE FROM follow_cursors; DELETE FROM anomalies');
      const watching = [1, 2].map(() =>
        watchForAnomalies(store.db, createLog('silent'), WATCH, { everyMs: 5, lagMs: 0, batch: 25 })
      );
      const count = async () =>
        (await createInbox(store.db, createCursors(store.db), () => new Date()).list(null, ALL, 'mina')).items.length;
      while ((await count()) < 5) await new Promise(resolve => setTimeout(resolve, 20));
      await Promise.all(watching.map(end => end()));
      expect(await lookForAnomalies(store.db, WATCH, readings, { lagMs: 0, batch: 5000 })).toBeGreaterThanOrEqual(0);
      expect(await count()).toBe(5);
    });
  });
