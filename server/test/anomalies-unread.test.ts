import { createCursors } from '../answers/cursors.js';
import { createInbox } from '../anomalies/inbox.js';
import { readingOf, unread } from '../anomalies/names/reading.js';
import { createReadings } from '../anomalies/readings.js';
import { lookForAnomalies, type Watch } from '../anomalies/runner.js';
import { THRESHOLDS } from '../anomalies/thresholds.js';
import { type Store } from '../store/open.js';
import { databases, type FreshDatabase } from './databases.js';
import { storeRuns } from './stored-runs.js';

const WATCH: Watch = {
  policy: [{ name: 'cards', roles: ['analyst'], except: [], tables: ['cards'], functions: [], files: [], hosts: [] }],
  thresholds: THRESHOLDS,
  roleOf: () => 'analyst'
};
const CARDS = 'db.query("SELECT pan FROM cards")';

/** Reads here what a thread reads elsewhere (anomalies-reader.test.ts), and counts it; a slow code takes 6 s. */
const createReader = () => {
  const codes: string[] = [];
  let now = 0;
  const read = (code: string) => {
    codes.push(code);
    const slow = code.startsWith('slow');
    now += slow ? 6_000 : 1;
    return Promise.resolve(slow ? unread('too_slow') : readingOf(code));
  };
  return { codes, readings: createReadings({ read, close: () => Promise.resolve() }, () => now) };
};

for (const database of databases)
  describe(`what looks for anomalies on ${database.name}`, () => {
    let fresh: FreshDatabase;
    let store: Store;
    beforeAll(async () => {
      fresh = await database.fresh();
      store = await fresh.store();
    });
    afterAll(() => fresh.drop());

    const alertsOf = async (username: string) => {
      const inbox = createInbox(store.db, createCursors(store.db), () => new Date());
      return (await inbox.list(username, { state: 'all', kind: null, limit: 50, cursor: null }, 'mina')).items;
    };

    it('raises an alert for a code that could not be read in time, and reads the others all the same', async () => {
      const { codes, readings } = createReader();
      const look = async () => {
        while (await lookForAnomalies(store.db, WATCH, readings, { lagMs: 0, batch: 100 }));
      };
      const run = (minute: number, code: string) => ({ username: 'amir', timestamp: `2026-11-24T09:0${minute}:00Z`, stored_at: `2026-11-26T00:0${minute}:00Z`, code }); // prettier-ignore
      const [slow] = await storeRuns(fresh, [run(0, 'slow'), run(1, CARDS)]);
      await look();
      const alerts = await alertsOf('amir');
      expect(alerts.map(({ kind, names, evidence_count }) => [kind, names, evidence_count]).sort()).toEqual([
        ['policy_access', ['cards'], 1],
        ['unread_code', ['too_slow'], 1]
      ]);
      expect(alerts.find(({ kind }) => kind === 'unread_code')).toMatchObject({ evidence: [slow], figure: 1, normal: null }); // prettier-ignore
      await storeRuns(fresh, [run(2, 'x = 1')]);
      await look();
      expect(codes).toEqual(expect.arrayContaining(['slow', CARDS, 'x = 1']));
      expect(codes).toHaveLength(3);
      expect(await alertsOf('amir')).toEqual(alerts);
    });

    it("waits for no more of a person's slow codes than a step has patience for", async () => {
      const { codes, readings } = createReader();
      const stored_at = '2026-11-26T00:03:00Z';
      const slow = Array.from({ length: 9 }, (_, i) => ({ username: 'shirin', timestamp: `2026-11-24T09:0${i}:00Z`, stored_at, code: 'slow' })); // prettier-ignore
      await storeRuns(fresh, [...slow, { username: 'taraneh', stored_at, code: CARDS }]);
      while (await lookForAnomalies(store.db, WATCH, readings, { lagMs: 0, batch: 100 }));
      expect(codes.filter(code => code === 'slow')).toHaveLength(4);
      expect(await alertsOf('shirin')).toMatchObject([{ kind: 'unread_code', evidence_count: 9 }]);
      expect(await alertsOf('taraneh')).toMatchObject([{ kind: 'policy_access', evidence_count: 1 }]);
    });
  });
