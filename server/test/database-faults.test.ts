import { sql } from 'kysely';
import { type ProblemType } from '@celltrail/protocol';
import { createIngest } from '../ingest/accept.js';
import { createLog } from '../log.js';
import { openStore } from '../store/open.js';
import { databases, type FreshDatabase } from './databases.js';
import { testPage } from './events.js';

jest.setTimeout(60_000);

for (const database of databases)
  describe(`a database that can't work for now, ${database.name}`, () => {
    let fresh: FreshDatabase;
    beforeAll(async () => void (fresh = await database.fresh()));
    afterAll(() => fresh.drop());

    /** What became of a batch: its answers, or the problem it was turned away with. */
    const sending = async (event: unknown): Promise<unknown> => {
      const store = await openStore(fresh.ingest, {
        role: 'celltrail_ingest',
        log: createLog('silent'),
        statementTimeoutMs: 700
      });
      const ingest = createIngest({ store, log: createLog('silent'), now: Date.now, announce: () => undefined });
      try {
        return await ingest.accept({ username: 'sara' }, { events: [event] });
      } catch (error) {
        return (error as { kind?: ProblemType }).kind;
      } finally {
        await store.close();
      }
    };

    it('takes no writes: the event is turned away by that name, and stored once it does', async () => {
      const event = testPage().finished();
      await fresh.query(`ALTER DATABASE ${fresh.name} SET default_transaction_read_only = on`);
      expect(await sending(event)).toBe('database-read-only');
      await fresh.query(`ALTER DATABASE ${fresh.name} RESET default_transaction_read_only`);
      expect(await sending(event)).toEqual([{ outcome: 'stored' }]);
    });

    it('has a table that somebody in psql holds: the event is turned away as busy, and stored once it is free', async () => {
      const event = testPage().finished();
      await fresh.query('BEGIN; LOCK TABLE code_execution_logs IN ACCESS EXCLUSIVE MODE');
      expect(await sending(event)).toBe('database-busy');
      await fresh.query('COMMIT');
      expect(await sending(event)).toEqual([{ outcome: 'stored' }]);
    });

    it('says nothing any more: what was asked is given up, and stored by another connection', async () => {
      const event = testPage().finished();
      const log = createLog('silent');
      const store = await openStore(fresh.ingest, {
        role: 'celltrail_ingest',
        log,
        connections: 1,
        statementTimeoutMs: 500
      });
      const ingest = createIngest({ store, log, now: Date.now, announce: () => undefined });
      const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(store.db);
      const backend = rows[0]!.pid;
      process.kill(backend, 'SIGSTOP');
      try {
        const refused = await ingest.accept({ username: 'sara' }, { events: [event] }).catch((error: unknown) => error);
        expect(refused).toMatchObject({ kind: 'database-unreachable', details: { detail: 'ETIMEDOUT' } });
        expect(await ingest.accept({ username: 'sara' }, { events: [event] })).toEqual([{ outcome: 'stored' }]);
      } finally {
        process.kill(backend, 'SIGCONT');
        await store.close();
      }
    });
  });
