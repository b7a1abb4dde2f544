import { join } from 'node:path';
import { startLab, type Lab } from './lab.js';
import { freePort } from './ports.js';
import { psqlLine, psqlOf, type Psql } from './psql.js';
import { auditServer, type AuditServer } from './server.js';

/** A server on a private database and a JupyterLab that sends to it, each to be handled by itself. */
export interface Workplace {
  server: AuditServer;
  lab: Lab;
  psql: Psql;
}

/**
 * Starts both for `test_user`.
 * @param folder a folder of the test's own; whoever made it removes it
 * @param env for Lab and its kernels
 */
export async function startWorkplace(folder: string, env: Record<string, string> = {}): Promise<Workplace> {
  const port = await freePort();
  const user = 'test_user';
  const server = await auditServer({ dataDir: join(folder, 'server'), labUrl: `http://127.0.0.1:${port}`, user });
  await server.start();
  try {
    const lab = await startLab({ folder, port, endpoint: server.url, user, env });
    return { server, lab, psql: psqlOf(psqlLine(server.running.output())) };
  } catch (error) {
    // Nobody else knows of it yet.
    await server.stop();
    throw error;
  }
}
