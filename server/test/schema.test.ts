import { databases, type FreshDatabase } from './databases.js';
import { REPORTS } from './sample-record.js';

const ID = '019aba00-0000-8000-8000-000000000001';
const INSERT_ROW = `
  INSERT INTO code_execution_logs (id, username, code, status, timestamp, kernel_id, msg_id, requested_at, page_id, page_seq, observed_at)
  VALUES ('${ID}', 'sara', '1', 'running', now(), 'k', 'm', now(), gen_random_uuid(), 1, now())`;
const INSERT_EVENT = `
  INSERT INTO audit_events (id, type, username, observed_at, body) VALUES (gen_random_uuid(), 'x', 'sara', now(), '{}')`;
const INSERT_ROLLUP = "INSERT INTO execution_rollups VALUES ('reza', now(), 'error', 1, 0)";
const INSERT_PRESENCE = "INSERT INTO page_presence (page_id, username, extension_version, capturing, waiting, refused) VALUES (gen_random_uuid(), 'sara', '1', true, 0, 0)"; // prettier-ignore
const INSERT_TOKEN =
  "INSERT INTO access_tokens (name, username, hash, created_by) VALUES ('lab', 'sara', sha256('x'), 'reza')";
const INSERT_ANOMALY = "INSERT INTO anomalies VALUES (gen_random_uuid(), 'unusual_hour', 'sara', now(), now(), now(), 3, 'hour', NULL, '{}', '{}', 1)"; // prettier-ignore
const INSERT_VERDICT =
  "INSERT INTO anomaly_verdicts (anomaly_id, verdict, said_by) VALUES (gen_random_uuid(), 'fine', 'sara')";
const COMPLETE = `UPDATE code_execution_logs SET status = 'success', completed_at = now() WHERE id = '${ID}'`;

const WITNESSED = `UPDATE code_execution_logs SET status = 'success', completed_at = now(), client = 'foreign', witnessed = true WHERE id = '${ID}'`;
const CLAIM = "UPDATE code_execution_logs SET client = 'notebook', username = 'reza'";
const RETELL = "UPDATE code_execution_logs SET status = 'error', witnessed = false, client = 'notebook'";

const REFUSED = '42501';
/** Each statement with who may run it; everyone else is refused by the rights. */
const RIGHTS: [string, ('ingest' | 'reader' | 'retention')[]][] = [
  ['SELECT FROM code_execution_logs', ['ingest', 'reader', 'retention']],
  ['SELECT FROM audit_events', ['ingest', 'reader', 'retention']],
  ['SELECT FROM execution_rollups', ['ingest', 'reader', 'retention']],
  ['SELECT FROM page_presence', ['ingest', 'reader', 'retention']],
  ['SELECT FROM page_sequences', ['ingest', 'reader', 'retention']],
  ['SELECT FROM page_holes', ['ingest', 'reader']],
  ...REPORTS.map((view): [string, ('ingest' | 'reader' | 'retention')[]] => [`SELECT FROM ${view}`, ['reader']]),
  ['SELECT FROM celltrail_migrations', ['ingest', 'reader', 'retention']],
  [INSERT_ROW.replace(ID, '019aba00-0000-8000-8000-000000000002'), ['ingest']],
  [INSERT_EVENT, ['ingest']],
  [INSERT_ROLLUP, ['ingest']],
  [INSERT_PRESENCE, ['ingest']],
  [COMPLETE, ['ingest']],
  ["UPDATE code_execution_logs SET code = 'x'", []],
  ["UPDATE code_execution_logs SET code_json = 'x'", []],
  ['UPDATE code_execution_logs SET stored_at = now()', []],
  ['UPDATE code_execution_logs SET requested_at = now()', []],
  ['UPDATE audit_events SET observed_at = now()', []],
  ['UPDATE execution_rollups SET executions = 1', ['ingest']],
  ["UPDATE execution_rollups SET username = 'x'", []],
  ['UPDATE page_presence SET waiting = 1', ['ingest']],
  ["UPDATE page_presence SET username = 'x'", []],
  ['DELETE FROM code_execution_logs', ['retention']],
  ['DELETE FROM audit_events', ['retention']],
  ['DELETE FROM execution_rollups', ['retention']],
  ['DELETE FROM page_presence', ['retention']],
  ['UPDATE page_sequences SET told = 1', ['ingest']],
  ["UPDATE page_sequences SET username = 'x'", []],
  ['DELETE FROM page_sequences', ['retention']],
  ['SELECT FROM access_tokens', ['ingest', 'retention']],
  ['SELECT hash FROM access_tokens', ['ingest']],
  [INSERT_TOKEN, ['ingest']],
  ['UPDATE access_tokens SET revoked_at = now()', ['ingest']],
  ["UPDATE access_tokens SET role = 'admin'", []],
  ["UPDATE access_tokens SET username = 'x'", []],
  ['DELETE FROM access_tokens', ['retention']],
  ['SELECT hash FROM access_sessions', ['ingest']],
  ['DELETE FROM access_sessions', ['ingest', 'retention']],
  ["UPDATE access_sessions SET expires_at = 'infinity'", []],
  ['SELECT FROM server_secret', ['ingest']],
  ["UPDATE server_secret SET secret = ''", []],
  ['SELECT FROM search_texts', ['ingest', 'reader', 'retention']],
  ['SELECT FROM search_links', ['ingest', 'reader', 'retention']],
  ["UPDATE search_texts SET text = 'x'", []],
  ['DELETE FROM search_links', ['retention']],
  ['SELECT FROM analytics_rollups', ['ingest', 'reader', 'retention']],
  ['SELECT FROM analytics_notable', ['ingest', 'reader', 'retention']],
  ['UPDATE analytics_rollups SET executions = 0', ['ingest']],
  ['DELETE FROM analytics_unsettled', ['ingest', 'retention']],
  ['SELECT FROM follow_cursors', ['ingest', 'reader']],
  ['UPDATE follow_cursors SET changed_at = now()', ['ingest']],
  ["UPDATE follow_cursors SET name = 'x'", []],
  ['SELECT FROM first_uses', ['ingest', 'reader', 'retention']],
  ['UPDATE first_uses SET first_at = now()', ['ingest']],
  ["UPDATE first_uses SET name = 'x'", []],
  ['DELETE FROM first_uses', ['retention']],
  ['SELECT FROM anomalies', ['ingest', 'reader', 'retention']],
  [INSERT_ANOMALY, ['ingest']],
  ['UPDATE anomalies SET figure = 1', ['ingest']],
  ["UPDATE anomalies SET username = 'x'", []],
  ['DELETE FROM anomalies', ['retention']],
  [INSERT_VERDICT, ['ingest']],
  ["UPDATE anomaly_verdicts SET verdict = 'fine'", []],
  ['DELETE FROM anomaly_verdicts', ['retention']],
  ['TRUNCATE code_execution_logs', []],
  ['TRUNCATE audit_events', []],
  ['DROP TABLE audit_events', []],
  ['ALTER TABLE code_execution_logs DISABLE TRIGGER guard', []],
  ['CREATE TABLE mine (x int)', []],
  ['SELECT FROM code_execution_logs_default', []],
  ['DELETE FROM code_execution_logs_default', []],
  ['SELECT celltrail_make_partitions()', ['ingest']],
  ["UPDATE celltrail_migrations SET name = 'x'", []],
  ['SET ROLE celltrail_owner', []]
];

for (const database of databases)
  describe(`the schema on ${database.name}`, () => {
    let fresh: FreshDatabase;
    beforeAll(async () => {
      fresh = await database.fresh();
      await fresh.query(INSERT_ROW);
      await fresh.query("INSERT INTO execution_rollups VALUES ('sara', now(), 'running', 1, 0)");
    });
    afterAll(() => fresh.drop());

    /** Runs a statement as a role and takes it back. @returns its SQLSTATE, or 'done' */
    const attempt = async (role: string | null, statement: string): Promise<string> => {
      await fresh.query('BEGIN');
      try {
        // As a login of that name would: SET ROLE alone would leave the superuser's right to set another.
        if (role) await fresh.query(`SET LOCAL SESSION AUTHORIZATION ${role}`);
        await fresh.query(statement);
        return 'done';
      } catch (error) {
        return (error as { code: string }).code;
      } finally {
        await fresh.query('ROLLBACK');
      }
    };

    it('explains every table and every column', async () => {
      const silent = await fresh.query(`
        SELECT c.relname, a.attname FROM pg_class c
          LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v') AND c.relname NOT LIKE '%\\_default'
           AND (obj_description(c.oid) IS NULL OR col_description(c.oid, a.attnum) IS NULL)`);
      expect(silent).toEqual([]);
      const functions = await fresh.query(`
        SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'celltrail%'
           AND obj_description(oid) IS NULL`);
      expect(functions).toEqual([]);
    });

    it("begins with the scenario's eight columns", async () => {
      const rows = await fresh.query<{ name: string }>(`
        SELECT attname AS name FROM pg_attribute WHERE attrelid = 'code_execution_logs'::regclass AND attnum > 0 ORDER BY attnum LIMIT 8`); // prettier-ignore
      expect(rows.map(({ name }) => name).join()).toBe(
        'id,username,cell_number,code,execution_time_ms,status,error_message,timestamp'
      );
    });

    it.each(RIGHTS)('%s', async (statement, may) => {
      for (const role of ['ingest', 'reader', 'retention'] as const)
        expect([role, await attempt(`celltrail_${role}`, statement)]).toEqual([
          role,
          may.includes(role) ? 'done' : REFUSED
        ]);
    });

    it.each([
      ['an open row completed', [COMPLETE], 'done'],
      ['an open row that ends unknown', ["UPDATE code_execution_logs SET status = 'unknown'"], 'done'],
      ['an open row completed twice', [COMPLETE, "UPDATE code_execution_logs SET status = 'error'"], 'CT001'],
      ['a closed row with another time', [COMPLETE, 'UPDATE code_execution_logs SET execution_time_ms = 1'], 'CT001'],
      ['a closed row opened', [COMPLETE, "UPDATE code_execution_logs SET status = 'running'"], 'CT001'],
      ['an open row that stays open', ['UPDATE code_execution_logs SET cell_number = 9'], 'CT002'],
      ['another owner', [COMPLETE.replace('SET', "SET username = 'reza',")], 'CT003'],
      ['another code', [COMPLETE.replace('SET', "SET code = 'x',")], 'CT003'],
      ['another kernel', [COMPLETE.replace('SET', "SET kernel_id = 'x',")], 'CT003'],
      ['a closed row without its time of closing', ["UPDATE code_execution_logs SET status = 'success'"], '23514'],
      ['another owner of a closed row', [COMPLETE, "UPDATE code_execution_logs SET username = 'reza'"], 'CT003'],
      ['a witnessed row that the sender claims', [WITNESSED, CLAIM], 'done'],
      ['a witnessed row that two claim', [WITNESSED, CLAIM, CLAIM.replace('reza', 'ali')], 'CT003'],
      ['a claim that tells another end', [WITNESSED, CLAIM.replace('SET', "SET status = 'error',")], 'CT001'],
      [
        'a claim that opens the row',
        [WITNESSED, CLAIM.replace('SET', "SET status = 'unknown', completed_at = NULL,")],
        'CT001'
      ],
      ['a claim of another code', [WITNESSED, CLAIM.replace('SET', "SET code = 'x',")], 'CT003'],
      ['a witnessed end that the sender tells', [WITNESSED, RETELL], 'done'],
      ['a claim and then its end', [WITNESSED, CLAIM, RETELL], 'done'],
      ['an end that is told again by a witness', [WITNESSED, RETELL.replace('notebook', 'foreign')], 'CT001'],
      ['an end that is told twice', [WITNESSED, RETELL, RETELL], 'CT001'],
      [
        'another owner when the end is told',
        [WITNESSED, CLAIM, RETELL.replace('SET', "SET username = 'ali',")],
        'CT003'
      ],
      ['an event that changes', [INSERT_EVENT, "UPDATE audit_events SET type = 'y'"], 'CT001']
    ])('the database itself answers %s', async (_, statements, answer) => {
      expect(await attempt(null, statements.join('; '))).toBe(answer);
    });
  });
