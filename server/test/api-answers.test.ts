import { ROUTES } from '@celltrail/protocol/schemas';
import { databases, type FreshDatabase } from './databases.js';
import { openEventStream } from './event-stream.js';
import { post, send } from './request.js';
import { startTestServer, type TestServer } from './running-server.js';
import { batch, execution } from './sample-events.js';

for (const database of databases)
  describe(`the answers of a server on ${database.name}`, () => {
    let fresh: FreshDatabase;
    let server: TestServer;
    beforeEach(async () => {
      fresh = await database.fresh();
      server = await startTestServer(fresh, { language: 'fa' });
    });
    afterEach(async () => {
      await server.stop();
      await fresh.drop();
    });

    const give = async (...events: unknown[]) => {
      const reply = await post(server.port, '/api/events', batch(...events));
      expect(reply.status).toBe(200);
    };
    const ask = async <T>(path: string): Promise<T> => {
      const reply = await send(server.port, path);
      expect([path, reply.status]).toEqual([path, 200]);
      expect(reply.headers['content-type']).toMatch(/^application\/json/);
      return reply.json<T>();
    };

    it('are what the protocol promises, before anything ran', async () => {
      for (const route of Object.values(ROUTES)) {
        const { path, method, answer } = route;
        // Exports are files of other kinds: export.test.ts reads them.
        if (method !== 'get' || 'params' in route || route === ROUTES.export) continue;
        const value = await ask(path);
        expect(answer.parse(value)).toEqual(value);
      }
      expect(await ask('/api/me')).toMatchObject({ username: 'test_user', role: 'admin', auth: 'loopback' });
      expect(await ask('/api/portal')).toEqual({ labUrl: 'http://localhost:8888/lab', language: 'fa' });
      expect(await ask('/openapi.json')).toMatchObject({ openapi: '3.1.0' });
    });

    it('are the figures of the scenario after its three cells', async () => {
      const now = new Date(Date.now() - 1000).toISOString();
      const cell = (change: object) => execution({ requested_at: now, timestamp: now, ...change });
      await give(
        cell({ cell_number: 1, code: 'print("Hello Shaparak!")' }),
        cell({ cell_number: 2, code: 'print(df)' }),
        cell({ cell_number: 3, code: '1 / 0', status: 'error', error_message: 'ZeroDivisionError: division by zero' })
      );
      expect(await ask('/api/stats')).toMatchObject({ total: 3, errors: 1, successRate: 2 / 3, running: 0 });
      const activity = await ask<unknown[]>('/api/recent-activity');
      expect(activity).toHaveLength(3);
      expect(activity).toContainEqual({
        time: expect.stringMatching(/Z$/) as string,
        cell: 3,
        code: '1 / 0',
        status: 'error'
      });
      expect(await ask('/api/v1/executions?limit=1')).toHaveLength(1);
    });

    it('say what runs now, and count it once when it ends', async () => {
      const started = execution({ type: 'execution.started', status: 'running', execution_time_ms: null });
      await give(started);
      expect(await ask('/api/stats')).toMatchObject({ total: 1, running: 1, successRate: null });
      await give({ ...started, type: 'execution.finished', status: 'success', execution_time_ms: 5 });
      expect(await ask('/api/stats')).toMatchObject({ total: 1, running: 0, successRate: 1 });
    });

    it('follow the day of the zone that is asked for', async () => {
      // Half an hour after the last midnight in Tehran is 21:00 UTC of the day before.
      const [day] = await fresh.query<{ at: Date }>(
        "SELECT date_trunc('day', now() AT TIME ZONE 'Asia/Tehran') AT TIME ZONE 'Asia/Tehran' AS at"
      );
      const at = (minutes: number) => new Date(day!.at.getTime() + minutes * 60_000).toISOString();
      await give(
        execution({ requested_at: at(-15), timestamp: at(-15) }),
        execution({ requested_at: at(0), timestamp: at(0) })
      );
      expect(await ask('/api/stats?tz=Asia/Tehran')).toMatchObject({ today: 1, total: 2 });
      expect((await send(server.port, '/api/stats?tz=Mars/Olympus')).json()).toMatchObject({
        field: 'tz',
        status: 400
      });
    });

    it('are announced to the live stream after the commit', async () => {
      const stream = await openEventStream(server.port);
      await stream.until(1);
      await give(execution());
      await stream.until(2);
      expect(await ask('/api/stats')).toMatchObject({ total: 1 });
      stream.end();
    });

    it('are announced by one server to the streams of another one on the same database', async () => {
      const other = await startTestServer(fresh);
      const stream = await openEventStream(other.port);
      await stream.until(1);
      await give(execution());
      await stream.until(2);
      stream.end();
      await other.stop();
    });

    it('say that the database takes no connection while it does not, and come back with it', async () => {
      await fresh.query(`ALTER DATABASE ${fresh.name} CONNECTION LIMIT 0`);
      await fresh.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()'
      );
      expect((await send(server.port, '/healthz')).status).toBe(200);
      const away = await send(server.port, '/readyz');
      expect([away.status, away.json()['type']]).toEqual([503, 'urn:celltrail:database-busy']);
      expect((await send(server.port, '/api/stats')).status).toBe(503);
      expect((await post(server.port, '/api/events', batch(execution()))).status).toBe(503);
      const checks = await ask<{ id: string; ok: boolean | null }[]>('/api/checks');
      expect(checks.find(({ id }) => id === 'database')).toMatchObject({ ok: false, fix: 'reach_database' });
      await fresh.query(`ALTER DATABASE ${fresh.name} CONNECTION LIMIT -1`);
      expect((await send(server.port, '/readyz')).status).toBe(200);
      await give(execution());
    });
  });
