import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { startDebian15 } from './parts/debian-15.js';
import { freePort } from './parts/ports.js';
import { run, type Running } from './parts/process.js';
import { psqlLine, psqlOf, type Psql } from './parts/psql.js';

/** On which database an installation stands. */
export interface InstallationOptions {
  engine: 'embedded' | 'debian-15';
}

/** What `npm start` brought up. */
export interface Installation {
  portal: string;
  psql: Psql;
  start: Running;
}

const START = join(import.meta.dirname, '../scripts/start.mjs');

/** A test with an installation of its own, started as a person starts it and ended by Ctrl-C. */
export const test = base.extend<object, InstallationOptions & { installation: Installation }>({
  engine: ['embedded', { option: true, scope: 'worker' }],
  installation: [
    async ({ engine }, provide) => {
      const folder = mkdtempSync(join(tmpdir(), 'celltrail-scenario-'));
      const database = engine === 'debian-15' ? await startDebian15() : undefined;
      const port = await freePort();
      const start = run(process.execPath, [START], {
        env: {
          AUDIT_PORT: String(port),
          AUDIT_DATA_DIR: join(folder, 'data'),
          AUDIT_USER: 'test_user',
          AUDIT_DB_CONNECTION: database?.connection
        }
      });
      try {
        await start.waitFor(/Ctrl-C stops everything/, 180_000);
        const line = database ? `psql '${database.connection}'` : psqlLine(start.output());
        await provide({ portal: `http://localhost:${port}/portal`, psql: psqlOf(line), start });
      } finally {
        await start.stop('SIGINT');
        await database?.stop();
        rmSync(folder, { recursive: true, force: true });
      }
    },
    { scope: 'worker', timeout: 240_000 }
  ]
});
