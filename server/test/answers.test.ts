import { ROUTES } from '@celltrail/protocol/schemas';
import { executionId, type ExecutionStatus } from '@celltrail/protocol';
import { createAnswers, type Answers } from '../answers/answers.js';
import { type Store } from '../store/open.js';
import { databases, type FreshDatabase } from './databases.js';

const PAGE = '0b7c3f5e-6a0e-4d0c-9a39-0f6f1d2f7a11';
// 20:00 in London, 23:30 in Tehran, 01:45 of the next day in Kathmandu.
const NOW = new Date('2026-11-24T20:00:00Z');

for (const database of databases)
  describe(`answers on ${database.name}`, () => {
    let fresh: FreshDatabase;
    let store: Store;
    let answers: Answers;
    beforeAll(async () => {
      fresh = await database.fresh();
      store = await fresh.store();
      answers = createAnswers(store.db, () => NOW);
    });
    afterAll(() => fresh.drop());

    const ran = async (username: string, timestamp: string, status: ExecutionStatus, code = 'x = 1') => {
      const msg = `${username} ${timestamp} ${status}`;
      const ended = status === 'running' || status === 'unknown' ? null : timestamp;
      await fresh.query(
        `INSERT INTO code_execution_logs (id, username, cell_number, code, execution_time_ms, status, timestamp, kernel_id,
           msg_id, requested_at, page_id, page_seq, observed_at, stored_at, completed_at)
         VALUES ($1, $2, 7, $3, 12.345, $4, $5, 'k', $6, $5, $7, 1, $5, $5, $8)`,
        [executionId(timestamp, 'k', msg), username, code, status, timestamp, msg, PAGE, ended]
      );
      await fresh.query(
        `INSERT INTO execution_rollups VALUES ($1, date_bin('15 minutes', $2, 'epoch'), $3, 1, 12.345)
         ON CONFLICT (username, bucket, status) DO UPDATE SET executions = execution_rollups.executions + 1`,
        [username, timestamp, status]
      );
    };

    it('knows nothing of somebody who ran nothing', async () => {
      expect(await answers.stats('nobody', null)).toEqual({
        today: 0,
        total: 0,
        errors: 0,
        successRate: null,
        running: 0,
        lastEventAt: null
      });
      expect(await answers.recentActivity('nobody')).toEqual([]);
      expect(await answers.executions('nobody', 10)).toEqual([]);
    });

    it.each([
      // The day's first and last quarter of an hour, on both sides, in three zones.
      ['UTC', ['2026-11-24T00:00:00Z', '2026-11-24T23:59:59Z'], ['2026-11-23T23:59:59Z', '2026-11-25T00:00:00Z']],
      [
        'Asia/Tehran',
        ['2026-11-23T20:30:00Z', '2026-11-24T20:29:59Z'],
        ['2026-11-23T20:29:59Z', '2026-11-24T20:30:00Z']
      ],
      ['Asia/Kathmandu', ['2026-11-24T18:15:00Z'], ['2026-11-24T18:14:59Z', '2026-11-23T18:15:00Z']]
    ])('counts today by the day of %s', async (zone, within, without) => {
      const user = `user of ${zone}`;
      for (const at of [...within, ...without]) await ran(user, at, 'success');
      expect(await answers.stats(user, zone)).toMatchObject({
        today: within.length,
        total: within.length + without.length
      });
    });

    it("takes the database's day for granted when nobody says a zone", async () => {
      await fresh.query(`ALTER DATABASE ${fresh.name} SET TimeZone = 'Asia/Tehran'`);
      const other = await fresh.store();
      await ran('reza', '2026-11-23T20:30:00Z', 'success'); // midnight in Tehran
      await ran('reza', '2026-11-23T20:29:59Z', 'success');
      expect(await createAnswers(other.db, () => NOW).stats('reza', null)).toMatchObject({ today: 1, total: 2 });
    });

    it('counts a day that is 23 hours long as it is', async () => {
      // In Berlin the clock goes from 02:00 to 03:00 on 2026-03-29; the day ends at 22:00 UTC, not at 23:00.
      await ran('heidi', '2026-03-28T23:00:00Z', 'success');
      await ran('heidi', '2026-03-29T21:59:59Z', 'success');
      await ran('heidi', '2026-03-29T22:00:00Z', 'success');
      const noon = createAnswers(store.db, () => new Date('2026-03-29T12:00:00Z'));
      expect(await noon.stats('heidi', 'Europe/Berlin')).toMatchObject({ today: 2 });
    });

    it.each(['Mars/Olympus', "UTC'; SELECT 1; --", '+03:30'])('refuses the zone %p', async tz => {
      await expect(answers.stats('ali', tz)).rejects.toMatchObject({ kind: 'field-invalid', details: { field: 'tz' } });
    });

    it('tells success from failure, and what runs', async () => {
      const statuses = ['success', 'success', 'success', 'error', 'aborted', 'running', 'unknown'] as const;
      for (const [minute, status] of statuses.entries()) await ran('mina', `2026-11-24T10:0${minute}:00Z`, status);
      expect(await answers.stats('mina', 'UTC')).toMatchObject({ total: 7, errors: 1, successRate: 0.75, running: 1 });
    });

    it('gives the last ten runs, newest first, in the shape that was wished for', async () => {
      for (let minute = 10; minute < 22; minute++)
        await ran('sara', `2026-11-24T10:${minute}:00.123456Z`, 'success', `${'س'.repeat(99)}🔒 more`);
      const activity = await answers.recentActivity('sara');
      expect(ROUTES.getRecentActivity.answer.parse(activity)).toEqual(activity);
      expect(activity).toHaveLength(10);
      expect(activity[0]).toEqual({
        time: '2026-11-24T10:21:00.123456Z',
        cell: 7,
        code: `${'س'.repeat(99)}🔒`,
        status: 'success'
      });
      expect(activity.map(({ time }) => time)).toEqual(
        activity
          .map(({ time }) => time)
          .sort()
          .reverse()
      );
    });

    it('gives as many executions as asked for, of nobody else', async () => {
      const runs = await answers.executions('sara', 3);
      expect(ROUTES.getExecutions.answer.parse(runs)).toEqual(runs);
      expect(runs.map(({ timestamp }) => timestamp.slice(11, 16))).toEqual(['10:21', '10:20', '10:19']);
      expect(runs[0]).toMatchObject({ code_preview: `${'س'.repeat(99)}🔒 more`, execution_time_ms: 12.345 });
    });

    it('says when something was last stored, be it an execution or another event', async () => {
      expect(await answers.stats('sara', null)).toMatchObject({ lastEventAt: '2026-11-24T10:21:00.123456Z' });
      await fresh.query(
        `INSERT INTO audit_events (id, type, username, observed_at, stored_at, body)
         VALUES (gen_random_uuid(), 'capture.disabled', 'sara', $1, $1, '{}')`,
        ['2026-11-24T11:00:00Z']
      );
      expect(await answers.stats('sara', null)).toMatchObject({ lastEventAt: '2026-11-24T11:00:00.000Z' });
    });
  });
