import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { Driver } from './parts/driver.js';
import { type Lab } from './parts/lab.js';
import { type Psql } from './parts/psql.js';
import { CELLTRAIL, type AuditServer } from './parts/server.js';
import { startWorkplace } from './parts/workplace.js';

let folder: string;
let server: AuditServer;
let lab: Lab;
let psql: Psql;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'celltrail-analyst-'));
  ({ server, lab, psql } = await startWorkplace(folder));
});

test.afterAll(async () => {
  await lab?.running.stop();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const codes = () => psql.records('SELECT code FROM code_execution_logs ORDER BY timestamp').map(([code]) => code);

test('the toggle in the settings takes effect at once, and switching is on record', async ({ page }) => {
  const driver = new Driver(page, lab);
  await driver.open();
  await driver.notebook(['before = 1', 'unseen = 2', 'after = 3']);
  const item = page.locator('.celltrail-StatusItem');
  await expect(item).toHaveAttribute('data-standing', 'recording');
  await driver.runCell(0);
  await expect.poll(codes).toContain('before = 1');

  const toggle = await openSettings(driver);
  await toggle.click();
  await expect(item).toHaveAttribute('data-standing', 'off');
  await expect(item).toContainText('Not recording');
  await driver.page.locator('.lm-TabBar-tabLabel', { hasText: '.ipynb' }).first().click();
  await driver.runCell(1);
  await driver.cellsDone();

  await driver.command('settingeditor:open', { query: 'Celltrail' });
  await toggle.click();
  await expect(item).toHaveAttribute('data-standing', 'recording');
  await driver.page.locator('.lm-TabBar-tabLabel', { hasText: '.ipynb' }).first().click();
  await driver.runCell(2);
  await expect.poll(codes).toContain('after = 3');

  expect(codes()).not.toContain('unseen = 2');
  const switching = "SELECT type FROM audit_events WHERE type LIKE 'capture.%abled' ORDER BY page_seq";
  expect(psql.records(switching).flat()).toEqual(expect.arrayContaining(['capture.disabled', 'capture.enabled']));
});

test('a server that is away costs nothing but time', async ({ page }) => {
  const driver = new Driver(page, lab);
  await driver.open();
  await driver.notebook(['kept = "while it was away"', 'kept = "still"']);
  const item = page.locator('.celltrail-StatusItem');
  await expect(item).toHaveAttribute('data-standing', 'recording');

  await server.stop('SIGKILL');
  await driver.runAll();
  await expect(item).toHaveAttribute('data-standing', 'unreachable');
  // The two runs, and the kernel's start where it was not sent yet.
  await expect(item).toContainText(/\([23] waiting\)/);
  await item.click();
  const dialog = page.locator('.celltrail-ExplanationDialog');
  await expect(dialog).toContainText('The audit server does not answer');
  expect(await violations(page, '.celltrail-ExplanationDialog')).toEqual([]);

  await server.start();
  await dialog.getByRole('button', { name: 'Try now' }).click();
  await expect.poll(codes).toEqual(expect.arrayContaining(['kept = "while it was away"', 'kept = "still"']));
  await page.keyboard.press('Escape');
  await expect(item).toHaveAttribute('data-standing', 'recording');
});

test('celltrail doctor finds all well, and says what is wrong when the server is away', async ({ page }) => {
  const driver = new Driver(page, lab);
  await driver.open();
  await expect(page.locator('.celltrail-StatusItem')).toHaveAttribute('data-standing', 'recording');
  expect(doctor()).toEqual({ code: 0, wrong: [] });
  await server.stop();
  const away = doctor();
  expect(away.code).toBe(1);
  expect(away.wrong).toContain('server');
  await server.start();
  await expect.poll(doctor).toEqual({ code: 0, wrong: [] });
});

test('the portal has no accessibility violations in either language', async ({ browser }) => {
  for (const locale of ['fa-IR', 'en-US']) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ locale, colorScheme });
      const page = await context.newPage();
      for (const screen of ['portal', 'portal/health']) {
        await page.goto(`${server.url}/${screen}`);
        await expect(page.locator('html')).toHaveAttribute('dir', locale === 'fa-IR' ? 'rtl' : 'ltr');
        await expect(page.locator('main')).not.toHaveAttribute('aria-busy', 'true');
        await expect(page.locator(screen === 'portal' ? 'dl dd' : 'li[data-check]').first()).toBeVisible();
        expect(await violations(page)).toEqual([]);
      }
      await context.close();
    }
  }
});

/** Opens Lab's settings at ours. @returns the toggle */
async function openSettings(driver: Driver) {
  await driver.command('settingeditor:open', { query: 'Celltrail' });
  await expect(driver.page.locator('.jp-SettingsPanel')).toContainText('Record executions');
  return driver.page.locator('.jp-SettingsPanel').getByLabel('Record executions').first();
}

async function violations(page: Page, within?: string): Promise<string[]> {
  const axe = new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']);
  const { violations: found } = await (within ? axe.include(within) : axe).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.target.join(' ')).join(', ')}`);
}

/** What `celltrail doctor --json` says about the server of these tests. */
function doctor(): { code: number; wrong: string[] } {
  const env = { ...process.env, AUDIT_PORT: new URL(server.url).port, AUDIT_DATA_DIR: join(folder, 'server') };
  let code = 0;
  let printed: string;
  try {
    printed = execFileSync(process.execPath, [CELLTRAIL, 'doctor', '--json'], { env, encoding: 'utf8' });
  } catch (error) {
    const failed = error as { status: number; stdout: string };
    code = failed.status;
    printed = failed.stdout;
  }
  const checks = JSON.parse(printed) as
    { id: string; ok: boolean | null }[] | { checks: { id: string; ok: boolean | null }[] };
  const list = Array.isArray(checks) ? checks : checks.checks;
  return { code, wrong: list.filter(check => check.ok === false).map(check => check.id) };
}
