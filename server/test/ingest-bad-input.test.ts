import { MAX_BATCH_EVENTS, MAX_FUTURE_MS } from '@celltrail/protocol';
import { createLog } from '../log.js';
import { createIngest, type Ingest } from '../ingest/accept.js';
import { databases, type FreshDatabase } from './databases.js';
import { testPage } from './events.js';

const page = testPage();
const end = page.finished();

/** What is wrong with the event in the middle, and the problem it is answered with. */
const BAD: [string, unknown, string, string | undefined][] = [
  ['not an object', 'x', 'field-invalid', 'events[1]'],
  ['an unknown type', { ...end, type: 'x' }, 'event-type-unknown', 'events[1].type'],
  ['a wrong type', { ...end, cell_number: 'one' }, 'field-invalid', 'events[1].cell_number'],
  ['a missing field', { ...end, code: undefined }, 'field-invalid', 'events[1].code'],
  ['an unknown status', { ...end, status: 'x' }, 'field-invalid', 'events[1].status'],
  ['a date far ahead', { ...end, timestamp: new Date(Date.now() + MAX_FUTURE_MS + 60_000).toISOString() }, 'date-in-future', 'events[1].timestamp'], // prettier-ignore
  ["another's id", { ...end, id: page.finished().id }, 'id-mismatch', 'events[1].id'],
  ['what only the database refuses', page.finished({ code: 'poison' }), 'field-invalid', 'events[1]']
];

for (const database of databases)
  describe(`bad input on ${database.name}`, () => {
    let fresh: FreshDatabase;
    let ingest: Ingest;
    beforeAll(async () => {
      fresh = await database.fresh();
      await fresh.query("ALTER TABLE code_execution_logs ADD CHECK (code <> 'poison')");
      const store = await fresh.store();
      ingest = createIngest({ store, log: createLog('silent'), now: Date.now, announce: () => undefined });
    });
    afterAll(() => fresh.drop());
    const send = (events: unknown[], username = 'sara') => ingest.accept({ username }, { events });
    const count = async (table: string, where = 'true'): Promise<number> =>
      (await fresh.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table} WHERE ${where}`))[0]!.n;

    it.each(BAD)('%s is refused, and its neighbours are stored', async (_, bad, kind, field) => {
      const neighbours = [page.finished(), page.other()];
      const answers = await send([neighbours[0], bad, neighbours[1]]);
      expect(answers).toMatchObject([
        { outcome: 'stored' },
        { outcome: 'refused', problem: { type: `urn:celltrail:${kind}`, status: 400, field } },
        { outcome: 'stored' }
      ]);
      expect(await count('code_execution_logs', `id = '${neighbours[0]!.id}'`)).toBe(1);
      expect(await count('audit_events', `id = '${neighbours[1]!.id}'`)).toBe(1);
    });

    it('10,000 events in one call are refused whole, with the limit', async () => {
      const before = await count('code_execution_logs');
      await expect(send(Array.from({ length: 10_000 }, () => end))).rejects.toMatchObject({
        kind: 'batch-too-large',
        details: { limit: MAX_BATCH_EVENTS }
      });
      expect(await count('code_execution_logs')).toBe(before);
    });

    it('a code with NUL and lone surrogates is stored, readable and recoverable', async () => {
      const code = 'print("\0 \ud83d سلام 😀")';
      const event = page.finished({ code, error_message: 'a\0b\udc00' });
      expect(await send([event, event])).toEqual([{ outcome: 'stored' }, { outcome: 'duplicate' }]);
      expect(await send([event])).toEqual([{ outcome: 'duplicate' }]);
      const [row] = await fresh.query(
        `SELECT code, code_json, error_message FROM code_execution_logs WHERE id = '${event.id}'`
      );
      expect(row).toEqual({
        code: 'print("\u2400 \ufffd سلام 😀")',
        code_json: JSON.stringify(code),
        error_message: 'a\u2400b\ufffd'
      });
      expect(JSON.parse(row!.code_json as string)).toBe(code);
    });

    it('another event with NUL and lone surrogates likewise', async () => {
      const event = page.other({ reason: 'a\0\ud800' });
      expect(await send([event])).toEqual([{ outcome: 'stored' }]);
      expect(await send([event])).toEqual([{ outcome: 'duplicate' }]);
      const [row] = await fresh.query<{ body: Record<string, string> }>(
        `SELECT body FROM audit_events WHERE id = '${event.id}'`
      );
      expect(row!.body.reason).toBe('a\u2400\ufffd');
      expect(JSON.parse(row!.body.original_json!)).toEqual(event);
    });

    it('a page with NUL in its words is seen all the same', async () => {
      const state = {
        page_id: page.page_id,
        extension_version: '1\0',
        lab_version: null,
        capturing: true,
        fault: 'a\0',
        browser_id: 'AAAAAAAA-1111-4111-8111-111111111111',
        keeping: 'full' as const,
        waiting: 3,
        refused: 0
      };
      expect(await ingest.accept({ username: 'sara' }, { page: state, events: [] })).toEqual([]);
      expect(await ingest.accept({ username: 'sara' }, { page: { ...state, waiting: 1 }, events: [] })).toEqual([]);
      const rows = await fresh.query('SELECT username, extension_version, fault, browser_id, keeping, waiting::int, last_seen > first_seen AS later FROM page_presence'); // prettier-ignore
      expect(rows).toEqual([
        {
          username: 'sara',
          extension_version: '1\u2400',
          fault: 'a\u2400',
          browser_id: 'aaaaaaaa-1111-4111-8111-111111111111',
          keeping: 'full',
          waiting: 1,
          later: true
        }
      ]);
    });

    it('SQL in every field is text', async () => {
      const sql = `'; DROP TABLE code_execution_logs; --`;
      const event = page.finished({
        code: sql,
        kernel_id: sql,
        msg_id: sql,
        notebook_path: sql,
        output_types: [sql, '{,}', '']
      });
      expect(await send([event], sql)).toEqual([{ outcome: 'stored' }]);
      const [row] = await fresh.query(
        `SELECT username, code, output_types FROM code_execution_logs WHERE id = '${event.id}'`
      );
      expect(row).toEqual({ username: sql, code: sql, output_types: [sql, '{,}', ''] });
    });

    it('a contradiction keeps both versions: the row as it was, the other one whole beside it', async () => {
      const first = page.finished();
      const second = { ...first, status: 'error' as const, error_message: 'ValueError: no' };
      expect(await send([first, second])).toEqual([{ outcome: 'stored' }, { outcome: 'stored' }]);
      expect(await send([second, first])).toEqual([{ outcome: 'duplicate' }, { outcome: 'duplicate' }]);
      expect(await count('code_execution_logs', `id = '${first.id}' AND status = 'success'`)).toBe(1);
      const kept = await fresh.query(`SELECT username, body FROM audit_events WHERE type = 'execution.contradicted' AND body->>'id' = '${first.id}'`); // prettier-ignore
      const { kernel_id, msg_id, code } = first;
      expect(kept).toMatchObject([
        { username: 'sara', body: { kernel_id, msg_id, code, status: 'error', error_message: 'ValueError: no' } }
      ]);
    });

    it("another person's event with a taken id changes nothing and is kept under their name", async () => {
      const event = page.other();
      expect(await send([event])).toEqual([{ outcome: 'stored' }]);
      expect(await send([event], 'reza')).toEqual([{ outcome: 'stored' }]);
      expect(await send([event], 'reza')).toEqual([{ outcome: 'duplicate' }]);
      expect(
        await fresh.query(`SELECT type, username FROM audit_events WHERE body->>'id' = '${event.id}' ORDER BY 2`)
      ).toEqual([
        { type: 'event.contradicted', username: 'reza' },
        { type: 'capture.disabled', username: 'sara' }
      ]);
    });
  });
