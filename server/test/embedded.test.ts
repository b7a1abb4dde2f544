import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { createLog } from '../log.js';
import { freePort, pidFile, startCluster, stopCluster } from '../store/cluster.js';
import { DatabaseFault } from '../store/database-fault.js';
import { openFolder } from '../store/embedded-folder.js';
import { findBinaries } from '../store/postgres-binaries.js';
import { provideDatabase, visitDatabase, type ProvidedDatabase } from '../store/provide.js';

const log = createLog('silent');

// Recovery and a shut-down take as long as the disk takes.
jest.setTimeout(60_000);

const ask = async (connection: string, query: string): Promise<unknown> => {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return Object.values((await client.query<Record<string, unknown>>(query)).rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
};

const faultOf = async (attempt: Promise<unknown>): Promise<DatabaseFault> => {
  const error: unknown = await attempt.then(() => null, (reason: unknown) => reason); // prettier-ignore
  expect(error).toBeInstanceOf(DatabaseFault);
  return error as DatabaseFault;
};

describe('the private Postgres', () => {
  const parent = mkdtempSync(join(tmpdir(), 'celltrail-embedded-'));
  const choice = { dbConnection: null, dataDir: join(parent, 'a folder', 'data') };
  const started: ProvidedDatabase[] = [];
  const provide = async (): Promise<ProvidedDatabase> => {
    const provided = await provideDatabase(choice, log);
    started.push(provided);
    return provided;
  };
  const folder = () => openFolder(choice.dataDir, findBinaries());
  const postmaster = async (): Promise<number> => Number(readFileSync(pidFile((await folder()).cluster), 'utf8').split('\n')[0]); // prettier-ignore

  afterEach(async () => {
    for (const provided of started.splice(0)) await provided.stop();
  });
  afterAll(() => rmSync(parent, { recursive: true }));

  it('is made, migrated and handed to psql without a secret in the line', async () => {
    const provided = await provide();
    expect(provided.embedded).toBe(true);
    expect(await ask(provided.reader, 'SELECT count(*)::int FROM code_execution_logs')).toBe(0);
    expect(await ask(provided.ingest, 'SELECT current_user::text')).toBe('celltrail_ingest');
    const passFile = join(choice.dataDir, 'pgpass');
    const port = new URL(provided.reader).port;
    expect(provided.readerHint).toBe(
      `PGPASSFILE='${passFile}' psql -h 127.0.0.1 -p ${port} -U celltrail_reader -d celltrail`
    );
    expect(statSync(passFile).mode & 0o777).toBe(0o600);
    expect(statSync(join(choice.dataDir, 'postgres', 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(readFileSync(passFile, 'utf8')).toBe(
      `127.0.0.1:${port}:celltrail:celltrail_reader:${new URL(provided.reader).password}\n`
    );
  });

  it('takes no stranger, and listens on loopback only', async () => {
    const { reader } = await provide();
    await expect(ask(reader.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    expect(await ask(reader, 'SHOW listen_addresses')).toBe('127.0.0.1');
    await expect(ask(reader, 'CREATE TABLE mine (x int)')).rejects.toMatchObject({ code: '42501' });
  });

  it('keeps its port and its rows from one start to the next', async () => {
    const first = await provide();
    await ask(first.owner, "INSERT INTO execution_rollups VALUES ('sara', now(), 'success', 7, 0)");
    await started.pop()?.stop();
    await expect(ask(first.reader, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    const second = await provide();
    expect(new URL(second.reader).port).toBe(new URL(first.reader).port);
    expect(await ask(second.reader, 'SELECT executions::int FROM execution_rollups')).toBe(7);
  });

  it('refuses a second server on the folder and leaves the first one alone', async () => {
    const first = await provide();
    const fault = await faultOf(provideDatabase(choice, log));
    expect(fault.kind).toBe('folder-in-use');
    expect(await ask(first.reader, 'SELECT 1')).toBe(1);
  });

  it('lets only one of two servers that start at once have the folder', async () => {
    const results = await Promise.allSettled([provide(), provide()]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [first] = started;
    expect(await ask(first!.reader, 'SELECT 1')).toBe(1);
  });

  it('takes over the postmaster that a killed server left running', async () => {
    const { cluster } = await folder();
    const port = await freePort();
    await startCluster(cluster, port);
    const left = await postmaster();
    const provided = await provide();
    expect(new URL(provided.reader).port).toBe(String(port));
    expect(await postmaster()).toBe(left);
    expect(await ask(provided.reader, 'SELECT 1')).toBe(1);
  });

  it('starts past the claim of a process that is another program', async () => {
    const { cluster } = await folder();
    writeFileSync(pidFile(cluster), `${process.pid}\n${cluster.folder}\n1\n5999\n\n127.0.0.1\n`);
    expect(await ask((await provide()).reader, 'SELECT 1')).toBe(1);
  });

  it('starts again after its postmaster was killed while nobody looked', async () => {
    const { cluster } = await folder();
    await startCluster(cluster, await freePort());
    process.kill(await postmaster(), 'SIGKILL');
    expect(await ask((await provide()).reader, 'SELECT 1')).toBe(1);
  });

  it('is started again by its server when its postmaster is killed', async () => {
    const { reader } = await provide();
    process.kill(await postmaster(), 'SIGKILL');
    let answer: unknown = null;
    for (let tries = 0; tries < 200 && answer !== 1; tries++) {
      answer = await ask(reader, 'SELECT 1').catch((error: Error) => error.message);
      await sleep(50);
    }
    expect(answer).toBe(1);
  });

  it('is visited by a command beside the server, and started for one without', async () => {
    const first = await provide();
    const visit = await visitDatabase(choice, log);
    expect(visit.reader).toBe(first.reader);
    await visit.stop();
    expect(await ask(first.reader, 'SELECT 1')).toBe(1);
    await started.pop()?.stop();
    const alone = await visitDatabase(choice, log);
    expect(await ask(alone.reader, 'SELECT executions::int FROM execution_rollups')).toBe(7);
    await alone.stop();
    expect(existsSync(pidFile((await folder()).cluster))).toBe(false);
  });

  it.each([
    ['postgres/secrets.json', 'folder-damaged'],
    ['postgres/data/PG_VERSION', 'folder-damaged'],
    ['postgres/data/global/pg_control', 'folder-damaged'],
    ['postgres/data/global/pg_filenode.map', 'folder-damaged'],
    ['postgres/data/pg_wal', 'folder-damaged']
  ])('says that the folder is damaged when %s is gone, and makes nothing anew', async (lost, kind) => {
    const path = join(choice.dataDir, lost);
    await rename(path, `${path}.away`);
    const fault = await faultOf(provideDatabase(choice, log));
    expect([fault.kind, fault.message]).toEqual([kind, expect.stringContaining('damaged')]);
    expect(existsSync(path)).toBe(false);
    await rename(`${path}.away`, path);
    expect(await ask((await provide()).reader, 'SELECT executions::int FROM execution_rollups')).toBe(7);
  });

  it('refuses a folder that another major version made', async () => {
    const file = join((await folder()).cluster.folder, 'PG_VERSION');
    writeFileSync(file, '17\n');
    expect((await faultOf(provideDatabase(choice, log))).kind).toBe('folder-version');
    writeFileSync(file, '18\n');
  });

  it('says when the data folder can not be written', async () => {
    const file = join(parent, 'a file');
    writeFileSync(file, '');
    const fault = await faultOf(provideDatabase({ dbConnection: null, dataDir: join(file, 'data') }, log));
    expect(fault.kind).toBe('folder-unwritable');
    await rm(file);
  });

  it.each([
    [{ platform: 'linux', arch: 'x64', musl: true }, 'linux x64 with musl'],
    [{ platform: 'win32', arch: 'arm64', musl: false }, 'win32 arm64'],
    [{ platform: 'linux', arch: 'riscv64', musl: false }, 'linux riscv64']
  ])('names AUDIT_DB_CONNECTION as the way on %j', async (machine, words) => {
    const fault = await faultOf(Promise.resolve().then(() => findBinaries(machine)));
    expect(fault.message).toContain(words);
    expect(fault.fix).toContain('AUDIT_DB_CONNECTION');
  });

  it('leaves nothing running', async () => {
    const { cluster } = await folder();
    expect(await stopCluster(cluster)).toBe(false);
  });
});
