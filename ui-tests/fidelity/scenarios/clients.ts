import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { type Driver } from '../../parts/driver.js';
import { isNear } from '../compare.js';
import { runElsewhere } from '../other-client.js';
import { type Scenario } from '../scenario.js';

/** Lab puts code into a console only when that has its session. */
async function consoleReady(driver: Driver, path: string): Promise<void> {
  await driver.page.waitForFunction(wanted => {
    for (const widget of window.jupyterapp.shell.widgets('main')) {
      const session = (
        widget as { sessionContext?: { session: { path: string; kernel: { status: string } | null } | null } }
      ).sessionContext?.session;
      if ('console' in widget && session?.path === wanted && session.kernel?.status === 'idle') return true;
    }
    return false;
  }, path);
}

/** Code that does not come from a notebook's cell. */
export const clients: Scenario[] = [
  {
    name: 'a code console',
    async play({ driver, ended }) {
      await driver.command('console:create', { kernelPreference: { name: 'python3' } });
      for (const [index, line] of ['a = 1', '1 / 0'].entries()) {
        await driver.typeInConsole(line);
        await ended(index + 1);
      }
      const alone = { client: 'console', notebook_path: null };
      return new Map([
        ['a = 1', alone],
        ['1 / 0', alone]
      ]);
    }
  },
  {
    name: "a console on a notebook's kernel",
    async play({ driver, ended }) {
      await driver.notebook(['a = 1']);
      await driver.runCell(0);
      await ended(1);
      await driver.command('notebook:create-console', { activate: true });
      await driver.typeInConsole('a + 1');
      await ended(2);
      return new Map([['a + 1', { client: 'console' }]]);
    }
  },
  {
    name: 'Run Selected Text in Console',
    async play({ driver, ended }) {
      const { path } = await driver.notebook(['a = 41\na + 1']);
      await driver.select(0);
      await driver.command('notebook:create-console', { activate: false });
      await consoleReady(driver, path);
      await driver.command('notebook:run-in-console');
      await ended(1);
      // Lab sends what is selected, or the line.
      return new Map(['a = 41', 'a = 41\na + 1'].map(text => [text, { client: 'console' }]));
    }
  },
  {
    name: "lines sent from a file's editor to its console",
    async play({ driver, ended }) {
      writeFileSync(join(driver.lab.root, 'lines.py'), 'a = 41\na + 1\n');
      await driver.command('docmanager:open', { path: 'lines.py', factory: 'Editor' });
      await driver.begin('fileeditor:create-console', { activate: false });
      await driver.page.locator('.jp-Dialog select').selectOption({ label: 'Python 3 (ipykernel)' });
      await driver.page.locator('.jp-Dialog button.jp-mod-accept').click();
      await consoleReady(driver, 'lines.py');
      await driver.page.evaluate(() => {
        const { shell } = window.jupyterapp;
        for (const widget of shell.widgets('main'))
          if (widget.context?.path === 'lines.py') shell.activateById(widget.id);
      });
      await driver.command('fileeditor:run-code');
      await ended(1);
      return new Map([['a = 41', { client: 'editor', notebook_path: 'lines.py', cell_id: null }]]);
    }
  },
  {
    name: 'another client of the same kernel',
    async play(stage) {
      const { driver, ended } = stage;
      const { kernel } = await driver.notebook(['a = 1']);
      await driver.runCell(0);
      await ended(1);
      await runElsewhere(stage, kernel, [['b = 2'], ['1 / 0'], ['c = 3', { store_history: false }]]);
      await ended(4);
      const foreign = { client: 'foreign' };
      return new Map([
        ['b = 2', foreign],
        ['1 / 0', foreign],
        ['c = 3', foreign]
      ]);
    }
  },
  {
    name: "another client's silent run",
    async play(stage) {
      const { driver, ended, truth, audited } = stage;
      const { kernel } = await driver.notebook(['a = 1']);
      await driver.runCell(0);
      await ended(1);
      await runElsewhere(stage, kernel, [['quiet = 2', { silent: true }]]);
      await ended(2);
      await audited('execution.unseen', kernel, unseen => {
        const { msg_id, session_id, ran_ms, idle_ms } = truth().find(run => run.silent)!;
        expect(unseen).toMatchObject([{ msg_id, session_id }]);
        const took = Number(unseen[0]?.['execution_time_ms']);
        expect(isNear(took, ran_ms!, idle_ms!), `${took} ms instead of ${ran_ms} to ${idle_ms}`).toBe(true);
      });
      // IOPub shows that the kernel was busy, and not with what.
      return new Map([['quiet = 2', null]]);
    }
  },
  {
    name: "another client's runs while no page is connected",
    async play(stage) {
      const { driver, ended, audited } = stage;
      const { path, kernel } = await driver.notebook(['a = 1', 'b = 2']);
      await driver.runCell(0);
      await ended(1);
      await driver.command('docmanager:save');
      await driver.command('application:close');
      await runElsewhere(stage, kernel, [['alone = 1'], ['alone = 2']]);
      await ended(3);
      await driver.openNotebook(path);
      await driver.runCell(1);
      await ended(4);
      await audited('capture.gap', kernel, gaps =>
        expect(gaps).toMatchObject([{ reason: 'not_connected', missing: 2 }])
      );
      return new Map([
        ['alone = 1', null],
        ['alone = 2', null]
      ]);
    }
  },
  {
    name: 'silent and unstored runs of the page itself',
    async play({ driver, ended }) {
      await driver.notebook(['a = 1']);
      await driver.page.evaluate(async () => {
        const kernel = window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel as unknown as {
          requestExecute(content: object): { done: Promise<unknown> };
        };
        await kernel.requestExecute({ code: 'b = 2', silent: true }).done;
        await kernel.requestExecute({ code: 'c = 3', store_history: false }).done;
      });
      await ended(2);
      const background = { client: 'background' };
      return new Map([
        ['b = 2', background],
        ['c = 3', background]
      ]);
    }
  },
  {
    name: 'a kernel that an extension started by itself',
    async play({ driver, ended }) {
      await driver.page.evaluate(async () => {
        const kernels = window.jupyterapp.serviceManager.kernels as unknown as {
          startNew(options: { name: string }): Promise<{ requestExecute(content: object): { done: Promise<unknown> } }>;
        };
        const kernel = await kernels.startNew({ name: 'python3' });
        await kernel.requestExecute({ code: 'a = "in the background"' }).done;
      });
      await ended(1);
      return new Map([['a = "in the background"', { client: 'background', notebook_path: null }]]);
    }
  },
  {
    name: 'subshells in parallel',
    async play({ driver, ended }) {
      await driver.notebook(['import time; time.sleep(1); "main"']);
      await driver.runCell(0);
      await driver.page.evaluate(async () => {
        const kernel = window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel as unknown as {
          requestCreateSubshell(content: object): { done: Promise<{ content: { subshell_id: string } }> };
          requestExecute(content: object): {
            subshellId?: string | null;
            done: Promise<unknown>;
            msg: { header: { subshell_id?: string } };
          };
        };
        const { content } = await kernel.requestCreateSubshell({}).done;
        const shell = kernel as unknown as { subshellId: string | null };
        shell.subshellId = content.subshell_id;
        const first = kernel.requestExecute({ code: 'import time; time.sleep(0.3); "side"' });
        shell.subshellId = null;
        await first.done;
      });
      await ended(2);
      return new Map([['import time; time.sleep(0.3); "side"', { client: 'background' }]]);
    }
  }
];
