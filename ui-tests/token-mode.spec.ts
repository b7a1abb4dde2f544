import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { Driver } from './parts/driver.js';
import { startLab, type Lab } from './parts/lab.js';
import { freePort } from './parts/ports.js';
import { psqlLine, psqlOf, type Psql } from './parts/psql.js';
import { auditServer, CELLTRAIL, type AuditServer } from './parts/server.js';

const TOKEN_MODE = { AUDIT_AUTH: 'token' };
let folder: string;
let server: AuditServer;
let lab: Lab;
let labPort: number;
let psql: Psql;

/** An admin's command. @returns what it printed */
function celltrail(...args: string[]): string {
  return execFileSync(process.execPath, [CELLTRAIL, ...args], {
    env: { ...process.env, ...TOKEN_MODE, AUDIT_DATA_DIR: join(folder, 'server') },
    encoding: 'utf8'
  });
}

const newToken = (name: string): string =>
  (
    JSON.parse(celltrail('token', 'create', name, '--user', 'sara', '--role', 'analyst', '--json')) as {
      token: string;
    }
  ).token;

/** What Lab says of its user counts for nothing: the token does. */
async function startLabWith(token: string): Promise<void> {
  writeFileSync(join(folder, 'token'), token, { mode: 0o600 });
  const env = { AUDIT_TOKEN_FILE: join(folder, 'token') };
  lab = await startLab({ folder, port: labPort, endpoint: server.url, user: 'somebody else', env });
}

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'celltrail-token-mode-'));
  const port = await freePort();
  server = await auditServer({
    dataDir: join(folder, 'server'),
    labUrl: `http://127.0.0.1:${port}`,
    user: 'nobody',
    env: TOKEN_MODE
  });
  await server.start();
  psql = psqlOf(psqlLine(server.running.output()));
  labPort = port;
  await startLabWith(newToken('sara-lab'));
});

test.afterAll(async () => {
  // After the reload Lab may be starting a kernel; it was once seen not to end by itself when it was asked to then.
  await lab?.running.stop('SIGKILL');
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const rows = () => psql.records('SELECT username, code FROM code_execution_logs ORDER BY requested_at');

test("an image's Lab with a token records its person's runs, and its side panel shows them as they come", async ({
  page
}) => {
  const driver = new Driver(page, lab);
  await driver.open();
  await driver.notebook(['a = "by token"', '1 / 0']);
  await expect(page.locator('.celltrail-StatusItem')).toHaveAttribute('data-standing', 'recording');
  await driver.runCell(0);
  await expect.poll(rows).toEqual([['sara', 'a = "by token"']]);

  await driver.command('celltrail:show-panel');
  const panel = page.locator('.celltrail-Panel');
  await expect(panel.locator('li')).toHaveText([/a = "by token"/]);
  await driver.runCell(1);
  await expect(panel.locator('li')).toHaveText([/1 \/ 0/, /a = "by token"/]);
  const { violations } = await new AxeBuilder({ page }).include('.celltrail-Panel').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);

  // From a row to its cell.
  await driver.select(1);
  await panel.locator('li').last().getByRole('button').click();
  await expect.poll(() => page.evaluate(() => window.jupyterapp.shell.currentWidget?.content?.activeCellIndex)).toBe(0);
});

test('a token that is revoked costs nothing but time: the next one of the same person brings what waited', async ({
  page
}) => {
  const driver = new Driver(page, lab);
  await driver.open();
  const { path } = await driver.notebook(['b = "before"', 'c = "while it was revoked"']);
  await driver.runCell(0);
  await expect.poll(() => rows().at(-1)).toEqual(['sara', 'b = "before"']);
  celltrail('token', 'revoke', 'sara-lab');
  // Every server knows within five seconds.
  await page.waitForTimeout(5500);
  await driver.runCell(1);
  const item = page.locator('.celltrail-StatusItem');
  await expect(item).toHaveAttribute('data-standing', 'expired');
  // Lab reads its token when it starts.
  await lab.running.stop();
  await startLabWith(newToken('sara-lab-2'));
  await page.reload();
  await driver.started();
  await expect.poll(() => rows().at(-1)).toEqual(['sara', 'c = "while it was revoked"']);
  await expect(item).toHaveAttribute('data-standing', 'recording');
  await driver.kernelReady(path);
});
