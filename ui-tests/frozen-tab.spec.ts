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
  folder = mkdtempSync(join(tmpdir(), 'celltrail-frozen-tab-'));
  ({ server, lab, psql } = await startWorkplace(folder));
});

test.afterEach(async () => {
  await lab?.running.stop();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const codes = (): string[] =>
  psql.records('SELECT code FROM code_execution_logs ORDER BY requested_at').map(([code]) => code!);

test('a tab that Chromium freezes while it sends for all does not hold the others up', async ({ context }) => {
  const first = await context.newPage();
  await new Driver(first, lab).open();
  await expect(first.locator('.celltrail-StatusItem')).toHaveAttribute('data-standing', 'recording');
  const second = await context.newPage();
  const driver = new Driver(second, lab);
  await driver.open();
  await driver.notebook(['a = "beside a frozen tab"', 'b = "when it thawed"']);
  const devtools = await context.newCDPSession(first);
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  await driver.runCell(0);
  // The lock is stolen when its holder's beat stood still for 20 s: see STALE_MS.
  await expect.poll(codes, { timeout: 60_000 }).toEqual(['a = "beside a frozen tab"']);
  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
  await driver.runCell(1);
  await expect.poll(codes).toEqual(['a = "beside a frozen tab"', 'b = "when it thawed"']);
});
