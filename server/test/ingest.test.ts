import { createLog } from '../log.js';
import { createIngest, type Ingest } from '../ingest/accept.js';
import { databases, type FreshDatabase } from './databases.js';
import { testPage } from './events.js';

for (const database of databases)
  describe(`ingest on ${database.name}`, () => {
    let fresh: FreshDatabase;
    let ingest: Ingest;
    const announced: string[][] = [];
    beforeAll(async () => {
      fresh = await database.fresh();
      const store = await fresh.store();
      const announce = (usernames: string[]): void => void announced.push(usernames);
      ingest = createIngest({ store, log: createLog('silent'), now: Date.now, announce });
    });
    afterAll(() => fresh.drop());
    beforeEach(async () => {
      announced.length = 0;
      await fresh.query('TRUNCATE code_execution_logs, audit_events, execution_rollups, page_presence');
    });
    const send = async (events: unknown[], username = 'test_user'): Promise<string[]> =>
      (await ingest.accept({ username }, { events })).map(({ outcome }) => outcome);
    const row = async (): Promise<Record<string, unknown> | undefined> =>
      (await fresh.query('SELECT * FROM code_execution_logs'))[0];

    it('stores an execution with all that was said of it', async () => {
      const end = testPage().finished({ status: 'error', error_message: 'ZeroDivisionError: division by zero' });
      expect(await send([end])).toEqual(['stored']);
      const { timestamp, code, status, error_message, kernel_id, msg_id, output_types, notebook_path, client } = end;
      const [stored] = await fresh.query(`
        SELECT *, to_char(timestamp AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at FROM code_execution_logs`);
      expect(stored).toMatchObject({
        ...{ code, status, error_message, kernel_id, msg_id, output_types, notebook_path, client },
        cell_number: '1',
        output_bytes: '120',
        username: 'test_user',
        at: timestamp
      });
      expect(stored?.completed_at).toEqual(stored?.stored_at);
      expect(announced).toEqual([['test_user']]);
    });

    it('keeps one row when the end comes after the start, before it, with it, or twice', async () => {
      const page = testPage();
      const end = page.finished();
      const start = page.startOf(end);
      const rows = [];
      for (const batches of [
        [[start], [end]],
        [[end], [start]],
        [[start, end]],
        [[end, start]],
        [[end, end]],
        [[start], [start], [end], [end], [start]]
      ]) {
        // prettier-ignore
        await fresh.query('TRUNCATE code_execution_logs, execution_rollups');
        for (const batch of batches) await send(batch);
        const kept = await row();
        expect(kept?.completed_at).not.toBeNull();
        rows.push({ ...kept, stored_at: null, completed_at: null });
        const [{ count }] = (await fresh.query('SELECT count(*) FROM code_execution_logs')) as [{ count: string }];
        expect(count).toBe('1');
        const rollups = await fresh.query('SELECT status, executions::int, total_time_ms FROM execution_rollups WHERE executions <> 0'); // prettier-ignore
        expect(rollups).toEqual([{ status: 'success', executions: 1, total_time_ms: 12.345 }]);
      }
      for (const other of rows) expect(other).toEqual(rows[0]);
    });

    it('answers duplicate to what it has, whether it came alone or in the same batch', async () => {
      const page = testPage();
      const events = [page.finished(), page.other()];
      expect(await send([...events, ...events])).toEqual(['stored', 'stored', 'duplicate', 'duplicate']);
      expect(await send(events)).toEqual(['duplicate', 'duplicate']);
      expect(announced).toHaveLength(1);
    });
  });
