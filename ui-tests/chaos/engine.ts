import { execFile } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from '../parts/ports.js';
import { childrenOf, isProcess, signal } from './processes.js';
import { until } from './until.js';

const run = promisify(execFile);
const DEBIAN_15 = '/usr/lib/postgresql/15/bin';
/** Settings of our own sessions, whatever a fault set for the database. */
const UNTOUCHED = '-c default_transaction_read_only=off -c statement_timeout=0';
/** How long a database may take to be there again, ms. */
const BACK_MS = 120_000;

/** The Postgres of a run, past all faults. */
export interface Engine {
  name: 'embedded' | '15';
  /** the record's database in it */
  database: string;
  port(): number;
  /** Runs SQL as the superuser. @returns its rows */
  query<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** A session of the superuser's that stays; whoever asked for it ends it. */
  session(): Promise<pg.Client>;
  /** what `AUDIT_DB_CONNECTION` is set to, for a server that reaches it by that port */
  connection(port: number): string;
  /** of the running postmaster; null when none runs */
  postmaster(): number | null;
  /** processes that serve a session */
  backends(): number[];
  /** Starts it where nobody else does. */
  revive(): Promise<void>;
  /** Resolves when it takes sessions. */
  untilUp(): Promise<void>;
  /** Ends it, whatever it does. */
  end(): void;
}

interface Place {
  name: Engine['name'];
  database: string;
  /** its data folder */
  data: string;
  port: () => number;
  login: (user: 'postgres' | 'celltrail_owner') => string;
  revive: () => Promise<void>;
}

/** The private Postgres of a server: that server makes, starts and revives it. @param dataDir its `AUDIT_DATA_DIR` */
export function embeddedEngine(dataDir: string): Engine {
  const home = join(dataDir, 'postgres');
  const secrets = (): Record<string, string> =>
    JSON.parse(readFileSync(join(home, 'secrets.json'), 'utf8')) as Record<string, string>;
  return engine({
    name: 'embedded',
    database: 'celltrail',
    data: join(home, 'data'),
    port: () => Number(readFileSync(join(home, 'port'), 'utf8')),
    login: user => `${user}:${secrets()[user]}`,
    revive: () => Promise.resolve()
  });
}

/** Debian's Postgres 15 in a folder of its own. Postgres refuses to run as root: there Debian's user runs it. */
export async function debianEngine(folder: string): Promise<Engine> {
  mkdirSync(folder, { recursive: true });
  const data = join(folder, 'data');
  const asRoot = userInfo().uid === 0;
  if (asRoot) {
    chownSync(folder, Number((await run('id', ['-u', 'postgres'])).stdout), 0);
    chmodSync(folder, 0o755);
  }
  const command = (name: string, ...args: string[]) => {
    const line = [join(DEBIAN_15, name), ...args];
    const [first, ...rest] = asRoot ? ['runuser', '-u', 'postgres', '--', ...line] : line;
    return run(first!, rest, { cwd: folder });
  };
  const port = await freePort();
  const options = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories=`;
  const made = engine({
    name: '15',
    database: 'audit',
    data,
    port: () => port,
    login: user => user,
    revive: async () => {
      // Right after a kill its children may still hold the shared memory.
      await until('Postgres 15 starts', BACK_MS, () =>
        command('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), '-o', options, 'start').then(
          () => true,
          () => false
        )
      );
    }
  });
  await command('initdb', '-D', data, '-U', 'postgres', '--auth=trust', '-E', 'UTF8', '--locale=C.UTF-8');
  await made.revive();
  const client = new pg.Client(`postgresql://postgres@127.0.0.1:${port}/postgres`);
  await client.connect();
  await client.query('CREATE ROLE celltrail_owner LOGIN CREATEROLE');
  await client.query('CREATE DATABASE audit OWNER celltrail_owner');
  await client.end();
  return made;
}

function engine({ name, database, data, port, login, revive }: Place): Engine {
  const postmaster = (): number | null => {
    const file = join(data, 'postmaster.pid');
    if (!existsSync(file)) return null;
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
    return pid > 0 && isProcess(pid, data) ? pid : null;
  };
  const session = async (): Promise<pg.Client> => {
    const connectionString = `postgresql://${login('postgres')}@127.0.0.1:${port()}/${database}`;
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: 3_000, options: UNTOUCHED });
    client.on('error', () => undefined); // the query says it, too
    await client.connect();
    return client;
  };
  const query = async <Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]> => {
    const client = await session();
    try {
      return (await client.query<Row>(sql, values)).rows;
    } finally {
      await client.end();
    }
  };
  const backends = (): number[] => {
    const parent = postmaster();
    // A backend's title names its client: `postgres: user database 127.0.0.1(40000) idle`.
    return parent === null
      ? []
      : childrenOf(parent)
          .filter(({ args }) => / 127\.0\.0\.1\(/.test(args.join(' ')))
          .map(({ pid }) => pid);
  };
  return {
    name,
    database,
    port,
    query,
    session,
    connection: through => `postgresql://${login('celltrail_owner')}@127.0.0.1:${through}/${database}`,
    postmaster,
    backends,
    revive,
    untilUp: () =>
      until('the database takes sessions', BACK_MS, () =>
        query('SELECT 1').then(
          () => true,
          () => false
        )
      ),
    end() {
      const pid = postmaster();
      if (pid === null) return;
      for (const child of childrenOf(pid)) signal(child.pid, 'SIGCONT');
      signal(pid, 'SIGCONT');
      signal(pid, 'SIGQUIT'); // at once: nobody needs these data any more
    }
  };
}
