import { createLog } from '../log.js';
import { createIngest, type Ingest } from '../ingest/accept.js';
import { databases, type FreshDatabase } from './databases.js';
import { testPage } from './events.js';

jest.setTimeout(60_000);

const ROUNDS = 25;

for (const database of databases)
  describe(`faults of ${database.name}`, () => {
    let fresh: FreshDatabase;
    let ingest: Ingest;
    const announced: string[][] = [];
    beforeAll(async () => {
      fresh = await database.fresh();
      const announce = (names: string[]): void => void announced.push(names);
      ingest = createIngest({ store: await fresh.store(), log: createLog('silent'), now: Date.now, announce });
    });
    afterAll(() => fresh.drop());
    const count = async (sql: string): Promise<number> => (await fresh.query<{ n: number }>(`SELECT count(*)::int AS n ${sql}`))[0]!.n; // prettier-ignore

    it('share one transaction among the requests that wait for it', async () => {
      const page = testPage();
      // Holds the first transaction at its end, so that the rest gather.
      await fresh.query('BEGIN; LOCK TABLE execution_rollups IN EXCLUSIVE MODE');
      const first = ingest.accept({ username: 'sara' }, { events: [page.finished()] });
      // Not pg_stat_activity: inside a transaction it stays as it was first seen.
      while (
        !(await count(
          'FROM pg_locks JOIN pg_database d ON d.oid = database WHERE NOT granted AND datname = current_database()'
        ))
      );
      const rest = Array.from({ length: 40 }, () => ingest.accept({ username: 'sara' }, { events: [page.finished()] }));
      await fresh.query('COMMIT');
      await Promise.all([first, ...rest]);
      expect(await count('FROM (SELECT DISTINCT xmin::text FROM code_execution_logs) AS transactions')).toBe(2);
      expect(announced).toEqual([['sara'], ['sara']]);
    });

    it('acknowledge nothing while the connections are killed, and hold each event once, whole, after it was sent again', async () => {
      const page = testPage();
      const sent = Array.from({ length: ROUNDS }, () =>
        Array.from({ length: 20 }, () => page.finished({ execution_time_ms: 1 }))
      );
      let broken = 0;
      const deliver = async (events: unknown[], username: string): Promise<void> => {
        for (;;) {
          try {
            const answers = await ingest.accept({ username }, { events });
            expect(answers.every(({ outcome }) => outcome !== 'refused')).toBe(true);
            return;
          } catch (error) {
            expect(error).toMatchObject(AWAY);
            broken++;
          }
        }
      };
      let done = false;
      const delivery = Promise.all(sent.map((events, i) => deliver(events, `user${i}`))).finally(() => (done = true));
      // Also after the last delivery began to run: a kill of an idle connection is to be survived, too.
      do {
        await fresh.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'celltrail_ingest'"); // prettier-ignore
      } while (!done && broken < ROUNDS);
      await delivery;
      expect(broken).toBeGreaterThan(0);
      expect(await count("FROM code_execution_logs WHERE username LIKE 'user%'")).toBe(ROUNDS * 20);
      const [rolled] = await fresh.query("SELECT sum(executions)::int AS n, sum(total_time_ms)::int AS ms FROM execution_rollups WHERE username LIKE 'user%'"); // prettier-ignore
      expect(rolled).toEqual({ n: ROUNDS * 20, ms: ROUNDS * 20 });
    });

    it('leave nothing half: rows without their rollups are never seen', async () => {
      await fresh.query('ALTER TABLE execution_rollups ADD CONSTRAINT full_disk CHECK (executions < 0) NOT VALID');
      const page = testPage();
      const answers = await ingest.accept({ username: 'half' }, { events: [page.finished(), page.other()] });
      expect(answers.map(({ outcome }) => outcome)).toEqual(['refused', 'stored']);
      expect(await count("FROM code_execution_logs WHERE username = 'half'")).toBe(0);
      await fresh.query('ALTER TABLE execution_rollups DROP CONSTRAINT full_disk');
    });

    it('of a database that is gone are passing', async () => {
      await fresh.query(`ALTER DATABASE ${fresh.name} CONNECTION LIMIT 0`);
      await fresh.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'celltrail_ingest'"); // prettier-ignore
      const event = testPage().finished();
      try {
        await expect(ingest.accept({ username: 'sara' }, { events: [event] })).rejects.toMatchObject(AWAY);
      } finally {
        await fresh.query(`ALTER DATABASE ${fresh.name} CONNECTION LIMIT -1`);
      }
      expect(await deliver(ingest, [event])).toEqual([{ outcome: 'stored' }]);
    });
  });

/** Whether a connection that was killed is noticed first or a new one that is refused is chance. */
const AWAY = { kind: expect.stringMatching(/^database-(unreachable|busy)$/) as string };

/** Sends again until the database answers, as an outbox does: a pool may hold more than one connection that was killed. */
async function deliver(ingest: Ingest, events: unknown[]): Promise<unknown> {
  for (;;) {
    try {
      return await ingest.accept({ username: 'sara' }, { events });
    } catch (error) {
      expect(error).toMatchObject(AWAY);
    }
  }
}
