import { EXAMPLES, ROUTES } from '@celltrail/protocol/schemas';
import { databases } from './databases.js';
import { post, send } from './request.js';
import { startTestServer, type TestServer } from './running-server.js';
import { makeSampleRecord, type SampleRecord } from './sample-record.js';
import { makeToken } from './tokens.js';

type RouteName = keyof typeof ROUTES;

/** Routes that answer JSON to a GET. */
const asked = (Object.keys(ROUTES) as RouteName[]).filter(name => ROUTES[name].method === 'get' && name !== 'export');

// No answer has a key that may be missing, so an example and an answer that both are what the schema says, no more and
// no less, have the same keys. The examples' side is in protocol/examples/examples.test.ts.
for (const database of databases)
  describe(`the examples, put to a real server on ${database.name},`, () => {
    let record: SampleRecord;
    let server: TestServer;
    beforeAll(async () => {
      record = await makeSampleRecord(database);
      server = await startTestServer(record.fresh, { user: 'sara' });
      const { status, text } = await post(server.port, '/api/events', EXAMPLES.postEvents.body);
      expect([status, JSON.parse(text)]).toEqual([200, EXAMPLES.postEvents.answer]);
      await record.fresh.query(
        `INSERT INTO anomalies VALUES ($1, 'excessive_failures', 'sara', now(), now(), now(), 1, 'share', '{"typical": 0.1, "limit": 0.4, "days": 9}', '{}', '{}', 1)`,
        [EXAMPLES.postVerdict.params.id]
      );
    });
    afterAll(async () => {
      await server.stop();
      await record.drop();
    });

    /** Asks a route, and holds what it answers to its schema. */
    const answered = async (name: RouteName, query: object = {}): Promise<unknown> => {
      const { params = {} } = EXAMPLES[name] as { params?: Record<string, string> };
      const path = ROUTES[name].path.replace(/:(\w+)/g, (_, part: string) => encodeURIComponent(params[part]!));
      const reply = await send(server.port, `${path}?${new URLSearchParams(query as Record<string, string>)}`);
      expect([path, reply.status]).toEqual([path, 200]);
      const value = reply.json();
      expect(ROUTES[name].answer.parse(value)).toEqual(value);
      return value;
    };

    it.each(asked)('%s is answered as it says', async name => {
      const { query } = EXAMPLES[name] as { query?: object };
      await answered(name, query);
      if (query) await answered(name); // the sample record is of other days than the example
    });

    it('a batch, is a run that reads as the example of one run', async () => {
      const { execution } = (await answered('getExecution')) as typeof EXAMPLES.getExecution.answer;
      const stored = { stored_at: execution.stored_at, completed_at: execution.completed_at };
      expect(execution).toEqual({ ...EXAMPLES.getExecution.answer.execution, ...stored });
    });

    it('an export, has the columns of a real one', async () => {
      const columns = (line: string) => Object.keys(JSON.parse(line.split('\n')[0]!) as object).sort();
      const { text } = await send(server.port, '/api/export?format=jsonl');
      expect(columns(EXAMPLES.export.answer)).toEqual(columns(text));
    });

    it('a verdict, is taken', async () => {
      const { params, body } = EXAMPLES.postVerdict;
      const value = (await post(server.port, `/api/anomalies/${params.id}/verdict`, body)).json();
      expect(ROUTES.postVerdict.answer.parse(value)).toEqual(value);
      const { seen, ...said } = body;
      expect(value).toMatchObject({ grown_at: seen!.grown_at, grown: false, verdict: said });
    });

    it('signing in and out, are answered as they say', async () => {
      const token = await makeToken(record.fresh, 'sara', 'analyst');
      const guarded = await startTestServer(record.fresh, { auth: 'token' });
      const signedIn = (await post(guarded.port, '/api/sign-in', { token })).json();
      expect(signedIn).toEqual({ ...EXAMPLES.postSignIn.answer, server_version: signedIn['server_version'] });
      const signedOut = await post(guarded.port, '/api/sign-out', EXAMPLES.postSignOut.body);
      expect(signedOut.json()).toEqual(EXAMPLES.postSignOut.answer);
      await guarded.stop();
    });
  });
