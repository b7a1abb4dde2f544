import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort } from './ports.js';

const BIN = '/usr/lib/postgresql/15/bin';

/** A Postgres 15 of Debian's, in a temporary folder, with an empty database of its owner's. */
export interface Debian15 {
  /** what `AUDIT_DB_CONNECTION` is set to */
  connection: string;
  stop(): Promise<void>;
}

/** Starts it. Postgres refuses to run as root, so as root it runs as Debian's user `postgres`. */
export async function startDebian15(): Promise<Debian15> {
  const folder = mkdtempSync(join(tmpdir(), 'celltrail-debian-15-'));
  const data = join(folder, 'data');
  const asRoot = userInfo().uid === 0;
  if (asRoot) {
    chownSync(folder, Number(execFileSync('id', ['-u', 'postgres'], { encoding: 'utf8' })), 0);
    chmodSync(folder, 0o755);
  }
  const pg = (command: string, ...args: string[]) => {
    const line = [join(BIN, command), ...args];
    const [first, ...rest] = asRoot ? ['runuser', '-u', 'postgres', '--', ...line] : line;
    return execFileSync(first!, rest, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  };
  const port = await freePort();
  pg('initdb', '-D', data, '-U', 'owner', '--auth=trust', '-E', 'UTF8', '--locale=C.UTF-8');
  const options = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories= -c fsync=off`;
  pg('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), '-o', options, 'start');
  const connection = `postgresql://owner@127.0.0.1:${port}/audit`;
  execFileSync('psql', [`postgresql://owner@127.0.0.1:${port}/postgres`, '-X', '-c', 'CREATE DATABASE audit']);
  return {
    connection,
    stop() {
      pg('pg_ctl', '-D', data, '-m', 'fast', '-w', 'stop');
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    }
  };
}
