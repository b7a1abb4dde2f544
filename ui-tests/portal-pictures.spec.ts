import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { test, visit } from './company.js';
import { LOOKERS, SCREENS } from './parts/screens.js';

// Makes a picture of every screen of the portal in both languages, one of them dark:
// PICTURES=1 npx playwright test -c ui-tests --project=pictures portal-pictures

const [ANALYST, ADMIN] = LOOKERS;

for (const language of ['en', 'fa'] as const) {
  test(`pictures of the portal in ${language}`, async ({ browser, company }) => {
    test.setTimeout(300_000);
    // The watch looks at what was committed a while ago.
    await expect.poll(() => company.psql.rows('SELECT id FROM anomalies').length, { timeout: 180_000 }).not.toBe(0);
    for (const who of LOOKERS) {
      const page = await visit(browser, company, { username: who, language });
      for (const screen of SCREENS.filter(each => each.who === who && each.name !== 'home')) {
        await page.goto(company.url + screen.path);
        await expect(page.locator(screen.ready).first()).toBeVisible();
        await picture(page, `portal-${screen.name}-${language}`);
      }
      if (who === ANALYST) {
        await page.goto(company.url + failedRun(company.psql.rows<{ id: string }>(FAILED)));
        await expect(page.locator('[aria-labelledby=error]')).toBeVisible();
        await picture(page, `portal-execution-${language}`);
      }
      await page.context().clearCookies();
      await page.goto(`${company.url}/portal`);
      await expect(page.locator('#token')).toBeVisible();
      await picture(page, `portal-sign-in-${language}`);
      await page.context().close();
    }
  });
}

test('a picture of the portal in the dark, and one on a phone', async ({ browser, company }) => {
  const dark = await visit(browser, company, { username: ADMIN, language: 'fa', theme: 'dark' });
  await dark.goto(`${company.url}/portal/admin`);
  await expect(dark.locator('[aria-labelledby=people] tbody tr').first()).toBeVisible();
  await picture(dark, 'portal-admin-dark-fa');
  const phone = await visit(browser, company, { username: ANALYST, language: 'fa', width: 390, height: 780 });
  await phone.goto(`${company.url}/portal/activity`);
  await expect(phone.locator('tbody tr').first()).toBeVisible();
  await picture(phone, 'portal-activity-phone-fa');
});

const FAILED = `SELECT id FROM code_execution_logs WHERE username = '${ANALYST}' AND error_name = 'KeyError'
  ORDER BY timestamp DESC LIMIT 1`;

const failedRun = (rows: { id: string }[]) => `/portal/executions/${rows[0]!.id}`;

async function picture(page: Page, name: string): Promise<void> {
  // Fonts and the highlighter's colours are there.
  await page.evaluate(() => document.fonts.ready);
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await page.screenshot({ path: join(import.meta.dirname, '../docs/images', `${name}.png`), animations: 'disabled' });
}
