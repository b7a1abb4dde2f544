import { databases } from './databases.js';
import { makeSampleRecord, type SampleRecord } from './sample-record.js';
import { storeRuns } from './stored-runs.js';

/** As the views say it, counted from the rows themselves. */
const COUNTED = `
  count(*) AS executions, count(*) FILTER (WHERE status = 'success') AS succeeded,
  count(*) FILTER (WHERE status IN ('error', 'interrupted', 'kernel_died', 'kernel_restarted')) AS failed,
  count(*) FILTER (WHERE status = 'aborted') AS aborted,
  count(*) FILTER (WHERE status IN ('running', 'unknown')) AS still_open,
  coalesce(sum(execution_time_ms), 0) AS total_time_ms`;
const NAMES = 'executions, succeeded, failed, aborted, still_open, total_time_ms';

for (const database of databases)
  describe(`the views for reports on ${database.name}`, () => {
    let { fresh, reader, drop } = {} as SampleRecord;
    beforeAll(async () => {
      ({ fresh, reader, drop } = await makeSampleRecord(database));
      // Late on the 20th in UTC, and the 21st already in Tehran.
      await storeRuns(fresh, [{ username: 'dara', timestamp: '2026-10-20T21:00:00Z', execution_time_ms: 2000 }]);
    });
    afterAll(() => drop());
    const ask = async (statement: string): Promise<unknown[]> =>
      (await reader.query<Record<string, unknown>>(statement)).rows;

    it.each(['UTC', 'Asia/Tehran', 'America/St_Johns'])(
      'count by day and by hour what is in the rows, in %s',
      async zone => {
        await reader.query(`SET timezone TO '${zone}'`);
        for (const [view, key, of] of [
          ['daily_activity', 'day', 'timestamp::date'],
          ['hourly_activity', 'hour', "date_trunc('hour', timestamp)"]
        ] as const) {
          const seen = await ask(`SELECT ${key}::text, username, ${NAMES} FROM ${view} ORDER BY 1, 2`);
          const true_ = await ask(`SELECT (${of})::text AS ${key}, username, ${COUNTED} FROM code_execution_logs GROUP BY 1, 2 ORDER BY 1, 2`); // prettier-ignore
          expect(seen.length).toBeGreaterThan(5);
          expect(seen).toEqual(true_);
        }
      }
    );

    it("take the days of the session's time zone", async () => {
      for (const [zone, day] of [
        ['UTC', '2026-10-20'],
        ['Asia/Tehran', '2026-10-21']
      ] as const) {
        // prettier-ignore
        await reader.query(`SET timezone TO '${zone}'`);
        expect(await ask("SELECT day::text FROM daily_activity WHERE username = 'dara'")).toEqual([{ day }]);
      }
    });

    it('leave out what never ran and what has no end from shares and averages', async () => {
      const [sara] = await ask(
        "SELECT failed_share, average_ms, aborted, still_open FROM user_summary WHERE username = 'sara'"
      );
      expect(sara).toEqual({ failed_share: 1, average_ms: 12.5, aborted: '1', still_open: '1' });
    });

    it('tell of everyone, whoever only has JupyterLab open, too', async () => {
      expect(await ask('SELECT username, executions::int, capture FROM user_summary ORDER BY username')).toEqual([
        { username: 'ali', executions: 12, capture: 'silent' },
        { username: 'dara', executions: 1, capture: 'silent' },
        { username: 'mina', executions: 0, capture: 'off' },
        { username: 'nima', executions: 1, capture: 'silent' },
        { username: 'reza', executions: 3, capture: 'silent' },
        { username: 'sara', executions: 4, capture: 'off' },
        { username: 'test_user', executions: 3, capture: 'recording' }
      ]);
      const [user] = await ask("SELECT first_active < last_active AS ordered, last_7_days::int FROM user_summary WHERE username = 'test_user'"); // prettier-ignore
      expect(user).toEqual({ ordered: true, last_7_days: 2 });
    });

    it('say how recording stands and what is missing', async () => {
      expect(
        await ask(`SELECT username, capture, pages_open::int AS open, pages_recording::int AS recording, faults, waiting::int,
                          missing_events::int AS events, gaps_7_days::int AS gaps, missing_executions_7_days::int AS missing,
                          turned_off_at IS NOT NULL AS was_off
                     FROM capture_coverage WHERE username IN ('mina', 'reza', 'sara') ORDER BY username`)
      ).toEqual([
        { username: 'mina', capture: 'off', open: 1, recording: 0, faults: ['bypassed'], waiting: 0, events: 0, gaps: 0, missing: 0, was_off: false },
        { username: 'reza', capture: 'silent', open: 0, recording: 0, faults: [], waiting: 3, events: 2, gaps: 2, missing: 2, was_off: false },
        { username: 'sara', capture: 'off', open: 1, recording: 0, faults: [], waiting: 0, events: 0, gaps: 0, missing: 0, was_off: true }
      ]); // prettier-ignore
    });

    it('count what a browser holds once, however many of its pages tell it', async () => {
      await fresh.query(`
        INSERT INTO page_presence (page_id, username, extension_version, capturing, waiting, refused, last_seen, browser_id)
        SELECT gen_random_uuid(), 'omid', '0.1.0', true, n, 1, now() - make_interval(secs => n), '00000000-0000-4000-8000-000000000001'
          FROM generate_series(5, 7) AS n`);
      const [omid] = await ask(
        "SELECT waiting::int, refused::int, pages_open::int FROM capture_coverage WHERE username = 'omid'"
      );
      expect(omid).toEqual({ waiting: 5, refused: 1, pages_open: 3 });
    });

    it('list what was slow, what runs, and what failed', async () => {
      expect(await ask('SELECT username, execution_time_ms FROM slow_executions ORDER BY 2')).toEqual([
        { username: 'dara', execution_time_ms: 2000 },
        { username: 'test_user', execution_time_ms: 4200 },
        { username: 'reza', execution_time_ms: 90_000 }
      ]);
      expect(await ask("SELECT username, code_preview, page_open, running_for > interval '20 s' AS long FROM running_executions")).toEqual([
        { username: 'sara', code_preview: 'sleep(600)', page_open: false, long: true }
      ]); // prettier-ignore
      expect(await ask('SELECT error_name, times::int, notebooks::int, last_message FROM error_summary ORDER BY 1')).toEqual([
        { error_name: 'KeyError', times: 1, notebooks: 1, last_message: 'KeyError: x' },
        { error_name: 'ZeroDivisionError', times: 1, notebooks: 1, last_message: 'ZeroDivisionError: division by zero' }
      ]); // prettier-ignore
    });

    it('count notebooks by their rows', async () => {
      const seen = await ask(`SELECT notebook_path, ${NAMES} FROM notebook_summary ORDER BY 1`);
      expect(seen).toEqual(await ask(`SELECT notebook_path, ${COUNTED} FROM code_execution_logs WHERE notebook_path IS NOT NULL GROUP BY 1 ORDER BY 1`)); // prettier-ignore
      expect(seen).toHaveLength(2);
    });

    it('say who read whose code and who exported', async () => {
      expect(await ask('SELECT type, username, place, people, executions::int FROM access_log ORDER BY type')).toEqual([
        { type: 'access.denied', username: 'sara', place: '/api/v1/people', people: [], executions: null },
        { type: 'access.read', username: 'mina', place: 'search', people: ['reza', 'sara'], executions: 3 },
        { type: 'export.made', username: 'mina', place: 'status:error', people: ['sara'], executions: 2 },
        { type: 'export.started', username: 'mina', place: 'status:error', people: [], executions: null }
      ]);
    });

    it('are given to no role that could not read what they are made of', async () => {
      await fresh.query('CREATE ROLE stranger_of_reports; GRANT SELECT ON daily_activity TO stranger_of_reports');
      await fresh.query('SET ROLE stranger_of_reports');
      await expect(fresh.query('SELECT FROM daily_activity')).rejects.toMatchObject({ code: '42501' });
      await fresh.query('RESET ROLE');
      await fresh.query('REVOKE ALL ON daily_activity FROM stranger_of_reports; DROP ROLE stranger_of_reports');
    });
  });
