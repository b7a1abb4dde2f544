import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { Driver } from './parts/driver.js';
import { type Lab } from './parts/lab.js';
import { psqlLine, psqlOf, type Psql } from './parts/psql.js';
import { type AuditServer } from './parts/server.js';
import { startWorkplace } from './parts/workplace.js';

let folder: string;
let server: AuditServer;
let lab: Lab;
let psql: Psql;

test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'celltrail-last-words-'));
  ({ server, lab, psql } = await startWorkplace(folder));
});

test.afterEach(async () => {
  await lab?.running.stop();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const codes = (): string[] =>
  psql.records('SELECT code FROM code_execution_logs ORDER BY requested_at').map(([code]) => code!);
const closed = (): string =>
  psql.records("SELECT count(*) FROM audit_events WHERE type = 'page.closed'").map(([count]) => count!)[0]!;

/** The private database listens on another port after each start. */
async function startAgain(): Promise<void> {
  await server.start();
  psql = psqlOf(psqlLine(server.running.output()));
}

test('a tab that is closed while the server is down loses nothing: the next tab delivers its last words, once', async ({
  context
}) => {
  const first = await context.newPage();
  const driver = new Driver(first, lab);
  await driver.open();
  await driver.notebook(['a = "while all was well"', 'b = "the last run"']);
  await driver.runCell(0);
  await expect.poll(codes).toEqual(['a = "while all was well"']);
  await server.stop();
  // A write that never ends holds up those of the outbox, as a slow disk does: the tab goes with the last run unwritten.
  await first.evaluate(async () => {
    const opening = indexedDB.open('celltrail-outbox');
    await new Promise(resolve => (opening.onsuccess = resolve));
    const facts = opening.result.transaction(['waiting', 'facts'], 'readwrite').objectStore('facts');
    const hold = (): void => void (facts.get('nothing').onsuccess = hold);
    hold();
  });
  await driver.runCell(1);
  await driver.cellsDone();
  await first.evaluate(() => void setTimeout(() => location.replace('about:blank')));
  await first.waitForURL('about:blank');
  await first.close();
  await startAgain();
  const second = await context.newPage();
  await new Driver(second, lab).open();
  await expect.poll(codes).toEqual(['a = "while all was well"', 'b = "the last run"']);
  await expect.poll(closed).toBe('1');
  await expect(second.locator('.celltrail-StatusItem')).toHaveText('Recording');
  await expect
    .poll(() => second.evaluate(() => Object.keys(localStorage).filter(key => key.startsWith('celltrail-last-words'))))
    .toEqual([]);
});
