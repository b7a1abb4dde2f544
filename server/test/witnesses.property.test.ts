import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { type ExecutionEvent } from '@celltrail/protocol';
import { createLog } from '../log.js';
import { createIngest, type Ingest } from '../ingest/accept.js';
import { databases, type FreshDatabase } from './databases.js';
import { testPage } from './events.js';

jest.setTimeout(120_000);

const HOUR = Date.parse('2026-11-24T10:00:00Z');
const SENDER = 'sara';
const PARTS = ['start', 'unknown', 'end'] as const;

/** One person's page on a shared kernel and what it tells of a run, in which order. */
const telling = (username: string) =>
  fc.record({
    username: fc.constant(username),
    parts: fc.array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 4 })
  });
const run = fc.record({
  sender: telling(SENDER),
  witness: telling('reza'),
  other: fc.option(telling('ali')),
  late: fc.constantFrom('sender', 'witness', 'mixed'),
  noise: fc.array(fc.nat(), { minLength: 12, maxLength: 12 })
});
type Run = typeof run extends fc.Arbitrary<infer T> ? T : never;
interface Sent {
  username: string;
  event: ExecutionEvent;
}

function tell({ sender, witness, other, late, noise }: Run): { sent: Sent[]; end: ExecutionEvent } {
  const identity = { kernel_id: randomUUID(), msg_id: randomUUID() };
  const end = testPage(HOUR).finished({ ...identity, cell_id: 'cell-1', queued_ms: 3, silent: false, store_history: true }); // prettier-ignore
  const sent = [sender, witness, ...(other ? [other] : [])].flatMap(({ username, parts }) => {
    const page = testPage(HOUR);
    const seen = { client: 'foreign', cell_id: null, notebook_path: 'elsewhere.ipynb', execution_time_ms: 20 } as const;
    const told = username === SENDER ? end : { ...page.finished({ ...end, ...seen }), page_id: page.page_id };
    const made = {
      start: { ...page.startOf(told), cell_id: told.cell_id, queued_ms: 3, silent: false, store_history: true },
      unknown: { ...told, status: 'unknown' as const, execution_time_ms: null, reason: 'page_closed' },
      end: told
    };
    return parts.map(part => ({ username, event: { ...made[part] } }));
  });
  const order = (i: number, { username }: Sent): number => {
    if (late === 'mixed') return noise[i % 12]!;
    return (late === 'sender') === (username === SENDER) ? 1 : 0;
  };
  return { end, sent: sent.map((one, i) => ({ one, at: order(i, one) })).sort((a, b) => a.at - b.at).map(({ one }) => one) }; // prettier-ignore
}

for (const database of databases)
  describe(`several people on one kernel, on ${database.name}`, () => {
    let fresh: FreshDatabase;
    let replicas: Ingest[];
    const announced = new Set<string>();
    beforeAll(async () => {
      fresh = await database.fresh();
      const make = async (): Promise<Ingest> => {
        const announce = (usernames: string[]): void => usernames.forEach(name => announced.add(name));
        return createIngest({ store: await fresh.store(), log: createLog('silent'), now: () => HOUR, announce });
      };
      replicas = [await make(), await make()];
    });
    afterAll(() => fresh.drop());
    const send = (username: string, events: ExecutionEvent[], replica = 0) =>
      replicas[replica]!.accept({ username }, { events });
    const row = async ({ id }: ExecutionEvent) =>
      (await fresh.query('SELECT * FROM code_execution_logs WHERE id = $1', [id]))[0];
    const recount = "SELECT username, status, count(*)::int AS executions, round(coalesce(sum(execution_time_ms), 0)) AS ms FROM code_execution_logs GROUP BY 1, 2 ORDER BY 1, 2"; // prettier-ignore
    const rollups = 'SELECT username, status, sum(executions)::int AS executions, round(sum(total_time_ms)::numeric)::float8 AS ms FROM execution_rollups GROUP BY 1, 2 HAVING sum(executions) <> 0 ORDER BY 1, 2'; // prettier-ignore

    it("has one row, the sender's, with the sender's cell and end, whoever speaks first", async () => {
      await fc.assert(
        fc.asyncProperty(run, async one => {
          const { sent, end } = tell(one);
          for (const [i, { username, event }] of sent.entries()) await send(username, [event], i % 2);
          const kept = await row(end);
          expect(kept).toMatchObject({ username: SENDER, client: 'notebook', cell_id: 'cell-1', notebook_path: end.notebook_path }); // prettier-ignore
          const parts = new Set(one.sender.parts);
          const witnessed = new Set([...one.witness.parts, ...(one.other?.parts ?? [])]);
          expect(kept?.['witnessed']).toBe(!parts.has('end') && (witnessed.has('end') || (!parts.has('unknown') && witnessed.has('unknown')))); // prettier-ignore
          if (parts.has('end')) expect(kept).toMatchObject({ status: 'success', execution_time_ms: 12.345, page_id: end.page_id }); // prettier-ignore
          // A batch is settled before it is written, and comes to the same row.
          await fresh.query('DELETE FROM code_execution_logs WHERE id = $1', [end.id]);
          await fresh.query('TRUNCATE execution_rollups');
          const people = [...new Set(sent.map(({ username }) => username))];
          await Promise.all(people.map((name, i) => send(name, sent.filter(({ username }) => username === name).map(({ event }) => event), i % 2))); // prettier-ignore
          const again = await row(end);
          for (const key of [
            'username',
            'status',
            'client',
            'cell_id',
            'notebook_path',
            'execution_time_ms',
            'witnessed'
          ])
            expect([key, again?.[key]]).toEqual([key, kept?.[key]]);
          expect(await fresh.query(rollups)).toEqual(await fresh.query(`${recount.replace('GROUP', `WHERE id = '${end.id}' GROUP`)}`)); // prettier-ignore
        }),
        { numRuns: 60 }
      );
      expect(await fresh.query("SELECT FROM audit_events WHERE type = 'execution.contradicted'")).toEqual([]);
    });

    it('moves the figures with the row, and tells both people', async () => {
      await fresh.query('TRUNCATE code_execution_logs, execution_rollups, audit_events');
      announced.clear();
      const page = testPage(HOUR);
      const end = page.finished();
      await send('reza', [{ ...end, client: 'foreign', page_id: randomUUID() }]);
      expect(await fresh.query(rollups)).toEqual([{ username: 'reza', status: 'success', executions: 1, ms: 12 }]);
      announced.clear();
      await send(SENDER, [end]);
      expect(await fresh.query(rollups)).toEqual([{ username: SENDER, status: 'success', executions: 1, ms: 12 }]);
      expect([...announced].sort()).toEqual(['reza', SENDER]);
    });

    it('keeps both claims when two people say that they sent it, and the row with the first', async () => {
      await fresh.query('TRUNCATE code_execution_logs, execution_rollups, audit_events');
      const end = testPage(HOUR).finished();
      await send('reza', [{ ...end, client: 'foreign', page_id: randomUUID() }]);
      await send(SENDER, [end]);
      await send('ali', [{ ...end, page_id: randomUUID() }], 1);
      expect(await row(end)).toMatchObject({ username: SENDER });
      const kept = await fresh.query('SELECT type, username FROM audit_events');
      expect(kept).toEqual([{ type: 'execution.contradicted', username: 'ali' }]);
    });

    it("keeps a witness's other word beside the sender's, once", async () => {
      await fresh.query('TRUNCATE code_execution_logs, execution_rollups, audit_events');
      const end = testPage(HOUR).finished();
      const seen = { ...end, client: 'foreign' as const, page_id: randomUUID(), status: 'error' as const };
      await send('reza', [seen]);
      await send(SENDER, [end]);
      await send('reza', [seen]);
      expect(await row(end)).toMatchObject({ username: SENDER, status: 'success' });
      const kept = await fresh.query("SELECT username, body->>'status' AS status FROM audit_events");
      expect(kept).toEqual([{ username: 'reza', status: 'error' }]);
    });
  });
