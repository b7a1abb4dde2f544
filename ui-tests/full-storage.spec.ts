import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { Driver } from './parts/driver.js';
import { type Lab } from './parts/lab.js';
import { type Psql } from './parts/psql.js';
import { type AuditServer } from './parts/server.js';
import { startWorkplace } from './parts/workplace.js';

let folder: string;
let server: AuditServer;
let lab: Lab;
let psql: Psql;

test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'celltrail-full-storage-'));
  ({ server, lab, psql } = await startWorkplace(folder));
});

test.afterEach(async () => {
  await lab?.running.stop();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const codes = (): string[] =>
  psql.records('SELECT code FROM code_execution_logs ORDER BY requested_at').map(([code]) => code!);
const keeping = (): string[] => psql.records('SELECT keeping FROM page_presence').map(([how]) => how!);

test('a browser whose storage is full says so, sends from memory, and writes again when there is room', async ({
  page,
  context
}) => {
  // Chromium asks for room once for many small writes: the storage is full before the page comes.
  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: lab.url, quotaSize: 1 });
  const driver = new Driver(page, lab);
  await driver.open();
  await driver.notebook(['a = "from memory"', 'b = "on disk"']);
  await driver.runCell(0);
  const item = page.locator('.celltrail-StatusItem');
  await expect(item).toHaveAttribute('data-standing', 'storage');
  await expect.poll(codes).toEqual(['a = "from memory"']);
  await expect.poll(keeping, { timeout: 90_000 }).toEqual(['memory']);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: lab.url });
  await driver.runCell(1);
  await expect.poll(codes).toEqual(['a = "from memory"', 'b = "on disk"']);
  await expect(item).toHaveAttribute('data-standing', 'recording');
});
