import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { databases } from './databases.js';
import { openEventStream } from './event-stream.js';
import { post, send } from './request.js';
import { startTestServer, type TestServer } from './running-server.js';
import { batch, execution } from './sample-events.js';
import { makeSampleRecord, type SampleRecord } from './sample-record.js';
import { makeToken } from './tokens.js';

const page = readFileSync(join(__dirname, '../../docs/api.md'), 'utf8');
/** The page's examples in a language. */
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(found => found[1]!);

for (const database of databases)
  describe(`docs/api.md on ${database.name}`, () => {
    let record: SampleRecord;
    let server: TestServer;
    let token: string;
    beforeAll(async () => {
      record = await makeSampleRecord(database);
      server = await startTestServer(record.fresh, { auth: 'token' });
      token = await makeToken(record.fresh, 'mina', 'auditor');
    });
    afterAll(async () => {
      await server.stop();
      await record.drop();
    });

    const bearer = () => ({ Authorization: `Bearer ${token}` });
    /** What a program prints, that is told where the server is and who asks. */
    const printed = async (program: string, code: string): Promise<string> => {
      const env = { ...process.env, CELLTRAIL: `http://127.0.0.1:${server.port}`, TOKEN: token };
      return (await promisify(execFile)(program, ['-c', code], { env })).stdout;
    };

    it('asks by curl', async () => {
      const [recipe, ...others] = blocks('sh');
      expect(others).toEqual([]);
      const [me, found] = (await printed('bash', recipe!.replaceAll('\ncurl', '; echo; curl'))).split('\n');
      expect(JSON.parse(me!)).toMatchObject({ username: 'mina', role: 'auditor', auth: 'token' });
      const { items } = JSON.parse(found!) as { items: { status: string }[] };
      expect(items.map(({ status }) => status)).toEqual(['error', 'error']);
    });

    it('goes through every page in Python', async () => {
      const [recipe, ...others] = blocks('python');
      expect(others).toEqual([]);
      const byOnes = recipe!.replace('limit=100', 'limit=1').replace('status:error', '');
      expect(byOnes).not.toBe(recipe);
      const lines = (await printed('python3', byOnes)).trimEnd().split('\n');
      const all = (await send(server.port, '/api/v1/search?limit=100', { headers: bearer() })).json();
      expect(lines).toHaveLength((all['items'] as unknown[]).length);
      expect(new Set(lines.map(line => line.split(' ')[0])).size).toBeGreaterThan(5);
    });

    it('shows an error as it comes', async () => {
      const reply = await send(server.port, '/api/v1/search?q=took:abc', { headers: bearer() });
      expect(blocks('json').map(text => JSON.parse(text) as unknown)).toEqual([reply.json()]);
      expect(reply.status).toBe(400);
      expect(reply.headers).toMatchObject({
        'content-type': 'application/problem+json; charset=utf-8',
        'x-request-id': expect.any(String) as string
      });
    });

    it.each([...page.matchAll(/"\$CELLTRAIL(\/[^"]*live[^"]*)"/g)].map(([, path]) => path!))(
      'opens the stream %s',
      async path => {
        const stream = await openEventStream(server.port, path, bearer());
        const [first] = await stream.until(1);
        stream.end();
        expect(page).toContain(`event${first!.event === 'runs' ? 's' : ''} \`${first!.event}\``);
        if (first!.event !== 'runs') return;
        await post(server.port, '/api/events', batch(execution()), bearer());
        const again = await openEventStream(server.port, path, { ...bearer(), 'Last-Event-ID': first!.id });
        const [missed] = await again.until(1);
        again.end();
        expect(JSON.parse(missed!.data)).toMatchObject({ runs: [{ username: 'mina' }], more: false });
      }
    );
  });
