import { test as base } from '@playwright/test';
import { startCompany, type Company } from './parts/company-server.js';

export { visit } from './parts/visit.js';

/** A test on a company of its own. */
export const test = base.extend<object, { company: Company }>({
  company: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture stands on here
    async ({}, provide) => {
      const company = await startCompany();
      await provide(company).finally(() => company.stop());
    },
    { scope: 'worker', timeout: 240_000 }
  ]
});
