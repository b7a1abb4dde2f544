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
  const banner = lab.locator('.celltrail-Banner');
  for (const line of BANNER) await expect(banner).toContainText(line);

  // 3. Three cells.
  for (const [index, code] of CELLS.entries()) await runCell(lab, index, code);
  await expect(lab.locator('.jp-OutputArea-output').last()).toContainText('ZeroDivisionError');

  // 4. The four statements in psql.
  const { psql } = installation;
  await expect.poll(() => psql.records(STATEMENTS.recent).length).toBe(3);
  const recent = psql.records(STATEMENTS.recent);
  expect(recent.map(([, username, cell, preview, , status]) => [username, cell, preview, status])).toEqual([
    ['test_user', '3', CELLS[2]!.slice(0, 50), 'error'],
    ['test_user', '2', CELLS[1]!.slice(0, 50), 'success'],
    ['test_user', '1', CELLS[0]!.slice(0, 50), 'success']
  ]);
  for (const [id, , , , took, , timestamp] of recent) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8/);
    expect(Number(took)).toBeGreaterThan(0);
    expect(timestamp).toMatch(/^\d{4}-\d\d-\d\d /);
  }
  expect(psql.records(STATEMENTS.perUser)).toEqual([['test_user', '3']]);
  const errors = psql.records(STATEMENTS.errors);
  expect(errors.map(columns => columns.slice(0, 4))).toEqual([
    ['test_user', '3', CELLS[2], 'ZeroDivisionError: division by zero']
  ]);
  expect(psql.records(STATEMENTS.totals)).toEqual([['3', '3', '1']]);
  expect(
    psql.rows<{ code: string }>('SELECT code FROM code_execution_logs ORDER BY cell_number').map(row => row.code)
  ).toEqual(CELLS);

  // 5. The dashboard changed meanwhile, without a reload.
  await expect(figure(page, 'today')).toHaveText('۳');
  await expect(figure(page, 'total')).toHaveText('۳');
  await expect(figure(page, 'successRate')).toContainText('۶۶');
  await runCell(lab, 3, 'print("and it goes on")');
  await expect(figure(page, 'total')).toHaveText('۴');
  await expect(figure(page, 'successRate')).toContainText('۷۵');
  expect(await page.evaluate(() => 'notReloaded' in window)).toBe(true);
});

const NAMES = { today: 'اجراهای امروز', total: 'کل اجراها', successRate: 'نرخ موفقیت' };

/** One of the three figures of the dashboard. */
const figure = (page: Page, name: keyof typeof NAMES) =>
  page
    .locator('dl > div', { has: page.locator('dt', { hasText: NAMES[name] }) })
    .locator('dd')
    .first();

/** Types code into the notebook's cell at the index, runs it as a person does, and waits for its number. */
async function runCell(lab: Page, index: number, code: string): Promise<void> {
  const cell = lab.locator('.jp-Notebook .jp-CodeCell').nth(index);
  await cell.locator('.cm-content').click();
  await lab.keyboard.insertText(code);
  await lab.keyboard.press('Shift+Enter');
  await expect(cell.locator('.jp-InputPrompt').first()).toHaveText(`[${index + 1}]:`);
}
