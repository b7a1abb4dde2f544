import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { Driver } from './parts/driver.js';
import { type Lab } from './parts/lab.js';
import { type Psql } from './parts/psql.js';
import { CELLTRAIL, type AuditServer } from './parts/server.js';
import { startWorkplace } from './parts/workplace.js';

let folder: string;
let server: AuditServer;
let lab: Lab;
let psql: Psql;

test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'celltrail-lab-changed-'));
  ({ server, lab, psql } = await startWorkplace(folder));
});

test.afterEach(async () => {
  await lab?.running.stop();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** How a later JupyterLab, or another extension, may connect kernels without the method that capture watches. */
const CHANGES = {
  'no-connect-to': 'the manager has no `connectTo` any more',
  bypassed: 'sessions do not ask the manager'
} as const;

for (const [fault, change] of Object.entries(CHANGES)) {
  test(`when ${change}, the status bar, the doctor and the portal say so, and runs are still on record`, async ({
    page
  }) => {
    await page.addInitScript(changeLab, fault);
    const driver = new Driver(page, lab);
    await driver.open();
    await driver.notebook([`seen = "${fault}"`]);
    await expect(page.locator('.celltrail-StatusItem')).toHaveAttribute('data-standing', 'fault');
    await driver.runAll();

    await expect.poll(() => doctor()['capture']).toMatchObject({ ok: false, figures: { count: 1, reasons: fault } });
    for (const [locale, said] of [
      ['en-US', `Capture is faulty on 1 page: ${fault}`],
      ['fa-IR', `ثبت در ۱ صفحه ایراد دارد: ${fault}`]
    ] as const) {
      const context = await page.context().browser()!.newContext({ locale });
      const portal = await context.newPage();
      await portal.goto(`${server.url}/portal/health`);
      await expect(portal.locator('li[data-check="capture"]')).toHaveAttribute('data-state', 'wrong');
      await expect(portal.locator('li[data-check="capture"]')).toContainText(said);
      await context.close();
    }
    const codes = () => psql.records('SELECT code FROM code_execution_logs').flat();
    await expect.poll(codes).toContain(`seen = "${fault}"`);
  });
}

test('in this JupyterLab every kernel connection comes the way that capture watches', async ({ page }) => {
  const driver = new Driver(page, lab);
  await driver.open();
  const { path } = await driver.notebook(['1 + 1']);
  await driver.runAll();
  await driver.command('notebook:create-console');
  await driver.command('docmanager:open', { path, factory: 'Notebook', options: { mode: 'split-right' } });
  expect(await unwatched(page)).toEqual([]);
  await expect(page.locator('.celltrail-StatusItem')).toHaveAttribute('data-standing', 'recording');
  await expect.poll(() => doctor()['capture']).toMatchObject({ ok: true, figures: { count: 1 } });
});

/** Connections of Lab's own list that capture does not listen to, by their kernel's id. */
function unwatched(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    interface Connection {
      id: string;
    }
    interface Inner {
      serviceManager: { kernels: { _kernelConnections?: Set<Connection> } };
      pluginRegistry: { _plugins: Map<string, { service: { listening: Map<Connection, unknown> } }> };
    }
    const app = window.jupyterapp as unknown as Inner;
    const made = app.serviceManager.kernels._kernelConnections;
    if (!made?.size) throw new Error('this JupyterLab keeps no list of its connections: capture meets them late');
    const { listening } = app.pluginRegistry._plugins.get('jupyterlab-celltrail:capture')!.service;
    return [...made].filter(connection => !listening.has(connection)).map(({ id }) => id);
  });
}

/**
 * Runs in the page before Lab does: changes Lab's managers at the moment when Lab shows itself, before any plugin is
 * activated. Lab itself goes on working.
 */
function changeLab(change: string): void {
  interface Managers {
    serviceManager: {
      kernels: Record<string, unknown>;
      sessions: { _connectToKernel: (options: unknown) => unknown };
    };
  }
  let shown: Managers | undefined;
  Object.defineProperty(window, 'jupyterapp', {
    configurable: true,
    get: () => shown,
    set: (app: Managers) => {
      shown = app;
      const { kernels, sessions } = app.serviceManager;
      const connectTo = kernels['connectTo'] as (options: unknown) => unknown;
      sessions._connectToKernel = options => connectTo.call(kernels, options);
      if (change === 'no-connect-to') kernels['connectTo'] = undefined;
    }
  });
}

/** What `celltrail doctor --json` found, by check. */
function doctor(): Record<string, { ok: boolean | null; figures: object }> {
  const env = { ...process.env, AUDIT_PORT: new URL(server.url).port, AUDIT_DATA_DIR: join(folder, 'server') };
  let printed: string;
  try {
    printed = execFileSync(process.execPath, [CELLTRAIL, 'doctor', '--json'], { env, encoding: 'utf8' });
  } catch (error) {
    // It exits 1 where something is wrong.
    printed = (error as { stdout: string }).stdout;
  }
  const checks = JSON.parse(printed) as { id: string; ok: boolean | null; figures: object }[];
  return Object.fromEntries(checks.map(check => [check.id, check]));
}
