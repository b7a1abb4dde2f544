// How soon the portal's screens are there, in an empty browser each time, and whether they jump while they come. Usage,
// after `npm run build`: node bench/screens.mjs [--times 7] [--only admin] [--write]
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { table, writeParts } from '../scripts/marked.mjs';
import { typescript } from './parts/typescript.mjs';

const { startCompany } = await typescript('../../ui-tests/parts/company-server.ts');
const { SCREENS, LOOKERS } = await typescript('../../ui-tests/parts/screens.ts');
const { visit } = await typescript('../../ui-tests/parts/visit.ts');

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '7' },
    only: { type: 'string', default: '' },
    write: { type: 'boolean', default: false }
  }
});
const TIMES = Number(values.times);
/** What comes late may move what is there: so long after the answers, ms. */
const SETTLE_MS = 500;

const company = await startCompany();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
});
try {
  const alerts = () => company.psql.rows('SELECT FROM anomalies').length;
  while (!alerts()) await new Promise(resolve => setTimeout(resolve, 1_000));
  const rows = [];
  for (const language of ['en', 'fa']) {
    const signedIn = new Map();
    for (const username of LOOKERS) {
      const page = await visit(browser, company, { username, language });
      signedIn.set(username, await page.context().storageState());
      await page.context().close();
    }
    for (const screen of SCREENS.filter(({ name }) => name.includes(values.only))) {
      const seen = [];
      for (let time = 0; time < TIMES; time++) seen.push(await look(screen, language, signedIn.get(screen.who)));
      rows.push({ screen: `${screen.name}, ${language}`, ...figuresOf(seen) });
      console.error(JSON.stringify(rows.at(-1)));
    }
  }
  const text = describe(rows);
  console.log(text);
  if (values.write) writeParts('docs/figures.md', { 'bench-screens': text });
} finally {
  await browser.close();
  await company.stop();
}

/** Opens a screen with nothing in the browser's cache. */
async function look({ path, ready }, language, storageState) {
  const context = await browser.newContext({
    storageState,
    locale: language === 'fa' ? 'fa-IR' : 'en-US',
    timezoneId: 'Asia/Tehran',
    viewport: { width: 1280, height: 860 }
  });
  const page = await context.newPage();
  await page.addInitScript(() => {
    globalThis.shifted = 0;
    const add = list => list.getEntries().forEach(({ value }) => (globalThis.shifted += value));
    new PerformanceObserver(add).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(company.url + path);
  await page.locator(ready).first().waitFor();
  const whole = await page.evaluate(() => performance.now());
  await page.waitForTimeout(SETTLE_MS);
  const found = await page.evaluate(() => ({
    painted: performance.getEntriesByName('first-contentful-paint')[0].startTime,
    shifted: globalThis.shifted
  }));
  await context.close();
  return { ...found, whole };
}

function figuresOf(seen) {
  const sorted = name => seen.map(each => each[name]).sort((a, b) => a - b);
  const [painted, whole, shifted] = ['painted', 'whole', 'shifted'].map(sorted);
  const middle = Math.floor(seen.length / 2);
  return { painted: painted[middle], latest: painted.at(-1), whole: whole[middle], shifted: shifted.at(-1) };
}

function describe(rows) {
  const ms = value => Math.round(value).toLocaleString('en-US');
  return table(
    ['screen', 'first paint, median', 'most', 'with its answers, median', 'layout shift, most'],
    rows.map(({ screen, painted, latest, whole, shifted }) => [screen, ms(painted), ms(latest), ms(whole), shifted.toFixed(3)]) // prettier-ignore
  );
}
