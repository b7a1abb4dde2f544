import pg from 'pg';
import { type LiveRuns } from '@celltrail/protocol';
import { createWall, MOST_RUNS, type Wall } from '../live/wall.js';
import { createLog } from '../log.js';
import { changedRuns, thisMoment } from '../store/changed-runs.js';
import { startBareApp, type BareApp } from './bare-app.js';
import { databases, type FreshDatabase } from './databases.js';
import { openEventStream, type OpenStream } from './event-stream.js';
import { storeRuns } from './stored-runs.js';

const PATH = '/api/v1/live?of=everyone';
const update = (message: { data: string }) => JSON.parse(message.data) as LiveRuns;

for (const database of databases)
  describe(`the live wall on ${database.name}`, () => {
    let fresh: FreshDatabase;
    const replicas: { app: BareApp; wall: Wall }[] = [];
    beforeAll(async () => {
      fresh = await database.fresh();
      for (let i = 0; i < 2; i++) {
        const { db } = await fresh.store();
        const source = {
          thisMoment: () => thisMoment(db),
          changedRuns: (...args: [Parameters<typeof changedRuns>[1], Parameters<typeof changedRuns>[2], number]) =>
            changedRuns(db, ...args)
        };
        const wall = createWall(source, createLog('silent'));
        replicas.push({ wall, app: await startBareApp({}, { wall }) });
      }
    });
    afterAll(async () => {
      for (const { app, wall } of replicas) {
        wall.close();
        await app.close(0);
      }
      await fresh.drop();
    });

    const open = (replica: number, lastId?: string): Promise<OpenStream> =>
      openEventStream(replicas[replica]!.app.port, PATH, lastId === undefined ? {} : { 'Last-Event-ID': lastId });
    const now = () => new Date().toISOString();

    it('begins by saying that nobody knows what was missed, and tells each run that is committed', async () => {
      const stream = await open(0);
      const [first] = await stream.until(1);
      expect([first!.event, update(first!)]).toEqual(['runs', { runs: [], more: true }]);
      const [id] = await storeRuns(fresh, [{ code: 'SECRET', timestamp: now() }]);
      replicas[0]!.wall.changed();
      const [, second] = await stream.until(2);
      expect(update(second!)).toMatchObject({ runs: [{ id, username: 'sara', status: 'success' }], more: false });
      expect(stream.text()).not.toContain('SECRET');
      stream.end();
    });

    it('goes on at another replica where it broke off, without gaps or doubles, however commits overtake each other', async () => {
      const clients = await Promise.all(
        Array.from({ length: 6 }, async () => {
          const client = new pg.Client(fresh.superuser);
          await client.connect();
          return client;
        })
      );
      const told: string[] = [];
      const expected: string[] = [];
      let stream = await open(0);
      let [last] = await stream.until(1);
      const follow = async (replica: number) => {
        stream.end();
        stream = await open(replica, last!.id);
        const messages = await stream.until(1);
        for (const { runs, more } of messages.map(update)) {
          expect(more).toBe(false);
          told.push(...runs.map(({ id, status }) => `${id} ${status}`));
        }
        last = messages.at(-1);
      };
      for (let round = 0; round < 12; round++) {
        // Each begins before the one before it ends; some end in the same order, some in the other.
        const [first, second] = [clients[round % 6]!, clients[(round + 1) % 6]!];
        const query = (client: pg.Client) => ({ query: async (sql: string, values?: unknown[]) => (await client.query(sql, values)).rows as never }); // prettier-ignore
        await first.query('BEGIN');
        const [open] = await storeRuns(query(first), [{ status: 'running', execution_time_ms: null, timestamp: now(), stored_at: now() }]); // prettier-ignore
        await follow(round % 2);
        await second.query('BEGIN');
        const ids = await storeRuns(query(second), [{ timestamp: now(), stored_at: now() }]);
        const order = round % 3 ? [second, first] : [first, second];
        await order[0]!.query('COMMIT');
        await follow((round + 1) % 2);
        await order[1]!.query('COMMIT');
        expected.push(`${open} running`, `${ids[0]} success`);
        if (round % 2) {
          await fresh.query(
            `UPDATE code_execution_logs SET status = 'success', completed_at = now() WHERE id = '${open}'`
          );
          await follow(0);
          expected.push(`${open} success`);
          // What was running and ended before anyone was told of it is told once, as it is.
        }
      }
      await follow(1);
      const seen = new Set(told);
      expect(told).toHaveLength(seen.size);
      const ended = new Set(expected.filter(one => one.endsWith('success')).map(one => one.split(' ')[0]));
      const required = expected.filter(one => one.endsWith('success') || !ended.has(one.split(' ')[0]));
      for (const one of required) expect(seen).toContain(one);
      for (const one of seen) expect(expected).toContain(one);
      stream.end();
      await Promise.all(clients.map(client => client.end()));
    });

    it('tells the last of a burst, and that there were more', async () => {
      const stream = await open(0);
      await stream.until(1);
      await storeRuns(
        fresh,
        Array.from({ length: MOST_RUNS + 5 }, () => ({ timestamp: now(), stored_at: now() }))
      );
      replicas[0]!.wall.changed();
      const [, burst] = await stream.until(2);
      const { runs, more } = update(burst!);
      expect([runs.length, more]).toEqual([MOST_RUNS, true]);
      stream.end();
    });

    it.each([
      '',
      'x',
      '2026-11-24T10:00:00.000Z~1:99999999999999:',
      '2026-11-24T10:00:00.000Z~5:6:9,8',
      "'; DROP TABLE x"
    ])('takes %j for a place that nobody knows', async id => {
      const stream = await open(1, id);
      const [first] = await stream.until(1);
      expect(update(first!)).toEqual({ runs: [], more: true });
      stream.end();
    });

    it('reads the record once, however many watch', async () => {
      const streams = await Promise.all(Array.from({ length: 100 }, () => open(1)));
      await Promise.all(streams.map(stream => stream.until(1)));
      const [id] = await storeRuns(fresh, [{ timestamp: now(), stored_at: now() }]);
      for (let i = 0; i < 500; i++) replicas[1]!.wall.changed();
      const seconds = await Promise.all(streams.map(async stream => (await stream.until(2))[1]!));
      expect(new Set(seconds.map(({ data }) => data)).size).toBe(1);
      expect(update(seconds[0]!).runs.map(run => run.id)).toContain(id);
      for (const stream of streams) stream.end();
    });
  });
