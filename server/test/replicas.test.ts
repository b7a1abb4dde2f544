import { createLog } from '../log.js';
import { createIngest, type Ingest } from '../ingest/accept.js';
import { databases, type FreshDatabase } from './databases.js';
import { testPage } from './events.js';

jest.setTimeout(120_000);

for (const database of databases)
  describe(`two replicas on ${database.name}`, () => {
    let fresh: FreshDatabase;
    let replicas: [Ingest, Ingest];
    beforeAll(async () => {
      fresh = await database.fresh();
      const make = async (): Promise<Ingest> =>
        createIngest({
          store: await fresh.store(),
          log: createLog('silent'),
          now: Date.now,
          announce: () => undefined
        });
      replicas = [await make(), await make()];
    });
    afterAll(() => fresh.drop());
    beforeEach(() => fresh.query('TRUNCATE code_execution_logs, audit_events, execution_rollups'));

    const both = async (left: unknown[], right: unknown[]): Promise<string[][]> => {
      const answers = await Promise.all(
        [left, right].map((events, i) => replicas[i]!.accept({ username: 'sara' }, { events }))
      );
      return answers.map(list => list.map(({ outcome }) => outcome));
    };
    const figures = () => fresh.query('SELECT status, executions::int, round(total_time_ms)::int AS ms FROM execution_rollups WHERE executions <> 0 ORDER BY 1'); // prettier-ignore

    it('that get the same batch store each event once, whatever the order in it', async () => {
      for (let round = 0; round < 20; round++) {
        const page = testPage();
        const events = Array.from({ length: 30 }, (_, i) =>
          i % 3 ? page.finished({ execution_time_ms: 1 }) : page.other()
        );
        const [left, right] = await both(events, [...events].reverse());
        right!.reverse();
        for (const i of events.keys()) expect([left![i], right![i]].sort()).toEqual(['duplicate', 'stored']);
      }
      expect(await figures()).toEqual([{ status: 'success', executions: 400, ms: 400 }]);
    });

    it('that get start and end of the same runs, in opposite orders, complete each once', async () => {
      for (let round = 0; round < 20; round++) {
        const page = testPage();
        const ends = Array.from({ length: 30 }, () => page.finished({ execution_time_ms: 2 }));
        const starts = ends.map(end => page.startOf(end)).reverse();
        await both(starts, ends);
      }
      expect(await figures()).toEqual([{ status: 'success', executions: 600, ms: 1200 }]);
      expect(await fresh.query('SELECT FROM code_execution_logs WHERE completed_at IS NULL')).toEqual([]);
    });

    it('that complete the same open rows at once do so once, and keep ends that differ', async () => {
      for (let round = 0; round < 20; round++) {
        const page = testPage();
        const ends = Array.from({ length: 10 }, () => page.finished({ execution_time_ms: 3 }));
        await replicas[0].accept({ username: 'sara' }, { events: ends.map(end => page.startOf(end)) });
        const failed = ends.map(end => ({ ...end, status: 'error' as const }));
        const [left, right] = await both(ends, failed.reverse());
        expect([...left!, ...right!]).toEqual(Array.from({ length: 20 }, () => 'stored'));
      }
      const [{ n }] = (await fresh.query("SELECT count(*)::int AS n FROM audit_events WHERE type = 'execution.contradicted'")) as [{ n: number }]; // prettier-ignore
      expect(n).toBe(200);
      const rows = await fresh.query<{ executions: number }>('SELECT count(*)::int AS executions, status FROM code_execution_logs GROUP BY status ORDER BY status'); // prettier-ignore
      expect((await figures()).map(({ status, executions }) => ({ executions, status }))).toEqual(rows);
      expect(rows.reduce((sum, { executions }) => sum + executions, 0)).toBe(200);
    });
  });
