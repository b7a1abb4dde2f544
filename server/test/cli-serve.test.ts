import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type Anomalies } from '@celltrail/protocol';
import { freePort } from '../store/cluster.js';
import { databases, type FreshDatabase } from './databases.js';
import { openEventStream } from './event-stream.js';
import { post, send } from './request.js';
import { batch, execution } from './sample-events.js';
import { storeRuns } from './stored-runs.js';
import { untilWaiting } from './until-waiting.js';

const BIN = join(__dirname, '..', 'bin', 'celltrail.js');
if (!existsSync(join(__dirname, '..', 'lib', 'server', 'cli', 'index.js')))
  throw new Error('the server is not built: npm run build:lib');

/** A `celltrail serve` in a process of its own, as a person starts it. */
class Serve {
  readonly child: ChildProcess;
  out = '';
  err = '';

  constructor(env: Record<string, string>, ...options: string[]) {
    this.child = spawn(process.execPath, [BIN, 'serve', ...options], {
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'pipe', 'pipe']
    });
    this.child.stdout!.on('data', (data: Buffer) => (this.out += data.toString()));
    this.child.stderr!.on('data', (data: Buffer) => (this.err += data.toString()));
  }

  /** Resolves with the address when it says that it runs; fails when it ends before. */
  async up(): Promise<{ portal: string; port: number }> {
    while (!this.out.includes('\n')) {
      await Promise.race([once(this.child.stdout!, 'data'), this.ended()]);
      if (this.child.exitCode !== null) throw new Error(`serve ended: ${this.err}`);
    }
    const { portal } = JSON.parse(this.out) as { portal: string };
    return { portal, port: Number(new URL(portal).port) };
  }

  /** Resolves with the exit code. */
  async ended(): Promise<number> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'close');
    return this.child.exitCode!;
  }
}

for (const database of databases)
  describe(`celltrail serve on ${database.name}`, () => {
    let fresh: FreshDatabase;
    const started: Serve[] = [];
    beforeAll(async () => {
      fresh = await database.fresh();
    });
    afterEach(async () => {
      for (const serve of started.splice(0)) {
        serve.child.kill('SIGKILL');
        await serve.ended();
      }
    });
    afterAll(() => fresh.drop());

    const serve = (env: Record<string, string> = {}, ...options: string[]) => {
      const one = new Serve(
        { AUDIT_DB_CONNECTION: fresh.owner, AUDIT_HOST: '127.0.0.1', AUDIT_PORT: '0', ...env },
        ...options
      );
      started.push(one);
      return one;
    };

    it.each(['SIGINT', 'SIGTERM'] as const)('stops at %s, with all it accepted on record', async signal => {
      const server = serve({ AUDIT_USER: 'test_user' }, '--json');
      const { port } = await server.up();
      const stream = await openEventStream(port);
      const event = execution();
      expect((await post(port, '/api/events', batch(event))).status).toBe(200);
      server.child.kill(signal);
      expect(await server.ended()).toBe(0);
      await stream.closed;
      expect(await fresh.query('SELECT username FROM code_execution_logs WHERE id = $1', [event.id])).toEqual([
        { username: 'test_user' }
      ]);
      expect(server.err).not.toContain(fresh.password);
    });

    it('that was killed is known by the next one at its place', async () => {
      const AUDIT_PORT = String(await freePort());
      const first = serve({ AUDIT_PORT }, '--json');
      await first.up();
      const count = async () => (await fresh.query("SELECT FROM audit_events WHERE type = 'server.started' AND body ->> 'port' = $1", [AUDIT_PORT])).length; // prettier-ignore
      while (!(await count())) await new Promise(resolve => setTimeout(resolve, 10));
      first.child.kill('SIGKILL');
      await first.ended();
      const second = serve({ AUDIT_PORT }, '--json');
      await second.up();
      second.child.kill('SIGTERM');
      expect(await second.ended()).toBe(0);
      const said = await fresh.query("SELECT body ->> 'previous' AS previous, body ->> 'reason' AS reason FROM audit_events WHERE body ->> 'port' = $1 ORDER BY observed_at", [AUDIT_PORT]); // prettier-ignore
      expect(said).toEqual([
        { previous: null, reason: null },
        { previous: 'killed', reason: null },
        { previous: null, reason: 'SIGTERM' }
      ]);
    });

    it('reads codes in a thread that was built with it', async () => {
      await storeRuns(fresh, [{ username: 'sara', code: `get("https://a.example/")${' '.repeat(100_000)}` }]);
      const { port } = await serve({}, '--json').up();
      const kinds = async () =>
        (await send(port, '/api/anomalies?state=all')).json<Anomalies>().items.map(({ kind, names }) => [kind, names]);
      while (!(await kinds()).length) await new Promise(resolve => setTimeout(resolve, 20));
      expect(await kinds()).toEqual([['unread_code', ['too_long']]]);
      expect(await fresh.query('SELECT name FROM first_uses')).toEqual([{ name: 'a.example' }]);
    });

    it('says where everything is', async () => {
      const server = serve({ AUDIT_LOG_LEVEL: 'silent' });
      while (!server.out.includes('Ctrl-C')) await once(server.child.stdout!, 'data');
      expect(server.out).toMatch(/Celltrail \d+\.\d+\.\d+ is running\./);
      expect(server.out).toMatch(/Portal {4}http:\/\/localhost:\d+\/portal/);
      expect(server.out).toMatch(/SQL .*psql -h 127\.0\.0\.1/);
      expect(server.out).not.toContain(fresh.password);
      expect(server.err).toBe('');
    });

    it('ends with one message and its fix when its port is taken', async () => {
      const other = createServer().listen(0, '127.0.0.1');
      await once(other, 'listening');
      const { port } = other.address() as { port: number };
      const server = serve({ AUDIT_PORT: String(port) });
      expect(await server.ended()).toBe(1);
      expect(server.err).toContain(`celltrail: Port ${port} on 127.0.0.1 is in use by another program.\nFix: `);
      expect(server.out).toBe('');
      other.close();
    });

    it('ends with one message and its fix when its database is not there', async () => {
      const server = serve({ AUDIT_DB_CONNECTION: 'postgresql://celltrail:hunter2@127.0.0.1:1/none' });
      expect(await server.ended()).toBe(1);
      expect(server.err).toMatch(/^celltrail: .*does not answer.*\nFix: .*AUDIT_DB_CONNECTION/);
      expect(server.err).not.toContain('hunter2');
    });

    it('stops when it is told so while it still starts', async () => {
      const lock = "hashtext('celltrail_migrations')";
      await fresh.query(`SELECT pg_advisory_lock(${lock})`);
      const server = serve();
      await untilWaiting(fresh);
      server.child.kill('SIGINT');
      await fresh.query(`SELECT pg_advisory_unlock(${lock})`);
      expect(await server.ended()).toBe(0);
    });

    it('ends at once when it is told a second time', async () => {
      const server = serve({}, '--json');
      const { port } = await server.up();
      const stream = await openEventStream(port);
      await fresh.query('BEGIN; LOCK TABLE code_execution_logs IN ACCESS EXCLUSIVE MODE');
      const unanswered = post(port, '/api/events', batch(execution())).catch((error: unknown) => error);
      await untilWaiting(fresh);
      server.child.kill('SIGINT');
      await stream.closed; // the first one is being heeded
      server.child.kill('SIGINT');
      expect(await server.ended()).toBe(1);
      await fresh.query('ROLLBACK');
      expect(await unanswered).toMatchObject({ code: 'ECONNRESET' });
    });

    it('serves its figures to whoever asks on this machine', async () => {
      const server = serve({}, '--json');
      const { port } = await server.up();
      expect((await send(port, '/api/stats')).status).toBe(200);
    });
  });
