import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Browser, type Page } from '@playwright/test';
import { COLLEAGUES, runsOf, send } from './parts/company.js';
import { psqlLine, psqlOf, type Psql } from './parts/psql.js';
import { auditServer, CELLTRAIL } from './parts/server.js';

/** A server in token mode with a company's two weeks on record. */
export interface Company {
  url: string;
  psql: Psql;
  /** each colleague's token by their name */
  tokens: ReadonlyMap<string, string>;
}

/** The policy that docs/anomalies.md shows. */
const POLICY = join(import.meta.dirname, '../docs/policy-example.yml');

/** A test on a company of its own. */
export const test = base.extend<object, { company: Company }>({
  company: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture stands on here
    async ({}, provide) => {
      const folder = mkdtempSync(join(tmpdir(), 'celltrail-company-'));
      const env = { AUDIT_AUTH: 'token', AUDIT_POLICY_FILE: POLICY };
      const server = await auditServer({ dataDir: folder, labUrl: 'http://127.0.0.1:8888', user: 'nobody', env });
      await server.start();
      try {
        const tokens = new Map<string, string>();
        for (const { username, role } of COLLEAGUES) {
          const call = ['token', 'create', username, '--user', username, '--role', role, '--json'];
          const printed = execFileSync(process.execPath, [CELLTRAIL, ...call], {
            env: { ...process.env, ...env, AUDIT_DATA_DIR: folder },
            encoding: 'utf8'
          });
          tokens.set(username, (JSON.parse(printed) as { token: string }).token);
        }
        const now = new Date();
        for (const [number, colleague] of COLLEAGUES.entries()) {
          await send(server.url, tokens.get(colleague.username)!, runsOf(colleague, number, now));
        }
        await provide({ url: server.url, psql: psqlOf(psqlLine(server.running.output())), tokens });
      } finally {
        await server.stop();
        rmSync(folder, { recursive: true, force: true });
      }
    },
    { scope: 'worker', timeout: 240_000 }
  ]
});

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
