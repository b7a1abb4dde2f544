import { THRESHOLDS } from '../anomalies/thresholds.js';
import { type Config } from '../config.js';
import { createLog } from '../log.js';
import { startServer, type RunningServer } from '../main.js';
import { type FreshDatabase } from './databases.js';

/** A whole server on a test's database. */
export interface TestServer extends RunningServer {
  port: number;
  /** every line that was logged, at the level that tells most */
  logged: string[];
}

/** What a test's server is told; everything else is the default. */
export function testConfig(fresh: FreshDatabase, change: Partial<Config> = {}): Config {
  return {
    dbConnection: fresh.owner,
    hosts: ['127.0.0.1'],
    port: 0,
    auth: 'loopback',
    user: 'test_user',
    admins: [],
    auditors: [],
    token: null,
    allowedOrigins: [],
    labUrl: 'http://localhost:8888/lab',
    dataDir: '/nonexistent',
    language: null,
    logLevel: 'trace',
    maxInFlightBytes: 128 * 1024 * 1024,
    policyFile: null,
    alerts: THRESHOLDS,
    ...change
  };
}

/** Starts a server on a free port. */
export async function startTestServer(fresh: FreshDatabase, change: Partial<Config> = {}): Promise<TestServer> {
  const logged: string[] = [];
  const server = await startServer(
    testConfig(fresh, change),
    createLog('trace', { write: line => void logged.push(line) })
  );
  return { ...server, port: Number(new URL(server.urls[0]!).port), logged };
}
