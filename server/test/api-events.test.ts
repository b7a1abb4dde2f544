import { type EventAnswer, MAX_BATCH_EVENTS } from '@celltrail/protocol';
import { ROUTES } from '@celltrail/protocol/schemas';
import { databases, type FreshDatabase } from './databases.js';
import { post, send } from './request.js';
import { startTestServer, type TestServer } from './running-server.js';
import { batch, execution, PAGE_ID } from './sample-events.js';

for (const database of databases)
  describe(`POST /api/events on ${database.name}`, () => {
    let fresh: FreshDatabase;
    let server: TestServer;
    beforeAll(async () => {
      fresh = await database.fresh();
      server = await startTestServer(fresh);
    });
    afterAll(async () => {
      await server.stop();
      await fresh.drop();
    });

    const give = async (...events: unknown[]): Promise<EventAnswer[]> => {
      const reply = await post(server.port, '/api/events', batch(...events));
      expect(reply.status).toBe(200);
      const { answers } = ROUTES.postEvents.answer.parse(reply.json());
      expect(answers).toHaveLength(events.length);
      return answers;
    };
    const rowsOf = (...events: { id: string }[]) =>
      fresh.query('SELECT * FROM code_execution_logs WHERE id = ANY($1::uuid[]) ORDER BY page_seq', [
        events.map(({ id }) => id)
      ]);

    it('stores what ran, for the one who is signed in', async () => {
      const event = execution({ code: 'x = 1\nprint(x)', cell_number: 3 });
      expect(await give({ ...event, username: 'sara' })).toEqual([{ outcome: 'stored' }]);
      expect(await rowsOf(event)).toMatchObject([
        {
          username: 'test_user',
          cell_number: '3',
          code: 'x = 1\nprint(x)',
          status: 'success',
          execution_time_ms: 1.234
        }
      ]);
    });

    it('stores the same event once, however often it comes', async () => {
      const event = execution();
      expect(await give(event, event)).toEqual([{ outcome: 'stored' }, { outcome: 'duplicate' }]);
      expect(await give(event)).toEqual([{ outcome: 'duplicate' }]);
      expect(await rowsOf(event)).toHaveLength(1);
    });

    it('stores it once when it comes many times at the same moment', async () => {
      const event = execution();
      const answers = await Promise.all(Array.from({ length: 20 }, () => give(event)));
      const outcomes = answers.map(([answer]) => answer!.outcome);
      expect(outcomes.filter(outcome => outcome === 'stored')).toHaveLength(1);
      expect(outcomes.filter(outcome => outcome === 'duplicate')).toHaveLength(19);
      expect(await rowsOf(event)).toHaveLength(1);
    });

    it('keeps both versions of one identity that say different things', async () => {
      const event = execution({ code: 'a = 1' });
      await give(event);
      expect(await give({ ...event, code: 'a = 2' })).toEqual([{ outcome: 'stored' }]);
      expect(await rowsOf(event)).toMatchObject([{ code: 'a = 1' }]);
      const kept = await fresh.query(
        "SELECT body FROM audit_events WHERE type = 'execution.contradicted' AND body::text LIKE '%' || $1 || '%'",
        [event.id]
      );
      expect(kept).toHaveLength(1);
      expect(JSON.stringify(kept)).toContain('a = 2');
    });

    it('completes a row that was open', async () => {
      const started = execution({ type: 'execution.started', status: 'running', execution_time_ms: null });
      await give(started);
      await give({ ...started, type: 'execution.finished', status: 'error', error_message: 'ZeroDivisionError: x' });
      expect(await rowsOf(started)).toMatchObject([{ status: 'error', error_message: 'ZeroDivisionError: x' }]);
    });

    it.each<[string, (event: Record<string, unknown>) => unknown, Record<string, unknown>]>([
      ['is no object', () => 5, { field: 'events[1]' }],
      ['is null', () => null, { field: 'events[1]' }],
      ['misses a field', event => ({ ...event, code: undefined }), { field: 'events[1].code' }],
      ['has a wrong type', event => ({ ...event, code: 5 }), { field: 'events[1].code' }],
      ['has an unknown status', event => ({ ...event, status: 'done' }), { field: 'events[1].status' }],
      ['has no real date', event => ({ ...event, timestamp: 'yesterday' }), { field: 'events[1].timestamp' }],
      [
        'is of an unknown kind',
        event => ({ ...event, type: 'execution.imagined' }),
        { field: 'events[1].type', type: 'urn:celltrail:event-type-unknown' }
      ],
      [
        'lies in a far future',
        event => ({ ...event, timestamp: '2999-01-01T00:00:00Z' }),
        { field: 'events[1].timestamp', type: 'urn:celltrail:date-in-future' }
      ],
      [
        'has an id that is not its own',
        event => ({ ...event, id: PAGE_ID }),
        { field: 'events[1].id', type: 'urn:celltrail:id-mismatch' }
      ]
    ])('refuses an event that %s, and stores its neighbours', async (_, spoil, problem) => {
      const [before, bad, after] = [execution(), execution(), execution()];
      const answers = await give(before, spoil({ ...bad }), after);
      expect(answers[0]).toEqual({ outcome: 'stored' });
      expect(answers[1]).toMatchObject({ outcome: 'refused', problem: { status: 400, ...problem } });
      expect(answers[2]).toEqual({ outcome: 'stored' });
      expect(await rowsOf(before, bad, after)).toHaveLength(2);
    });

    it.each([
      ['NUL', 'print("a\u0000b")'],
      ['a lone surrogate', 'print("\ud800")'],
      ['every plane', 'print("سلام 🔒 \u{20000} \u202e")']
    ])('keeps code with %s so that it can be had back exactly', async (_, code) => {
      const event = execution({ code });
      expect(await give(event)).toEqual([{ outcome: 'stored' }]);
      const [row] = await rowsOf(event);
      const exact = row!['code_json'] === null ? row!['code'] : (JSON.parse(row!['code_json'] as string) as string);
      expect(exact).toBe(code);
    });

    it.each<[string, string, number, Record<string, unknown>]>([
      ['no JSON', '{"protocol":1', 400, { type: 'urn:celltrail:not-json' }],
      ['no events', '{"protocol":1}', 400, { type: 'urn:celltrail:field-invalid', field: 'events' }],
      ['a version of the future', '{"protocol":2,"events":[]}', 400, { supported: [1] }],
      ['10 MB', ' '.repeat(10 * 1024 * 1024), 413, { type: 'urn:celltrail:body-too-large' }]
    ])('refuses a body that holds %s', async (_, body, status, problem) => {
      const reply = await post(server.port, '/api/events', body);
      expect([reply.status, reply.json()]).toMatchObject([status, problem]);
    });

    it('refuses 10,000 events in one batch and says how many it takes, and takes that many', async () => {
      const many = await post(server.port, '/api/events', batch(...Array.from({ length: 10_000 }, () => ({}))));
      expect([many.status, many.json()]).toMatchObject([413, { limit: MAX_BATCH_EVENTS }]);
      const answers = await give(...Array.from({ length: MAX_BATCH_EVENTS }, () => execution()));
      expect(new Set(answers.map(({ outcome }) => outcome))).toEqual(new Set(['stored']));
    });

    it('stores code of a megabyte whole', async () => {
      const event = execution({ code: `x = "${'آ'.repeat(1024 * 1024)}"` });
      expect(await give(event)).toEqual([{ outcome: 'stored' }]);
      expect(await rowsOf(event)).toMatchObject([{ code: event.code }]);
    });

    it('takes a batch without events for a sign of life of its page', async () => {
      const page = { page_id: PAGE_ID, extension_version: '9.9.9', capturing: true, waiting: 3, refused: 0 };
      const reply = await post(server.port, '/api/events', { ...batch(), page });
      expect([reply.status, reply.json()]).toEqual([200, { answers: [] }]);
      const checks = (await send(server.port, '/api/checks')).json<{ id: string; detail: string }[]>();
      expect(checks.find(({ id }) => id === 'extension')?.detail).toContain('9.9.9');
    });

    it('tells nobody the password or the code, in answers and in the log', async () => {
      await give(execution({ code: 'card = "6037991234567890"' }), { code: 'card = "6037991234567890"' });
      await post(server.port, '/api/events', '{"code": "6037991234567890"');
      await send(server.port, '/api/executions?query=6037991234567890');
      await send(server.port, '/portal/6037991234567890');
      const log = server.logged.join('');
      expect(server.logged.length).toBeGreaterThan(10);
      expect(log).not.toContain('6037991234567890');
      expect(log).not.toContain(fresh.password);
    });
  });
