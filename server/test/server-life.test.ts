import { createLog } from '../log.js';
import { startServer } from '../main.js';
import { databases, type FreshDatabase } from './databases.js';
import { openEventStream } from './event-stream.js';
import { post, send } from './request.js';
import { startTestServer, testConfig } from './running-server.js';
import { batch, execution } from './sample-events.js';
import { untilWaiting } from './until-waiting.js';

const log = createLog('silent');

for (const database of databases)
  describe(`a server's life on ${database.name}`, () => {
    let fresh: FreshDatabase;
    beforeEach(async () => {
      fresh = await database.fresh();
    });
    afterEach(() => fresh.drop());

    const connections = async () => {
      const rows = await fresh.query<{ count: string }>(
        `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`
      );
      return Number(rows[0]!.count);
    };

    it('commits and answers what it had accepted, when it stops', async () => {
      const server = await startTestServer(fresh);
      // Somebody holds the table: what is accepted now can't be committed at once.
      await fresh.query('BEGIN; LOCK TABLE code_execution_logs IN ACCESS EXCLUSIVE MODE');
      const events = Array.from({ length: 20 }, () => execution());
      const replies = events.map(event => post(server.port, '/api/events', batch(event)));
      const settled = Promise.allSettled(replies);
      await untilWaiting(fresh);
      const stopped = server.stop();
      await fresh.query('COMMIT');
      await stopped;
      const acknowledged = (await settled).flatMap((reply, i) =>
        reply.status === 'fulfilled' && reply.value.status === 200 ? [events[i]!.id] : []
      );
      const rows = await fresh.query<{ id: string }>('SELECT id FROM code_execution_logs');
      // Which of the twenty had come in by then is chance; that those, and only those, are on record is not.
      expect(acknowledged.length).toBeGreaterThan(0);
      expect(rows.map(({ id }) => id).sort()).toEqual(acknowledged.sort());
    });

    it('ends its streams and its connections, and answers nobody any more', async () => {
      const server = await startTestServer(fresh);
      const stream = await openEventStream(server.port);
      await server.stop();
      await stream.closed;
      await expect(send(server.port, '/healthz')).rejects.toThrow('ECONNREFUSED');
      // Postgres takes a moment to see that a connection ended; one that was left open would never end.
      while (await connections()) await new Promise(resolve => setTimeout(resolve, 5));
    });

    it('stops once, however often it is told', async () => {
      const server = await startTestServer(fresh);
      await Promise.all([server.stop(), server.stop()]);
      await server.stop();
    });

    it('does not begin on a port that is in use, and leaves the database alone', async () => {
      const first = await startTestServer(fresh);
      const before = await connections();
      const second = startServer(testConfig(fresh, { port: first.port }), log);
      await expect(second).rejects.toThrow(`Port ${first.port} on 127.0.0.1 is in use`);
      expect(await connections()).toBe(before);
      expect((await send(first.port, '/readyz')).status).toBe(200);
      await first.stop();
    });

    it('does not begin without its database, and lets go of its port', async () => {
      const nowhere = 'postgresql://celltrail:hunter2@127.0.0.1:1/none';
      const config = testConfig(fresh, { dbConnection: nowhere });
      const failed = startServer(config, log);
      await expect(failed).rejects.toMatchObject({ kind: 'unreachable' });
      await expect(failed).rejects.not.toThrow('hunter2');
    });

    it('answers on IPv4 and on IPv6, where the machine has it', async () => {
      const server = await startTestServer(fresh, { hosts: ['127.0.0.1', '::1'] });
      for (const url of server.urls) expect((await fetch(`${url}/healthz`)).status).toBe(200);
      expect(server.portalUrl).toBe(`http://localhost:${server.port}/portal`);
      await server.stop();
    });
  });
