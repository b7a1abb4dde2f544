import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { test, visit } from './company.js';
import { HOSTILE } from './parts/company.js';
import { LOOKERS, screensFor } from './parts/screens.js';

// axe reads every rule on every screen.
test.setTimeout(400_000);

const [ANALYST, ADMIN] = LOOKERS;

/** Each screen for those who may see it; the words that are searched stand in a hostile text, too. */
const screens = (who: string) => [
  ...screensFor(who).filter(({ path }) => !path.startsWith('/portal/search')),
  { path: '/portal/search?q=print', there: 'tbody tr mark' }
];

for (const language of ['en', 'fa'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test(`every screen is accessible, in ${language} and ${theme}`, async ({ browser, company }) => {
      for (const who of LOOKERS) {
        const page = await visit(browser, company, { username: who, language, theme });
        for (const { path, there } of screens(who)) {
          await page.goto(company.url + path);
          await expect(page.locator(there).first()).toBeVisible();
          expect(await violations(page), `${who} at ${path}`).toEqual([]);
          expect(await page.evaluate(() => 'hacked' in window), path).toBe(false);
        }
        await page.context().close();
      }
    });
  }

  test(`no screen is wider than a phone, in ${language}`, async ({ browser, company }) => {
    for (const who of LOOKERS) {
      const page = await visit(browser, company, { username: who, language, width: 390, height: 780 });
      for (const { path, there } of screens(who)) {
        await page.goto(company.url + path);
        await expect(page.locator(there).first()).toBeVisible();
        const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        expect(wide, `${who} at ${path}`).toBeLessThanOrEqual(seen);
      }
      await page.context().close();
    }
  });

  test(`the screens say what SQL says, in ${language}`, async ({ browser, company }) => {
    const say = new Intl.NumberFormat(language);
    const number = (sql: string) => Number(company.psql.records(sql)[0]![0]);
    const page = await visit(browser, company, { username: ADMIN, language });
    await page.goto(`${company.url}/portal/admin`);
    const row = page.locator('[aria-labelledby=people] tbody tr', { hasText: ANALYST });
    const mine = number(`SELECT count(*) FROM code_execution_logs WHERE username = '${ANALYST}'`);
    await expect(row.locator('td').nth(2)).toHaveText(say.format(mine));

    await page.goto(`${company.url}/portal/search?q=${encodeURIComponent(`status:error user:${ANALYST}`)}`);
    const failed = number(
      `SELECT count(*) FROM code_execution_logs WHERE username = '${ANALYST}' AND status = 'error'`
    );
    await expect(page.locator('[aria-labelledby=found] header [role=status]')).toContainText(say.format(failed));
    await expect(page.locator('[aria-labelledby=found] tbody tr')).toHaveCount(Math.min(failed, 50));
  });
}

for (const language of ['en', 'fa'] as const)
  test(`what is found is saved as a file by the keyboard, in ${language}`, async ({ browser, company }) => {
    const page = await visit(browser, company, { username: ANALYST, language });
    await page.goto(`${company.url}/portal/search?q=status:error`);
    await page.locator('button[aria-expanded]', { hasText: language === 'en' ? 'Export' : 'خروجی' }).focus();
    await page.keyboard.press('Enter');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(download.suggestedFilename()).toMatch(/^celltrail-.*\.jsonl$/);
    const lines = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\n');
    const failed = company.psql.records(
      `SELECT count(*) FROM code_execution_logs WHERE username = '${ANALYST}' AND status = 'error'`
    );
    expect(lines).toHaveLength(Number(failed[0]![0]));
  });

test('hostile texts are shown as text, and a run of them can be read whole', async ({ browser, company }) => {
  const page = await visit(browser, company, { username: ANALYST, language: 'en' });
  const [{ id }] = company.psql.rows<{ id: string }>(
    `SELECT id FROM code_execution_logs WHERE username = '${ANALYST}' AND notebook_path LIKE '<img%'`
  ) as [{ id: string }];
  await page.goto(`${company.url}/portal/executions/${id}`);
  await expect(page.locator('pre code')).toHaveText(`print('${HOSTILE}')`);
  await expect(page.locator('[aria-labelledby=error]')).toContainText(HOSTILE);
  await expect(page.locator('[aria-labelledby=context]')).toContainText(`${HOSTILE}.ipynb`);
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  expect(await violations(page)).toEqual([]);
});

test('a person goes through the portal with the keyboard alone', async ({ browser, company }) => {
  const page = await visit(browser, company, { username: ANALYST, language: 'fa' });
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await expect(page).toHaveURL(/\/portal\/activity$/);
  await expect(page.locator('tbody tr').first()).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/portal\/executions\//);
  await page.keyboard.press('/');
  await expect(page).toHaveURL(/\/portal\/search/);
  await expect(page.locator('[data-search-box]')).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('status:err');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/q=status%3Aerror/);
  await page.locator('main').focus();
  await page.keyboard.press('Shift+Slash');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}
