import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { test, visit } from './company.js';

// Makes a picture of every screen of the portal in both languages, one of them dark:
// PICTURES=1 npx playwright test -c ui-tests --project=pictures portal-pictures

const ADMIN = 'maryam.admin';
const ANALYST = 'sara.karimi';

/** Each screen, who looks at it, and what is there once it has its answers. */
const SCREENS = [
  { name: 'activity', path: '/portal/activity', who: ANALYST, ready: 'tbody tr' },
  { name: 'search', path: '/portal/search?q=settlement', who: ANALYST, ready: 'tbody tr mark' },
  { name: 'analytics', path: '/portal/analytics?last=30', who: ADMIN, ready: '[aria-labelledby=over-time] svg' },
  { name: 'anomalies', path: '/portal/anomalies', who: ADMIN, ready: 'article' },
  { name: 'admin', path: '/portal/admin', who: ADMIN, ready: '[aria-labelledby=people] tbody tr' },
  { name: 'person', path: `/portal/people/${ANALYST}`, who: ADMIN, ready: '[aria-labelledby=latest] tbody tr' }
] as const;

for (const language of ['en', 'fa'] as const) {
  test(`pictures of the portal in ${language}`, async ({ browser, company }) => {
    test.setTimeout(300_000);
    // The watch looks at what was committed a while ago.
    await expect.poll(() => company.psql.rows('SELECT id FROM anomalies').length, { timeout: 180_000 }).not.toBe(0);
    for (const who of [ANALYST, ADMIN]) {
      const page = await visit(browser, company, { username: who, language });
      for (const screen of SCREENS.filter(each => each.who === who)) {
        await page.goto(company.url + screen.path);
        await expect(page.locator(screen.ready).first()).toBeVisible();
        await picture(page, `portal-${screen.name}-${language}`);
      }
      if (who === ANALYST) {
        await page.goto(company.url + failedRun(company.psql.rows<{ id: string }>(FAILED)));
        await expect(page.locator('[aria-labelledby=error]')).toBeVisible();
        await picture(page, `portal-execution-${language}`);
      }
      await page.context().close();
    }
  });
}

test('a picture of the portal in the dark, one on a phone, and the way in', async ({ browser, company }) => {
  const dark = await visit(browser, company, { username: ADMIN, language: 'fa', theme: 'dark' });
  await dark.goto(`${company.url}/portal/admin`);
  await expect(dark.locator('[aria-labelledby=people] tbody tr').first()).toBeVisible();
  await picture(dark, 'portal-admin-dark-fa');
  const phone = await visit(browser, company, { username: ANALYST, language: 'fa', width: 390, height: 780 });
  await phone.goto(`${company.url}/portal/activity`);
  await expect(phone.locator('tbody tr').first()).toBeVisible();
  await picture(phone, 'portal-activity-phone-fa');
  await phone.context().clearCookies();
  await phone.goto(`${company.url}/portal`);
  await expect(phone.locator('#token')).toBeVisible();
  await picture(phone, 'portal-sign-in-fa');
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
