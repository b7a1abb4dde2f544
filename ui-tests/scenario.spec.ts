import { expect, type Page } from '@playwright/test';
import { test } from './installation.js';
import { STATEMENTS } from './scenario.sql.js';

test.use({ locale: 'fa-IR', timezoneId: 'Asia/Tehran' });

const CELLS = [
  'print("Hello Shaparak!")\nx = 10 + 20\nprint(f"Result: {x}")',
  'import pandas as pd\ndf = pd.DataFrame({"card": [1, 2, 3], "amount": [10.5, 20.0, 7.25]})\nprint(df)',
  '1 / 0  # This will raise ZeroDivisionError'
];

const BANNER = [
  '🔒 سیستم تحلیل داده شاپرک',
  '👤 کاربر: test_user',
  '📊 دسترسی به دیتابیس: db.get_customers(), db.get_transactions(), db.query(sql)',
  '⚠️  تمام اکشن‌ها ثبت می‌شود',
  '❌ نصب پکیج و دانلود فایل مجاز نیست',
  '✅ سیستم ثبت لاگ فعال شد - تمام کدها ثبت می‌شوند'
];

test('the acceptance scenario, word for word', async ({ page, context, installation }) => {
  // 1. The portal, and JupyterLab from its button.
  await page.goto(installation.portal);
  await page.evaluate(() => Object.assign(window, { notReloaded: true }));
  await expect(figure(page, 'today')).toHaveText('۰');
  const opened = context.waitForEvent('page');
  await page.getByRole('link', { name: 'راه‌اندازی Jupyter Lab' }).click();
  const lab = await opened;

  // 2. The banner, when a kernel starts.
  await lab.locator('.jp-LauncherCard[data-category="Notebook"]').first().click();
  const banner = lab.getByTestId('celltrail-banner');
  for (const line of BANNER) await expect(banner).toContainText(line);

  // 3. Three cells.
  for (const [index, code] of CELLS.entries()) await runCell(lab, index, code);
  await expect(lab.locator('.jp-OutputArea-output').last()).toContainText('ZeroDivisionError');

  // 4. The four statements in psql.
  const { psql } = installation;
  await expect.poll(() => psql.text(STATEMENTS.recent).trim().split('\n').length).toBe(3);
  const recent = psql.text(STATEMENTS.recent).trim().split('\n').map(line => line.split('|'));
  expect(recent.map(row => [row[1], row[2], row[5]])).toEqual([
    ['test_user', '3', 'error'],
    ['test_user', '2', 'success'],
    ['test_user', '1', 'success']
  ].map(row => row));
  for (const row of recent) {
    expect(row[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8/);
    expect(Number(row[4])).toBeGreaterThan(0);
    expect(row[6]).toMatch(/^\d{4}-\d\d-\d\d /);
  }
  expect(psql.text(STATEMENTS.perUser).trim()).toBe('test_user|3');
  expect(psql.text(STATEMENTS.errors)).toMatch(/^test_user\|3\|1 \/ 0  # This will raise ZeroDivisionError\|ZeroDivisionError: division by zero\|\d{4}-/);
  expect(psql.text(STATEMENTS.totals).trim()).toBe('3|3|1');
  expect(psql.rows<{ code: string }>('SELECT code FROM code_execution_logs ORDER BY cell_number').map(row => row.code)).toEqual(CELLS);

  // 5. The dashboard changed meanwhile, without a reload.
  await expect(figure(page, 'today')).toHaveText('۳');
  await expect(figure(page, 'total')).toHaveText('۳');
  await expect(figure(page, 'successRate')).toContainText('۶۷');
  await runCell(lab, 3, 'print("and it goes on")');
  await expect(figure(page, 'total')).toHaveText('۴');
  await expect(figure(page, 'successRate')).toContainText('۷۵');
  expect(await page.evaluate(() => 'notReloaded' in window)).toBe(true);
});

const figure = (page: Page, name: string) => page.getByTestId(`figure-${name}`);

/** Types code into the notebook's cell at the index, runs it as a person does, and waits for its number. */
async function runCell(lab: Page, index: number, code: string): Promise<void> {
  const cell = lab.locator('.jp-Notebook .jp-CodeCell').nth(index);
  await cell.locator('.cm-content').click();
  await lab.keyboard.insertText(code);
  await lab.keyboard.press('Shift+Enter');
  await expect(cell.locator('.jp-InputPrompt').first()).toHaveText(`[${index + 1}]:`);
}
