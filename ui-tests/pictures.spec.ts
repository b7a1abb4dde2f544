import { join } from 'node:path';
import { expect, type Browser, type Page } from '@playwright/test';
import { test } from './installation.js';

// Makes the pictures of the README from a real installation: PICTURES=1 npx playwright test -c ui-tests --project=pictures
// Wants an emoji font (Debian: fonts-noto-color-emoji).

const CELLS = [
  'print("Hello Shaparak!")\nx = 10 + 20\nprint(f"Result: {x}")',
  'import pandas as pd\ndf = pd.DataFrame({"bank": ["melli", "mellat", "saman"], "amount": [1250, 980, 1475]})\nprint(df)',
  'df.groupby("bank").amount.sum().sort_values(ascending=False)',
  'import time; time.sleep(1.2)  # a slow query',
  '1 / 0  # This will raise ZeroDivisionError'
];

const picture = (page: Page, name: string) =>
  page.screenshot({ path: join(import.meta.dirname, '../docs/images', `${name}.png`), animations: 'disabled' });

test('pictures of the product', async ({ browser, installation }) => {
  const persian = await visitor(browser, 'fa-IR');
  await persian.goto(installation.portal);
  const opened = persian.context().waitForEvent('page');
  await persian.getByRole('link', { name: 'راه‌اندازی Jupyter Lab' }).click();
  const lab = await opened;
  await lab.locator('.jp-LauncherCard[data-category="Notebook"]').first().click();
  await expect(lab.locator('.celltrail-Banner')).toContainText('test_user');
  for (const [index, code] of CELLS.entries()) {
    const cell = lab.locator('.jp-Notebook .jp-CodeCell').nth(index);
    await cell.locator('.cm-content').click();
    await lab.keyboard.insertText(code);
    await lab.keyboard.press('Shift+Enter');
    await expect(cell.locator('.jp-InputPrompt').first()).toHaveText(`[${index + 1}]:`);
  }
  await expect(persian.locator('tbody tr')).toHaveCount(CELLS.length);
  await picture(persian, 'portal-fa');
  await lab.locator('.jp-SideBar.jp-mod-right [data-id="celltrail-panel"]').click();
  await expect(lab.locator('.celltrail-Panel li')).toHaveCount(CELLS.length);
  await picture(lab, 'panel-fa');

  const english = await visitor(browser, 'en-US');
  await english.goto(installation.portal);
  await expect(english.locator('tbody tr')).toHaveCount(CELLS.length);
  await picture(english, 'portal-en');

  await lab.getByRole('menuitem', { name: 'Settings' }).click();
  await lab.getByText('Settings Editor', { exact: true }).click();
  await lab.locator('.jp-PluginList').getByText('Celltrail').click();
  await expect(lab.locator('.jp-SettingsPanel')).toContainText('Record executions');
  await picture(lab, 'settings');
});

async function visitor(browser: Browser, locale: string): Promise<Page> {
  const context = await browser.newContext({
    locale,
    timezoneId: 'Asia/Tehran',
    viewport: { width: 1280, height: 800 }
  });
  return context.newPage();
}
