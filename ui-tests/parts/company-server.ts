import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COLLEAGUES, runsOf, send } from './company.js';
import { psqlLine, psqlOf, type Psql } from './psql.js';
import { auditServer, CELLTRAIL } from './server.js';

/** A server in token mode with a company's two weeks on record. */
export interface Company {
  url: string;
  psql: Psql;
  /** each colleague's token by their name */
  tokens: ReadonlyMap<string, string>;
  stop(): Promise<void>;
}

/** The policy that docs/anomalies.md shows. */
const POLICY = join(import.meta.dirname, '../../docs/policy-example.yml');

/** Starts a server of its own, gives everyone a token and sends what they ran. */
export async function startCompany(): Promise<Company> {
  const folder = mkdtempSync(join(tmpdir(), 'celltrail-company-'));
  const env = { AUDIT_AUTH: 'token', AUDIT_POLICY_FILE: POLICY };
  const server = await auditServer({ dataDir: folder, labUrl: 'http://127.0.0.1:8888', user: 'nobody', env });
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  await server.start();
  try {
    const tokens = new Map(COLLEAGUES.map(({ username, role }) => [username, createToken(username, role)]));
    const now = new Date();
    for (const [number, colleague] of COLLEAGUES.entries()) {
      await send(server.url, tokens.get(colleague.username)!, runsOf(colleague, number, now));
    }
    return { url: server.url, psql: psqlOf(psqlLine(server.running.output())), tokens, stop };
  } catch (error) {
    await stop();
    throw error;
  }

  function createToken(username: string, role: string): string {
    const call = ['token', 'create', username, '--user', username, '--role', role, '--json'];
    const printed = execFileSync(process.execPath, [CELLTRAIL, ...call], {
      env: { ...process.env, ...env, AUDIT_DATA_DIR: folder },
      encoding: 'utf8'
    });
    return (JSON.parse(printed) as { token: string }).token;
  }
}
