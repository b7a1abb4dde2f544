import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page, type Worker } from '@playwright/test';
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
  folder = mkdtempSync(join(tmpdir(), 'celltrail-outbox-thread-'));
  ({ server, lab, psql } = await startWorkplace(folder));
});

test.afterEach(async () => {
  await lab?.running.stop();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const codes = (): string[] =>
  psql.records('SELECT code FROM code_execution_logs ORDER BY requested_at').map(([code]) => code!);
const threads = (page: Page): Worker[] => page.workers().filter(worker => /celltrail-outbox/.test(worker.url()));

test('the outbox works in a thread of its own, and when that dies its page goes on in its place', async ({ page }) => {
  const driver = new Driver(page, lab);
  await driver.open();
  await driver.notebook(['a = "by the thread"', 'b = "after its death"']);
  await driver.runCell(0);
  await expect.poll(codes).toEqual(['a = "by the thread"']);
  expect(threads(page)).toHaveLength(1);
  await threads(page)[0]!.evaluate(() => globalThis.close());
  await driver.runCell(1);
  // Two looks of 15 s: see SILENCE_MS.
  await expect.poll(codes, { timeout: 45_000 }).toEqual(['a = "by the thread"', 'b = "after its death"']);
});

test('where a policy forbids threads, the page itself delivers', async ({ page }) => {
  await page.addInitScript(() => {
    globalThis.Worker = class {
      constructor() {
        throw new DOMException('Refused by Content Security Policy', 'SecurityError');
      }
    } as unknown as typeof Worker;
  });
  const driver = new Driver(page, lab);
  await driver.open();
  await driver.notebook(['a = "without a thread"']);
  await driver.runCell(0);
  await expect.poll(codes).toEqual(['a = "without a thread"']);
  await expect(page.locator('.celltrail-StatusItem')).toHaveAttribute('data-standing', 'recording');
});
