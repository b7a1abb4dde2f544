import { join } from 'node:path';
import { freePort } from './ports.js';
import { run, type Running } from './process.js';

/** The command, as npm links it. */
export const CELLTRAIL = join(import.meta.dirname, '../../server/bin/celltrail.js');

/** A Celltrail server that a test can kill and start again on the same data and the same port. */
export interface AuditServer {
  readonly url: string;
  readonly running: Running;
  start(): Promise<void>;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** How a server is set up: whose machine it is, and which addresses of Lab may send to it. */
export interface ServerOptions {
  dataDir: string;
  labUrl: string;
  user: string;
  /** an outside Postgres; the private one when it is missing */
  connection?: string;
  /** more settings by their names */
  env?: Record<string, string>;
}

/** Makes a server; `start` starts it. */
export async function auditServer(options: ServerOptions): Promise<AuditServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let running: Running | undefined;
  return {
    url,
    get running() {
      if (!running) throw new Error('the server was not started');
      return running;
    },
    async start() {
      running = run(process.execPath, [CELLTRAIL, 'serve'], {
        env: {
          AUDIT_PORT: String(port),
          AUDIT_DATA_DIR: options.dataDir,
          AUDIT_LAB_URL: options.labUrl,
          AUDIT_USER: options.user,
          AUDIT_DB_CONNECTION: options.connection,
          ...options.env
        }
      });
      // The address comes first, the psql line of a private database after it.
      await running.waitFor(options.connection ? /\/portal/ : /psql .*\n/, 60_000);
    },
    async stop(signal) {
      await running?.stop(signal);
    }
  };
}
