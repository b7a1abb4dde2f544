import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parquetReadObjects } from 'hyparquet';
import { createExports, MOST_EXPORTS, type Exports, type ExportQuestion } from '../answers/export/export.js';
import { EXPORTED_NAMES } from '../formats/exported-rows.js';
import { createLog } from '../log.js';
import { type Store } from '../store/open.js';
import { feedSearch } from '../store/search/feed.js';
import { databases, type FreshDatabase } from './databases.js';
import { cellsOf, eventually, heapWhile, storeMany, textOf } from './exported.js';
import { send } from './request.js';
import { startTestServer, type TestServer } from './running-server.js';
import { storeRuns } from './stored-runs.js';

const ADMIN = { username: 'mina', role: 'admin' } as const;
const SARA = { username: 'sara', role: 'analyst' } as const;
const question = (change: Partial<ExportQuestion> = {}): ExportQuestion => ({ format: 'jsonl', q: '', tz: 'UTC', after: null, ...change }); // prettier-ignore

for (const database of databases)
  describe(`an export on ${database.name}`, () => {
    let fresh: FreshDatabase;
    let store: Store;
    let exports: Exports;
    let ids: string[];
    beforeEach(async () => {
      fresh = await database.fresh();
      store = await fresh.store();
      exports = createExports(store.db, createLog('silent'), () => new Date('2026-11-29T10:00:00Z'));
      ids = await storeRuns(fresh, [
        { timestamp: '2026-11-20T10:00:00.123456Z', code: '=HYPERLINK("http://evil.example";"x")' },
        { timestamp: '2026-11-21T10:00:00Z', code: '# سلام، دنیا\nprint("كتاب\u200Cها 🔒")', execution_time_ms: null },
        { timestamp: '2026-11-22T10:00:00Z', code: '-1 + 1', status: 'error', error_message: '@SUM: 1,5 "q"' },
        { timestamp: '2026-11-23T10:00:00Z', code: 'a\u2400b', username: 'reza', notebook_path: '\u200Fتحلیل.ipynb' }
      ]);
      const json = JSON.stringify('a\0b');
      await fresh.query('ALTER TABLE code_execution_logs DISABLE TRIGGER guard');
      await fresh.query("UPDATE code_execution_logs SET code_json = $1, output_types = '{text/plain,image/png}', output_bytes = 7, silent = false WHERE id = $2", [json, ids[3]]); // prettier-ignore
    });
    afterEach(() => fresh.drop());

    const made = async (change: Partial<ExportQuestion>, reader: Parameters<Exports['begin']>[0] = ADMIN) =>
      textOf((await exports.begin(reader, question(change))).parts);
    const idsOf = (lines: string) => lines.split('\n').filter(Boolean).map(line => (JSON.parse(line) as { id: string }).id); // prettier-ignore
    const events = () => fresh.query<{ type: string; username: string; body: Record<string, unknown> }>("SELECT type, username, body FROM audit_events WHERE type LIKE 'export.%' ORDER BY observed_at, type DESC"); // prettier-ignore

    it('in JSON Lines is what the table holds, newest first, every column', async () => {
      const rows = await store.db.selectFrom('code_execution_logs').selectAll().orderBy('timestamp', 'desc').execute();
      const lines = (await made({})).toString().trimEnd().split('\n');
      expect(lines.map(line => JSON.parse(line) as unknown)).toEqual(rows);
      expect(Object.keys(JSON.parse(lines[0]!) as object)).toEqual([...EXPORTED_NAMES]);
      expect(Object.keys(rows[0]!).sort()).toEqual([...EXPORTED_NAMES].sort());
    });

    it('in CSV has no formula and all of its Persian, quotes and lines', async () => {
      const text = (await made({ format: 'csv' })).toString();
      expect(text.startsWith('\ufeffid,username,cell_number,code,')).toBe(true);
      const [head, ...rows] = cellsOf(text.slice(1));
      const column = (name: string) => rows.map(row => row[head!.indexOf(name)]);
      expect(column('code')).toEqual([
        'a\u2400b',
        "'-1 + 1",
        '# سلام، دنیا\nprint("كتاب\u200Cها 🔒")',
        `'=HYPERLINK("http://evil.example";"x")`
      ]);
      expect(column('error_message')).toEqual(['', `'@SUM: 1,5 "q"`, '', '']);
      expect(column('code_json')[0]).toBe('"a\\u0000b"');
      expect(column('output_types')[0]).toBe('["text/plain","image/png"]');
      expect(column('execution_time_ms')).toEqual(['12.5', '12.5', '', '12.5']);
      expect(column('timestamp')[3]).toBe('2026-11-20T10:00:00.123456Z');
    });

    it('in Parquet reads back as what the table holds, to the microsecond', async () => {
      const bytes = await made({ format: 'parquet' });
      const file = new Uint8Array(bytes).buffer;
      const back = await parquetReadObjects({
        file,
        parsers: { timestampFromMicroseconds: (micros: bigint) => micros }
      });
      const times = ['timestamp', 'requested_at', 'observed_at', 'stored_at', 'completed_at'];
      const integers = ['cell_number', 'error_traceback_length', 'output_bytes', 'page_seq'];
      const rows = await fresh.query(`
        SELECT *, ${times.map(name => `(extract(epoch FROM ${name}) * 1000000)::bigint::text AS ${name}`).join(', ')}
          FROM code_execution_logs ORDER BY code_execution_logs.timestamp DESC`);
      const asText = (value: bigint | number | string | null | undefined) => value === null || value === undefined ? null : `${value}`; // prettier-ignore
      for (const row of back) for (const name of [...times, ...integers]) row[name] = asText(row[name] as string);
      for (const row of back) row['output_types'] ??= null; // what reads it back has nothing for an absent list
      for (const row of rows) for (const name of integers) row[name] = asText(row[name] as string);
      expect(back).toEqual(rows);
    });

    it.each(['csv', 'jsonl', 'parquet'] as const)('of nothing is a whole file without rows: %s', async format => {
      const bytes = await made({ format, q: 'nothing-like-it' });
      if (format === 'jsonl') expect(bytes.toString()).toBe('');
      else if (format === 'csv') expect(cellsOf(bytes.toString())).toHaveLength(1);
      else expect(await parquetReadObjects({ file: new Uint8Array(bytes).buffer })).toEqual([]);
    });

    it('goes on behind the last row that somebody has, without a head', async () => {
      const whole = (await made({ format: 'csv' })).toString();
      const rest = (await made({ format: 'csv', after: ids[2]! })).toString();
      expect(rest.startsWith(ids[1]!)).toBe(true);
      expect(whole.endsWith(rest)).toBe(true);
      expect(cellsOf(rest)).toHaveLength(2);
      expect((await made({ after: ids[0]! })).toString()).toBe('');
    });

    it('is of what the search finds, and of nobody else for an analyst', async () => {
      expect(idsOf((await made({ q: 'status:error' })).toString())).toEqual([ids[2]]);
      expect(idsOf((await made({ q: 'created:>=2026-11-22' })).toString())).toEqual([ids[3], ids[2]]);
      expect(idsOf((await made({ q: 'کتاب' })).toString())).toEqual([ids[1]]);
      expect(idsOf((await made({}, SARA)).toString())).toEqual([ids[2], ids[1], ids[0]]);
      await expect(exports.begin(SARA, question({ after: ids[3]! }))).rejects.toMatchObject({ kind: 'field-invalid', details: { field: 'after' } }); // prettier-ignore
    });

    it('is on record before its first row leaves and after its last', async () => {
      const { parts } = await exports.begin(ADMIN, question({ q: 'status:success' }));
      expect(await events()).toEqual([]);
      const reading = parts[Symbol.asyncIterator]();
      await reading.next();
      expect((await events()).map(({ type }) => type)).toEqual(['export.started']);
      await reading.next();
      const said = { role: 'admin', query: 'status:success', format: 'jsonl', tz: 'UTC', after: null };
      expect(await events()).toMatchObject([
        { type: 'export.started', username: 'mina', body: said },
        { type: 'export.made', username: 'mina', body: { ...said, rows: 3, of: ['reza', 'sara'], complete: true, reason: null } }
      ]); // prettier-ignore
    });

    it('is one of a few at once', async () => {
      const begun = await Promise.all(Array.from({ length: MOST_EXPORTS }, () => exports.begin(ADMIN, question())));
      const readers = begun.map(({ parts }) => parts[Symbol.asyncIterator]());
      for (const reading of readers) await reading.next();
      await expect(made({})).rejects.toMatchObject({ kind: 'too-many-exports' });
      await readers[0]!.return!();
      expect(idsOf((await made({})).toString())).toHaveLength(4);
      await Promise.all(readers.map(reading => reading.return!()));
    });

    it('is cut off when the server stops, and says so', async () => {
      await storeMany(fresh, 3_000, 10);
      const reading = (await exports.begin(ADMIN, question())).parts[Symbol.asyncIterator]();
      await reading.next();
      const closed = exports.close();
      await expect(reading.next()).rejects.toMatchObject({ kind: 'stopping' });
      await closed;
      expect((await events()).at(-1)!.body).toMatchObject({ complete: false, reason: 'server_stopped', rows: 1_000 });
    });

    it('finds all of many rows once each, common words and rare ones, with the index of texts and without', async () => {
      await storeMany(fresh, 12_000, 1);
      await storeRuns(fresh, [{ timestamp: '2020-01-01T00:00:00Z', code: 'a needle' }, { code: 'needle two' }]);
      const all = idsOf((await made({})).toString());
      expect([all.length, new Set(all).size]).toEqual([12_006, 12_006]);
      expect(idsOf((await made({ q: 'needle' })).toString())).toHaveLength(2);
      while (await feedSearch(store.db, 0, 20_000));
      expect(idsOf((await made({ q: 'needle' })).toString())).toHaveLength(2);
      expect(idsOf((await made({ q: '-needle user:many' })).toString())).toHaveLength(12_000);
    });

    it.each(['csv', 'jsonl', 'parquet'] as const)(
      'holds no more of a long file than of a short one: %s',
      async format => {
        await storeMany(fresh, 16_000, 125);
        const { bytes, grown } = await heapWhile(async () => (await exports.begin(ADMIN, question({ format, q: 'user:many' }))).parts); // prettier-ignore
        // Parquet packs what repeats; what went through it is the same.
        expect(bytes).toBeGreaterThan(format === 'parquet' ? 1e6 : 60e6);
        expect(grown).toBeLessThan(40e6);
      }
    );

    describe('over HTTP', () => {
      let server: TestServer;
      beforeEach(async () => {
        server = await startTestServer(fresh);
      });
      afterEach(() => server.stop());

      it.each([
        ['csv', 'text/csv; charset=utf-8'],
        ['jsonl', 'application/x-ndjson'],
        ['parquet', 'application/vnd.apache.parquet']
      ])('is a file to save: %s', async (format, type) => {
        const reply = await send(server.port, `/api/export?format=${format}`);
        expect([reply.status, reply.headers['content-type']]).toEqual([200, type]);
        expect(reply.headers['content-disposition']).toMatch(new RegExp(`^attachment; filename="celltrail-\\d{4}-\\d\\d-\\d\\d\\.${format}"$`)); // prettier-ignore
        expect(reply.headers['cache-control']).toBe('no-store');
        const head = await send(server.port, `/api/export?format=${format}`, { method: 'HEAD' });
        expect([head.status, head.headers['content-type'], head.text]).toEqual([200, type, '']);
      });

      it.each([
        ['format=xml', 'field-invalid', 'format'],
        ['after=abc', 'field-invalid', 'after'],
        ['after=00000000-0000-4000-8000-000000000000', 'field-invalid', 'after'],
        ['tz=Mars/Olympus', 'field-invalid', 'tz'],
        ['q=created:2026-02-31', 'search-invalid', 'q'],
        ['q=%00', 'field-invalid', 'q'],
        [`q=${'x'.repeat(501)}`, 'field-invalid', 'q'],
        ['limit=5', 'field-invalid', 'limit'],
        ['q=a&q=b', 'field-invalid', 'q']
      ])('says what is wrong with %s, and puts nothing on record', async (query, kind, field) => {
        const reply = await send(server.port, `/api/export?${query}`);
        expect([reply.status, reply.json()]).toMatchObject([400, { type: `urn:celltrail:${kind}`, field }]);
        expect(await events()).toEqual([]);
      });

      it('that its reader breaks off holds no connection, and is on record as cut off', async () => {
        await storeMany(fresh, 30_000, 60);
        await new Promise<void>((resolve, reject) => {
          const request = get({ host: '127.0.0.1', port: server.port, path: '/api/export', agent: false }, response =>
            response.once('data', () => request.destroy()).once('close', resolve)
          );
          request.on('error', reject);
        });
        const told = await eventually(async () => (await events())[1]);
        expect(told.body).toMatchObject({ complete: false, reason: 'reader_left' });
        expect(told.body['rows']).toBeLessThan(30_000);
        const busy = await fresh.query("SELECT query FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'celltrail' AND state <> 'idle'"); // prettier-ignore
        expect(busy).toEqual([]);
        for (let i = 0; i < 2 * MOST_EXPORTS; i++)
          expect((await send(server.port, '/api/export?q=user:reza&format=jsonl')).text.split('\n')).toHaveLength(2);
      });

      it('goes on as the page about exports has it', async () => {
        const page = readFileSync(join(__dirname, '../../docs/export.md'), 'utf8');
        const recipe = /```sh\n([\s\S]*?)```/.exec(page)![1]!;
        const folder = mkdtempSync(join(tmpdir(), 'celltrail-export-'));
        // The first curl breaks off after a whole line and a half, as a network would have it.
        const broken = recipe.replace(/" >runs.jsonl \|\|/, '" | head -c 1500 >runs.jsonl; false ||');
        expect(broken).not.toBe(recipe);
        const run = promisify(execFile);
        await run('bash', ['-c', broken], { cwd: folder, env: { ...process.env, CELLTRAIL: `http://127.0.0.1:${server.port}` } }); // prettier-ignore
        const whole = await send(server.port, '/api/export?format=jsonl&q=status:success');
        expect(readFileSync(join(folder, 'runs.jsonl'), 'utf8')).toBe(whole.text);
        rmSync(folder, { recursive: true });
      });

      it('that was broken off in the midst of a row goes on to the same whole', async () => {
        await storeMany(fresh, 2_500, 4);
        const whole = (await send(server.port, '/api/export?format=jsonl')).text;
        const came = whole.slice(0, Math.floor(whole.length / 2));
        const lines = came.slice(0, came.lastIndexOf('\n') + 1);
        const last = idsOf(lines).at(-1)!;
        const rest = (await send(server.port, `/api/export?format=jsonl&after=${last}`)).text;
        expect(lines + rest === whole).toBe(true);
      });
    });
  });
