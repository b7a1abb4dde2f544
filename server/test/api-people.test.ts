import { type ExecutionEvent } from '@celltrail/protocol';
import { ROUTES } from '@celltrail/protocol/schemas';
import { databases, type FreshDatabase } from './databases.js';
import { post, send } from './request.js';
import { startTestServer, type TestServer } from './running-server.js';
import { execution } from './sample-events.js';
import { createIngest } from '../ingest/accept.js';
import { createLog } from '../log.js';

const DAY_MS = 24 * 60 * 60 * 1000;

for (const database of databases)
  describe(`what admins see of people, on ${database.name}`, () => {
    let fresh: FreshDatabase;
    let server: TestServer;
    beforeEach(async () => {
      fresh = await database.fresh();
      server = await startTestServer(fresh);
    });
    afterEach(async () => {
      await server.stop();
      await fresh.drop();
    });

    const give = async (username: string, ...changes: Partial<ExecutionEvent>[]) => {
      const store = await fresh.store();
      const ingest = createIngest({
        store,
        log: createLog('silent'),
        now: () => Date.now(),
        announce: () => undefined
      });
      const events = changes.map(change => execution({ requested_at: change.timestamp!, ...change }));
      const fates = await ingest.accept({ username }, { events });
      expect(fates.map(({ outcome }) => outcome)).toEqual(events.map(() => 'stored'));
    };
    const ago = (ms: number) => new Date(Date.now() - ms).toISOString();
    const ask = async <N extends keyof typeof ROUTES>(name: N, path: string) => {
      const reply = await send(server.port, path);
      expect([path, reply.status]).toEqual([path, 200]);
      const value = reply.json();
      expect(ROUTES[name].answer.parse(value)).toEqual(value);
      return value;
    };
    const opened = (username: string, change: object = {}) => {
      const page = { capturing: true, fault: null, waiting: 0, seconds: 0, ...change };
      return fresh.query(
        `INSERT INTO page_presence (page_id, username, extension_version, capturing, fault, waiting, refused, last_seen)
         VALUES (gen_random_uuid(), $1, '0.1.0', $2, $3, $4, 0, now() - make_interval(secs => $5))`,
        [username, page.capturing, page.fault, page.waiting, page.seconds]
      );
    };

    it('is the wished list, the latest active first', async () => {
      await give('sara', { timestamp: ago(5000) }, { timestamp: ago(60_000) });
      await give('reza', { timestamp: ago(1000) });
      await opened('ali');
      expect(await ask('getAllActivity', '/api/admin/all-activity')).toEqual([
        { user: 'reza', executions: 1, last_active: expect.any(String) as string },
        { user: 'sara', executions: 2, last_active: expect.any(String) as string },
        { user: 'ali', executions: 0, last_active: null }
      ]);
    });

    it('is their figures, capture state and last two weeks', async () => {
      await give(
        'sara',
        { timestamp: ago(1000), status: 'error' },
        { timestamp: ago(2000) },
        { timestamp: ago(3000), status: 'aborted' },
        { timestamp: ago(3 * DAY_MS) },
        { timestamp: ago(40 * DAY_MS) }
      );
      await opened('sara');
      await opened('reza', { capturing: false });
      await opened('ali', { seconds: 500 });
      const { items, next } = (await ask('getPeople', '/api/v1/people?tz=UTC')) as {
        items: { username: string; days: number[] }[];
        next: null;
      };
      expect(next).toBeNull();
      expect(items).toMatchObject([
        { username: 'sara', executions: 5, errors: 1, error_rate: 0.25, capture: 'recording' },
        { username: 'ali', executions: 0, error_rate: null, last_active: null, capture: 'silent' },
        { username: 'reza', capture: 'off' }
      ]);
      const { days } = items[0]!;
      // A test that runs over midnight finds the last seconds in yesterday.
      expect([days.slice(12).reduce((a, b) => a + b), days.slice(0, 12).reduce((a, b) => a + b)]).toEqual([3, 1]);
    });

    it('comes page by page, each person once', async () => {
      for (const name of ['a', 'b', 'c', 'd']) await give(name, { timestamp: '2026-11-24T10:00:00.000Z' });
      await opened('e');
      await opened('f');
      const names: string[] = [];
      let next: string | null = null;
      do {
        const page = (await ask('getPeople', `/api/v1/people?limit=2${next === null ? '' : `&cursor=${next}`}`)) as {
          items: { username: string }[];
          next: string | null;
        };
        names.push(...page.items.map(({ username }) => username));
        next = page.next;
      } while (next);
      expect(names).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
      const altered = await send(server.port, '/api/v1/people?cursor=abc.def');
      expect([altered.status, altered.json()['field']]).toEqual([400, 'cursor']);
    });

    it("is one person's page, and 404 for nobody", async () => {
      await give('سارا/۱', { timestamp: ago(1000), status: 'error', error_name: 'KeyError', notebook_path: 'a.ipynb' });
      await opened('سارا/۱');
      const page = await ask('getPerson', `/api/v1/people/${encodeURIComponent('سارا/۱')}?tz=Asia/Tehran`);
      expect(page).toMatchObject({
        person: { executions: 1, capture: 'recording' },
        statuses: [{ status: 'error', executions: 1 }],
        notebooks: [{ notebook_path: 'a.ipynb', executions: 1, errors: 1 }],
        errors: [{ error_name: 'KeyError', times: 1 }],
        hours: [{ executions: 1 }],
        pages: [{ open: true }],
        latest: [{ status: 'error' }]
      });
      expect((await send(server.port, '/api/v1/people/nobody')).status).toBe(404);
      const read = await fresh.query("SELECT body->>'where' AS place FROM audit_events WHERE type = 'access.read'");
      expect(read).toEqual([{ place: 'person' }]);
    });

    it('is what runs now, the longest first, and whether its page still speaks', async () => {
      const running = { type: 'execution.started', status: 'running', execution_time_ms: null } as const;
      await give('sara', { ...running, timestamp: ago(60_000), code: 'sleep(1)' }, { timestamp: ago(1000) });
      await give('reza', { ...running, timestamp: ago(120_000), code: 'sleep(2)' });
      const runs = (await ask('getRunning', '/api/v1/running')) as unknown as {
        running_ms: number;
        code_preview: string;
      }[];
      expect(runs.map(({ code_preview }) => code_preview)).toEqual(['sleep(2)', 'sleep(1)']);
      expect(runs[0]!.running_ms).toBeGreaterThanOrEqual(120_000);
      expect(runs).toMatchObject([{ page_open: false }, { page_open: false }]);
    });

    it('is who has Lab open without being recorded, and whose events did not come', async () => {
      await opened('sara');
      await opened('reza', { capturing: false });
      await opened('ali', { fault: 'bypassed' });
      await opened('mina', { seconds: 500, waiting: 3 });
      expect(await ask('getCoverage', '/api/v1/coverage')).toMatchObject({
        open: 3,
        recording: 1,
        uncovered: [{ username: 'ali' }, { username: 'reza' }],
        waiting: [{ username: 'mina', waiting: 3 }]
      });
    });

    it('has no sign-in where nobody signs in', async () => {
      const reply = await post(server.port, '/api/sign-in', { token: 'x' });
      expect([reply.status, reply.json()['type']]).toEqual([404, 'urn:celltrail:not-found']);
      expect((await post(server.port, '/api/sign-out', {})).json()).toEqual({ signed_out: true });
    });
  });
