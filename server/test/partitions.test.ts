import pg from 'pg';
import { lowestExecutionId } from '@celltrail/protocol';
import { createLog } from '../log.js';
import { keepPartitions, makePartitions } from '../store/partitions.js';
import { databases, type FreshDatabase } from './databases.js';

const row = (id: string): string => `
  INSERT INTO code_execution_logs (id, username, code, status, timestamp, kernel_id, msg_id, requested_at, page_id, page_seq, observed_at)
  VALUES ('${id}', 'sara', '1', 'running', now(), 'k', 'm', now(), gen_random_uuid(), 1, now())`;
const month = (step: number): Date => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + step));
};
const nameOf = (step: number): string =>
  `code_execution_logs_${month(step).toISOString().slice(0, 7).replace('-', '_')}`;

for (const database of databases)
  describe(`partitions on ${database.name}`, () => {
    let fresh: FreshDatabase;
    beforeEach(async () => {
      fresh = await database.fresh();
    });
    afterEach(() => fresh.drop());
    const places = (): Promise<{ id: string; place: string }[]> =>
      fresh.query('SELECT id, tableoid::regclass::text AS place FROM code_execution_logs ORDER BY id');

    it('are there for the last, this and three coming months, each beginning where the protocol says', async () => {
      const before = lowestExecutionId(month(-1).getTime() - 1);
      const ids = [before, ...[-1, 0, 1, 2, 3, 4].map(step => lowestExecutionId(month(step).getTime()))];
      for (const id of ids) await fresh.query(row(id));
      expect((await places()).map(({ place }) => place)).toEqual([
        'code_execution_logs_default',
        ...[-1, 0, 1, 2, 3].map(nameOf),
        'code_execution_logs_default'
      ]);
    });

    it('are made by the ingest role, which may make nothing else, and only once', async () => {
      const { db } = await fresh.store();
      expect(await makePartitions(db)).toEqual([]);
      await fresh.query(`DROP TABLE ${nameOf(2)}`);
      expect(await Promise.all([makePartitions(db), makePartitions(db)]).then(made => made.flat())).toEqual([
        nameOf(2)
      ]);
    });

    it('take in what waited in the default partition, and guard it', async () => {
      await fresh.query(`DROP TABLE ${nameOf(1)}`);
      const id = lowestExecutionId(month(1).getTime() + 1000);
      await fresh.query(row(id));
      expect(await places()).toEqual([{ id, place: 'code_execution_logs_default' }]);
      const { db } = await fresh.store();
      expect(await makePartitions(db)).toEqual([nameOf(1)]);
      expect(await places()).toEqual([{ id, place: nameOf(1) }]);
      await expect(fresh.query("UPDATE code_execution_logs SET code = 'x', status = 'unknown'")).rejects.toMatchObject({ code: 'CT003' }); // prettier-ignore
      await expect(fresh.query(row(id))).rejects.toMatchObject({ code: '23505' });
    });

    it('wait two seconds for a reader that holds the table, and no ingest waits for longer', async () => {
      await fresh.query(`DROP TABLE ${nameOf(1)}`);
      const reader = new pg.Client(fresh.reader);
      await reader.connect();
      await reader.query('BEGIN');
      await reader.query('SELECT FROM code_execution_logs');
      const { db } = await fresh.store();
      await expect(makePartitions(db)).rejects.toMatchObject({ code: '55P03' });
      await fresh.query(row(lowestExecutionId(month(0).getTime())));
      await reader.query('COMMIT');
      await reader.end();
      expect(await makePartitions(db)).toEqual([nameOf(1)]);
    });

    it('are kept by the server: at its start and every day', async () => {
      await fresh.query(`DROP TABLE ${nameOf(3)}`);
      const { db } = await fresh.store();
      const end = keepPartitions(db, createLog('silent'), 20);
      const made = async (): Promise<boolean> => (await fresh.query(`SELECT to_regclass('${nameOf(3)}') AS there`))[0]?.there !== null; // prettier-ignore
      while (!(await made()));
      await fresh.query(`DROP TABLE ${nameOf(3)}`);
      while (!(await made()));
      end();
    });
  });
