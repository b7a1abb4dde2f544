import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { DatabaseFault } from './database-fault.js';

/** How a command of Postgres ended. */
export interface Ended {
  code: number | null;
  /** what it wrote, both streams */
  output: string;
}

/**
 * Runs one of Postgres' commands to its end. Postgres refuses to run as root, and another user could not read a clone
 * under a private home: so as root it runs in a user namespace where we are nobody special, and files stay root's.
 * @param binaries folder of the commands
 * @throws DatabaseFault `start-failed` when it can't be run, `root-refused` when root can't step down
 */
export async function runPostgresCommand(binaries: string, command: string, args: readonly string[]): Promise<Ended> {
  const file = join(binaries, command);
  if (process.getuid?.() !== 0) return run(file, args);
  const ended = await run('unshare', ['--user', '--map-user=1000', '--map-group=1000', file, ...args]);
  if (/^unshare: /m.test(ended.output) && ended.code !== 0)
    throw new DatabaseFault(
      'root-refused',
      `Postgres does not run as root, and this system lets root make no user namespace (${ended.output.trim()}).`,
      'Start Celltrail as an ordinary user, or set AUDIT_DB_CONNECTION.'
    );
  return ended;
}

function run(file: string, args: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', error =>
      reject(new DatabaseFault('start-failed', `${file} can't be run (${error.message}).`, 'Install again.', error))
    );
    child.on('close', code => resolve({ code, output }));
  });
}
