/* global window, indexedDB -- parts of this file run in the page */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { putStopwatch } from './stopwatch.mjs';
import { typescript } from './typescript.mjs';

const { Driver } = await typescript('../../ui-tests/parts/driver.ts');
const { startLab } = await typescript('../../ui-tests/parts/lab.ts');
const { freePort } = await typescript('../../ui-tests/parts/ports.ts');

/** Cells of the notebook that is run; a round after another replaces their text and their outputs. */
const CELLS = 40;

/**
 * JupyterLab with one notebook open in a tab of its own.
 * @param name of the room, and of its folder
 * @param withUs whether the extension is on; without it, Lab's own switch keeps it from being loaded at all
 */
export async function openRoom({ browser, folder, name, withUs, port, endpoint }) {
  const home = join(folder, name);
  write(join(home, 'config/labconfig/page_config.json'), { disabledExtensions: { 'jupyterlab-celltrail': !withUs } });
  // The server's own limits would drop what this is about.
  write(join(home, 'config/jupyter_server_config.json'), {
    ZMQChannelsWebsocketConnection: { iopub_data_rate_limit: 1e12, iopub_msg_rate_limit: 1e9 }
  });
  const startup = join(home, 'ipython/profile_default/startup');
  mkdirSync(startup, { recursive: true });
  copyFileSync(new URL('harmless.py', import.meta.url), join(startup, '00-harmless.py'));
  const lab = await startLab({ folder: home, port: port ?? (await freePort()), endpoint, user: 'bench' });
  const context = await browser.newContext({ viewport: { width: 1360, height: 850 } });
  const page = await context.newPage();
  await putStopwatch(page);
  const driver = new Driver(page, lab);
  await driver.open();
  await driver.notebook(Array.from({ length: CELLS }, () => ''));
  const cdp = await context.newCDPSession(page);
  return { name, page, cdp, driver, lab, close: () => lab.running.stop() };
}

/**
 * Runs cells one after the other, each when the one before has ended and the pause is over.
 * @param pauseMs what an analyst does between two cells, if only for a blink
 * @returns per cell when it was sent and when it had ended, on the page's clock, ms
 */
export function runCells({ page }, codes, pauseMs = 0) {
  return page.evaluate(
    async ([sources, pause]) => {
      const { shell, commands } = window.jupyterapp;
      const { content } = shell.currentWidget;
      const times = [];
      for (const source of sources) {
        window.benchCell = ((window.benchCell ?? -1) + 1) % content.widgets.length;
        content.widgets[window.benchCell].model.sharedModel.setSource(source);
        content.activeCellIndex = window.benchCell;
        const began = performance.now();
        window.benchSays('cell');
        await commands.execute('notebook:run-cell');
        times.push([began, performance.now()]);
        if (pause) await new Promise(resolve => setTimeout(resolve, pause));
      }
      return times;
    },
    [codes, pauseMs]
  );
}

/** Resolves when the page's outbox is empty. A page without one has nothing to wait for. */
export async function settled({ page }) {
  await page.waitForFunction(async () => {
    const databases = await indexedDB.databases();
    if (!databases.some(({ name }) => name === 'celltrail-outbox')) return true;
    const db = await new Promise((resolve, reject) => {
      const asked = indexedDB.open('celltrail-outbox');
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
    const waiting = await new Promise(resolve => {
      const asked = db.transaction('waiting').objectStore('waiting').count();
      asked.onsuccess = () => resolve(asked.result);
    });
    db.close();
    return waiting === 0;
  });
}

function write(file, value) {
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, JSON.stringify(value));
}
