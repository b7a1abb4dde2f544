import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type Command } from 'commander';
import { createLog } from '../log.js';
import { migrateCommand } from '../cli/migrate.js';
import { runProgram } from '../cli/outcome.js';
import { sqlCommand } from '../cli/sql.js';
import { type Surroundings } from '../cli/surroundings.js';
import { MIGRATIONS } from '../store/migrate.js';
import { provideDatabase } from '../store/provide.js';
import { databases, type FreshDatabase } from './databases.js';

jest.setTimeout(60_000);

const LAST = Object.keys(MIGRATIONS).at(-1)!;

interface Ran {
  code: number;
  out: string[];
  err: string[];
}

async function run(
  env: Record<string, string>,
  make: (around: Surroundings) => Command,
  ...argv: string[]
): Promise<Ran> {
  const ran: Ran = { code: -1, out: [], err: [] };
  const around = {
    env,
    out: (line: string) => void ran.out.push(line),
    err: (line: string) => void ran.err.push(line)
  };
  const command = make(around).exitOverride().configureOutput({ writeOut: around.out, writeErr: around.err });
  ran.code = await runProgram(command, argv, around.err);
  return ran;
}
const migrate = (env: Record<string, string>, ...argv: string[]): Promise<Ran> => run(env, migrateCommand, ...argv);
const sql = (env: Record<string, string>, ...argv: string[]): Promise<Ran> =>
  run(env, around => sqlCommand(around), ...argv);

for (const database of databases)
  describe(`celltrail migrate on ${database.name}`, () => {
    let fresh: FreshDatabase;
    let env: { AUDIT_DB_CONNECTION: string };
    beforeAll(async () => {
      fresh = await database.fresh({ empty: true });
      env = { AUDIT_DB_CONNECTION: fresh.owner };
    });
    afterAll(() => fresh.drop());

    it('makes the schema and says so, and then that it is current', async () => {
      const first = await migrate(env);
      expect([first.code, first.out[0], first.out.at(-1)]).toEqual([0, 'applied  0001-roles', `applied  ${LAST}`]);
      expect(await migrate(env)).toEqual({ code: 0, out: ['The schema is current.'], err: [] });
      expect((await migrate(env, '--json')).out).toEqual(['{"direction":"up","steps":[]}']);
    });

    it('takes a step back only for who agrees to lose its data', async () => {
      const alone = await migrate(env, '--down');
      expect([alone.code, alone.out, alone.err[0]]).toEqual([1, [], expect.stringContaining('--drop-data')]);
      expect(await migrate(env, '--down', '--drop-data')).toEqual({
        code: 0,
        out: [`taken back  ${LAST}`],
        err: []
      });
      expect(await migrate(env)).toEqual({ code: 0, out: [`applied  ${LAST}`], err: [] });
    });

    it('fails with the reason and the fix, and nothing of the password', async () => {
      const wrong = { AUDIT_DB_CONNECTION: fresh.owner.replace(/:[^:@]+@/, ':pass-word@') };
      const { code, out, err } = await migrate(wrong, '--json');
      expect(code).toBe(1);
      expect(err.join('\n')).toMatch(/refuses the password.*\nFix: /);
      expect([...out, ...err].join('\n')).not.toContain('pass-word');
    });
  });

for (const database of databases)
  describe(`celltrail sql on ${database.name}`, () => {
    let fresh: FreshDatabase;
    let env: { AUDIT_DB_CONNECTION: string };
    beforeAll(async () => {
      fresh = await database.fresh();
      env = { AUDIT_DB_CONNECTION: fresh.owner };
    });
    afterAll(() => fresh.drop());

    it('prints rows as a table', async () => {
      expect(await sql(env, "SELECT 'سلام' AS word, 12345 AS number, NULL AS nothing")).toEqual({
        code: 0,
        out: [' word | number | nothing', '------+--------+---------', ' سلام |  12345 |', '(1 row)'],
        err: []
      });
    });

    it('prints rows as JSON, with what a number of JSON can not hold as text', async () => {
      const { code, out } = await sql(env, '--json', `SELECT 1 AS a, true AS b, 9007199254740993 AS c, 0.1::numeric AS d, '{"x":1}'::jsonb AS e, NULL AS f`); // prettier-ignore
      expect([code, JSON.parse(out[0]!)]).toEqual([0, [{ a: 1, b: true, c: '9007199254740993', d: '0.1', e: { x: 1 }, f: null }]]); // prettier-ignore
    });

    it('reads the statement from standard input when none is given', async () => {
      const { out } = await run(env, around => sqlCommand(around, Readable.from(['SELECT current_user;\n'])));
      expect(out[2]).toBe(' celltrail_reader');
      expect((await run(env, around => sqlCommand(around, Readable.from(['  '])))).code).toBe(1);
    });

    it.each([
      ['a write', 'INSERT INTO page_presence VALUES (gen_random_uuid())', /read-only|permission denied/],
      ['a second statement', 'SELECT 1; COMMIT; DROP TABLE audit_events', /multiple commands/],
      ['a way around the transaction', 'DO $$ BEGIN SET TRANSACTION READ WRITE; END $$', /read-write mode|read-only/],
      ['what is no SQL', 'selec 1', /syntax error.*character 1/],
      ['what takes too long', 'SELECT pg_sleep(10)', /statement timeout/]
    ])('refuses %s in the words of the database', async (_, statement, words) => {
      const { code, out, err } = await sql(env, '--timeout', '0.3', statement);
      expect([code, out]).toEqual([1, []]);
      expect(err[0]).toMatch(/^ERROR: /);
      expect(err[0]).toMatch(words);
    });

    it('refuses a time-out that is none', async () => {
      expect((await sql(env, '--timeout', 'soon', 'SELECT 1')).err).toEqual([
        'celltrail: --timeout takes seconds, as 60'
      ]);
    });
  });

describe('celltrail sql on the private Postgres', () => {
  const parent = mkdtempSync(join(tmpdir(), 'celltrail-cli-'));
  afterAll(() => rmSync(parent, { recursive: true }));

  it('reads beside the server, and without it', async () => {
    const choice = { dbConnection: null, dataDir: join(parent, 'data') };
    const env = { AUDIT_DATA_DIR: choice.dataDir };
    const server = await provideDatabase(choice, createLog('silent'));
    const question = 'SELECT count(*) AS n FROM code_execution_logs';
    expect((await sql(env, '--json', question)).out).toEqual(['[{"n":"0"}]']);
    await server.stop();
    expect((await sql(env, '--json', question)).out).toEqual(['[{"n":"0"}]']);
  });
});
