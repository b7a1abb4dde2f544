import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { upgradeCommand } from '../cli/upgrade.js';
import { runProgram } from '../cli/outcome.js';
import { createIngest } from '../ingest/accept.js';
import { createLog } from '../log.js';
import { bootstrap } from '../store/bootstrap.js';
import { freePort, localConnection, startCluster, stopCluster } from '../store/cluster.js';
import { type DatabaseFault } from '../store/database-fault.js';
import { clusterIn, fillFolder, homeIn } from '../store/embedded-folder.js';
import { migrateToLatest } from '../store/migrate.js';
import { openStore } from '../store/open.js';
import { findBinaries, majorOf } from '../store/postgres-binaries.js';
import { provideDatabase } from '../store/provide.js';
import { upgradeRecord } from '../store/upgrade.js';
import { databases } from './databases.js';
import { testPage } from './events.js';

jest.setTimeout(240_000);

const log = createLog('silent');
const never = new AbortController().signal;
const RECORD = `
  SELECT jsonb_build_object('runs', (SELECT jsonb_agg(to_jsonb(e) ORDER BY id) FROM code_execution_logs AS e),
    'events', (SELECT jsonb_agg(to_jsonb(e) ORDER BY id) FROM audit_events AS e),
    'rollups', (SELECT jsonb_agg(to_jsonb(r) ORDER BY r) FROM execution_rollups AS r),
    'pages', (SELECT jsonb_agg(to_jsonb(p) ORDER BY page_id) FROM page_sequences AS p),
    'months', (SELECT jsonb_agg(DISTINCT e.tableoid::regclass::text) FROM code_execution_logs AS e)) AS record`;

async function ask(connection: string, query: string): Promise<unknown> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return Object.values((await client.query<Record<string, unknown>>(query)).rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

/** Every file with what is in it and when it was last written. */
function traces(folder: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const stat = statSync(join(folder, name));
    hash.update(`${name} ${stat.mtimeMs} ${stat.mode} `);
    if (stat.isFile()) hash.update(readFileSync(join(folder, name)));
  }
  return hash.digest('hex');
}

for (const {
  name,
  cluster: { cluster: engine }
} of databases)
  describe(`the upgrade of a private database that ${name} made`, () => {
    const parent = mkdtempSync(join(tmpdir(), 'celltrail-upgrade-'));
    const from = join(parent, 'old');
    const cluster = clusterIn(homeIn(from), engine.binaries);
    let major = '';
    let record: unknown;
    let reader = '';

    /** Runs the old cluster while something is done with it. */
    const whileItRuns = async (work: (as: (login: string, database: string) => string) => Promise<void>) => {
      const passwords = JSON.parse(readFileSync(join(homeIn(from), 'secrets.json'), 'utf8')) as Record<string, string>;
      const port = await freePort();
      await startCluster(cluster, port);
      await work((login, base) => localConnection(login, passwords[login]!, port, base));
      await stopCluster(cluster);
    };
    beforeAll(async () => {
      mkdirSync(from);
      const passwords = await fillFolder(homeIn(from), engine.binaries);
      reader = passwords.celltrail_reader;
      major = (await majorOf(engine.binaries))!;
      await whileItRuns(async as => {
        await bootstrap(as('postgres', 'postgres'), passwords);
        await migrateToLatest(as('celltrail_owner', 'celltrail'), log);
        const store = await openStore(as('celltrail_ingest', 'celltrail'), { role: 'celltrail_ingest', log });
        const ingest = createIngest({ store, log, now: Date.now, announce: () => undefined });
        const old = testPage(Date.UTC(2026, 2, 3)); // a month that has no table of its own in the new folder
        const page = testPage();
        const [open, odd] = [
          page.startOf(page.finished()),
          page.finished({ code: 'x = "\\t\\N\\.\n\u0000\ud800سلام"' })
        ];
        const events = [old.finished(), odd, open, page.other(), ...Array.from({ length: 300 }, () => page.finished())];
        const answers = await ingest.accept({ username: 'سارا' }, { events });
        expect(new Set(answers.map(({ outcome }) => outcome))).toEqual(new Set(['stored']));
        await store.close();
        record = await ask(as('postgres', 'celltrail'), RECORD);
      });
    });
    afterAll(() => rmSync(parent, { recursive: true }));

    it('brings all of it over, compared, and leaves the old folder as it was', async () => {
      const before = traces(from);
      const into = join(parent, 'new');
      const done = await upgradeRecord({ from, into, binaries: engine.binaries, signal: never }, log);
      expect(done).toMatchObject({ from: major, to: '18' });
      expect(done.tables).toContainEqual({ name: 'code_execution_logs', rows: 303 });
      expect(traces(from)).toBe(before);
      expect(readdirSync(into)).toEqual(['postgres']);
      const provided = await provideDatabase({ dbConnection: null, dataDir: into }, log);
      expect(await ask(provided.reader, RECORD)).toEqual(record);
      expect(new URL(provided.reader).password).toBe(reader); // who reads by psql reads on
      await expect(ask(provided.ingest, "UPDATE code_execution_logs SET code = ''")).rejects.toMatchObject({
        code: '42501'
      });
      await provided.stop();
    });

    it('refuses a folder that holds a record, itself, and one where nothing is', async () => {
      const refusals = [
        [from, join(parent, 'new'), /holds a record already/],
        [from, from, /into itself/],
        [join(parent, 'nothing'), join(parent, 'new'), /no private database/]
      ] as const;
      for (const [source, into, words] of refusals)
        await expect(upgradeRecord({ from: source, into, binaries: null, signal: never }, log)).rejects.toThrow(words);
    });

    it('refuses a database that runs', async () => {
      await whileItRuns(async () => {
        const options = { from, into: join(parent, 'third'), binaries: engine.binaries, signal: never };
        await expect(upgradeRecord(options, log)).rejects.toMatchObject({ kind: 'folder-in-use' });
      });
    });

    it('works after one that was cut short, which no server takes for a new record', async () => {
      const into = join(parent, 'again');
      const draft = `${homeIn(into)}.upgrade`;
      const told = new AbortController();
      const cut = upgradeRecord(
        { from, into, binaries: engine.binaries, signal: told.signal },
        {
          ...log,
          info: () => told.abort(new Error('cut'))
        }
      );
      await expect(cut).rejects.toThrow();
      expect(existsSync(draft)).toBe(false);
      // As if the process had been killed with both of them running.
      mkdirSync(draft, { recursive: true });
      writeFileSync(join(draft, 'pid'), '4194305');
      await fillFolder(join(draft, 'new'), findBinaries());
      await startCluster(clusterIn(join(draft, 'new'), findBinaries()), await freePort());
      const fault = await provideDatabase({ dbConnection: null, dataDir: into }, log).catch((error: unknown) => error);
      expect(fault).toMatchObject({ kind: 'upgrade-unfinished' });
      await upgradeRecord({ from, into, binaries: engine.binaries, signal: never }, log);
      expect(readdirSync(into)).toEqual(['postgres']);
    });

    it('says in which folder what is, as a command', async () => {
      const said: string[] = [];
      const into = join(parent, 'command');
      const env = { AUDIT_DATA_DIR: into, AUDIT_LOG_LEVEL: 'silent' };
      const around = { env, out: (line: string) => void said.push(line), err: (line: string) => void said.push(line) };
      expect(await runProgram(upgradeCommand(around).exitOverride(), ['--from', from], around.err)).toBe(0);
      expect(said[0]).toMatch(
        new RegExp(`^Postgres ${major} → 18: \\d+ rows in \\d+ tables, counted and compared\\.$`)
      );
      expect(said[1]).toContain(`The record is in ${into} now; ${from} is as it was.`);
      said.length = 0;
      expect(
        await runProgram(upgradeCommand(around).exitOverride(), ['--from', from, '--binaries', parent], around.err)
      ).toBe(1);
      expect(said[0]).toContain('holds a record already');
    });
  });

it('names the way to programs that this machine does not have', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'celltrail-upgrade-'));
  const home = homeIn(join(parent, 'old'));
  mkdirSync(join(home, 'data', 'global'), { recursive: true });
  writeFileSync(join(home, 'data', 'PG_VERSION'), '11\n');
  writeFileSync(join(home, 'data', 'global', 'pg_control'), '');
  const logins = ['postgres', 'celltrail_owner', 'celltrail_ingest', 'celltrail_reader'];
  writeFileSync(join(home, 'secrets.json'), JSON.stringify(Object.fromEntries(logins.map(login => [login, 'x']))));
  const options = { from: join(parent, 'old'), into: join(parent, 'new'), binaries: null, signal: never };
  const fault = await upgradeRecord(options, log).catch((error: unknown) => error as DatabaseFault);
  expect(fault).toMatchObject({
    kind: 'upgrade-failed',
    fix: expect.stringContaining('npm install --prefix pg11') as string
  });
  rmSync(parent, { recursive: true });
});
