import { type Browser, type Page } from '@playwright/test';
import { type Company } from './company-server.js';

/** How a visitor looks at the portal. */
export interface Look {
  username: string;
  language: 'en' | 'fa';
  theme?: 'light' | 'dark';
  width?: number;
  height?: number;
}

/** A browser of a colleague's own, signed in as they do it. */
export async function visit(browser: Browser, company: Company, look: Look): Promise<Page> {
  const { username, language, theme = 'light', width = 1280, height = 860 } = look;
  const context = await browser.newContext({
    locale: language === 'fa' ? 'fa-IR' : 'en-US',
    timezoneId: 'Asia/Tehran',
    colorScheme: theme,
    reducedMotion: 'reduce',
    viewport: { width, height }
  });
  const page = await context.newPage();
  await page.goto(`${company.url}/portal`);
  await page.locator('#token').fill(company.tokens.get(username)!);
  await page.locator('form button[type=submit]').click();
  await page.locator('nav').waitFor();
  return page;
}
