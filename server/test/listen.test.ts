import pg from 'pg';
import { createLog } from '../log.js';
import { createAnnouncer, type Announcer } from '../store/announce.js';
import { listenForChanges, type ChangeListener } from '../store/listen.js';
import { databases, type FreshDatabase } from './databases.js';

jest.setTimeout(30_000);

const log = createLog('silent');
type Heard = readonly string[] | null;

for (const database of databases)
  describe(`announcements on ${database.name}`, () => {
    let fresh: FreshDatabase;
    let announcer: Announcer;
    let listener: ChangeListener;
    let heard: Heard[];
    let wake: () => void;
    beforeEach(async () => {
      fresh = await database.fresh();
      heard = [];
      wake = () => undefined;
      announcer = createAnnouncer(fresh.ingest, log);
      listener = listenForChanges(fresh.ingest, log, names => {
        heard.push(names);
        wake();
      });
      while (!(await listening()));
    });
    afterEach(async () => {
      await announcer.close();
      await listener.close();
      await fresh.drop();
    });
    const listening = async (): Promise<boolean> =>
      (await fresh.query("SELECT FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%' AND state = 'idle'")).length > 0; // prettier-ignore
    const until = async (met: () => boolean): Promise<void> => {
      while (!met()) await new Promise<void>(resolve => (wake = resolve));
    };
    const names = (): Set<string> => new Set(heard.flatMap(list => list ?? []));

    it('reach every listener, each name once a burst, in whatever letters', async () => {
      const second: Heard[] = [];
      const other = listenForChanges(fresh.ingest, log, list => void second.push(list));
      while ((await fresh.query("SELECT FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%' AND state = 'idle'")).length < 2); // prettier-ignore
      for (let i = 0; i < 100; i++) announcer.announce(['سارا', "o'brien"]);
      await until(() => names().size === 2);
      while (!second.length) await fresh.query('SELECT 1');
      expect(names()).toEqual(new Set(['سارا', "o'brien"]));
      expect(heard.length).toBeLessThan(5);
      await other.close();
    });

    it('are cut to what one NOTIFY holds, and none is lost', async () => {
      const many = Array.from({ length: 500 }, (_, i) => `user-${i}-${'ش'.repeat(50)}`);
      announcer.announce(many);
      await until(() => names().size === many.length);
      expect(names()).toEqual(new Set(many));
    });

    it('go to everyone when a name is too long for any, or when too many wait', async () => {
      announcer.announce(['x'.repeat(9_000)]);
      await until(() => heard.includes(null));
      heard.length = 0;
      announcer.announce(Array.from({ length: 2_000 }, (_, i) => `user-${i}`));
      await until(() => heard.includes(null));
      expect(heard).toEqual([null]);
    });

    it('of a text that is no list of names are for everyone', async () => {
      for (const payload of ['', 'x', '{"a":1}', '[1]']) await fresh.query(`NOTIFY celltrail_changed, '${payload}'`);
      await until(() => heard.length === 4);
      expect(heard).toEqual([null, null, null, null]);
    });

    it('go on after both connections were killed, and what was missed is a change of everyone', async () => {
      announcer.announce(['sara']);
      await until(() => names().has('sara'));
      await fresh.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'celltrail_ingest'"); // prettier-ignore
      announcer.announce(['reza']);
      await until(() => heard.includes(null));
      announcer.announce(['ali']);
      await until(() => names().has('ali'));
    });

    it('never wait for a transaction, nor make one wait', async () => {
      const psql = new pg.Client(fresh.reader);
      await psql.connect();
      await psql.query('BEGIN');
      await psql.query('SELECT FROM code_execution_logs');
      announcer.announce(['sara']);
      await until(() => names().has('sara'));
      await psql.end();
    });
  });

describe('announcements to a database that is not there', () => {
  it('keep nobody waiting, and end when they are told to', async () => {
    const nowhere = 'postgresql://u:p@127.0.0.1:1/x';
    const announcer = createAnnouncer(nowhere, log);
    const listener = listenForChanges(nowhere, log, () => undefined);
    announcer.announce(['sara']);
    await announcer.close();
    await listener.close();
  });
});
