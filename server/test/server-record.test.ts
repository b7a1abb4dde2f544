import { hostname } from 'node:os';
import { createLog } from '../log.js';
import { beginLife, type Life } from '../operations/life.js';
import { type Store } from '../store/open.js';
import { SERVER_VERSION } from '../version.js';
import { databases, type FreshDatabase } from './databases.js';
import { startTestServer } from './running-server.js';
import { send } from './request.js';

interface Row {
  type: string;
  body: Record<string, unknown>;
}

for (const database of databases)
  describe(`a server on record on ${database.name}`, () => {
    let fresh: FreshDatabase;
    let store: Store;
    const logged: string[] = [];
    beforeEach(async () => {
      fresh = await database.fresh();
      store = await fresh.store();
      logged.length = 0;
    });
    afterEach(() => fresh.drop());

    const read = () => fresh.query<Row & Record<string, unknown>>("SELECT type, body FROM audit_events WHERE type LIKE 'server.%' ORDER BY observed_at, stored_at"); // prettier-ignore
    /** The record when it has so many rows; their coming is not waited for by who starts. */
    const untilRecorded = async (count: number): Promise<Row[]> => {
      for (;;) {
        const rows = await read();
        if (rows.length >= count) return rows;
        await new Promise(resolve => setTimeout(resolve, 10));
      }
    };
    const begin = (port: number, host = 'lab-1'): Life =>
      beginLife({
        db: store.db,
        log: createLog('info', { write: line => void logged.push(line) }),
        place: { host, port },
        now: () => new Date(),
        againMs: 20
      });

    it('is there with its beginning, its end and the reason', async () => {
      const server = await startTestServer(fresh);
      await server.stop('SIGTERM');
      const [started, stopped] = await read();
      expect(started).toMatchObject({ type: 'server.started', body: { host: hostname(), port: server.port, version: SERVER_VERSION, previous: null } }); // prettier-ignore
      expect(stopped).toMatchObject({ type: 'server.stopped', body: { run: started?.body['run'], reason: 'SIGTERM' } });
    });

    it('says how the one before at its place ended', async () => {
      await begin(8001).ends('SIGINT');
      begin(8001); // and never ends
      await untilRecorded(3);
      await begin(8001).ends('asked');
      // Other places are other servers.
      await begin(8002).ends('asked');
      await begin(8001, 'lab-2').ends('asked');
      const starts = (await read()).filter(({ type }) => type === 'server.started');
      expect(starts.map(({ body }) => body['previous'])).toEqual([null, 'stopped', 'killed', null, null]);
      expect(logged.filter(line => line.includes('did not stop in order'))).toHaveLength(1);
    });

    it('begins on record as soon as the database takes it, once', async () => {
      await fresh.query('REVOKE INSERT ON audit_events FROM celltrail_ingest');
      const life = begin(8001);
      while (logged.length < 3) await new Promise(resolve => setTimeout(resolve, 5));
      await fresh.query('GRANT INSERT ON audit_events TO celltrail_ingest');
      await untilRecorded(1);
      await life.ends('asked');
      expect((await read()).map(({ type }) => type)).toEqual(['server.started', 'server.stopped']);
    });

    it('stops although the database takes nothing', async () => {
      const life = begin(8001);
      await untilRecorded(1);
      await fresh.query('BEGIN; LOCK TABLE audit_events IN EXCLUSIVE MODE');
      await life.ends('asked');
      await fresh.query('ROLLBACK');
    });

    it('is no news from a page', async () => {
      const server = await startTestServer(fresh);
      await untilRecorded(1);
      expect((await send(server.port, '/api/stats')).json()).toMatchObject({ lastEventAt: null });
      await server.stop();
    });
  });
