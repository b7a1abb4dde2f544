import { expect } from '@playwright/test';
import { type Driver } from '../../parts/driver.js';
import { type ExpectedRun } from '../compare.js';
import { type Scenario } from '../scenario.js';
import { type Truth } from '../truth.js';

const forever = 'import time\nprint("under way")\nwhile True: time.sleep(0.05)';

/** Kernels that are interrupted, restarted, killed and changed. */
export const kernels: Scenario[] = [
  {
    name: 'interrupt',
    async play({ driver, ended }) {
      await driver.notebook([forever]);
      await driver.runCell(0);
      await underWay(driver);
      await driver.command('notebook:interrupt-kernel');
      await ended(1);
      return new Map([[forever, 'interrupted']]);
    }
  },
  {
    name: 'interrupt of a queue',
    async play({ driver, ended }) {
      await driver.notebook([forever, 'a = 1', 'b = 2']);
      await driver.begin('notebook:run-all-cells');
      await underWay(driver);
      await driver.command('notebook:interrupt-kernel');
      await ended(1);
      await driver.cellsDone();
      return new Map([[forever, 'interrupted']]);
    }
  },
  {
    name: 'KeyboardInterrupt that the code raises itself',
    async play({ driver, ended }) {
      const raises = 'raise KeyboardInterrupt("mine")';
      await driver.notebook([raises]);
      await driver.runCell(0);
      await ended(1);
      // Other pages see no interrupt request, so the error's name decides, for all pages alike.
      return new Map([[raises, 'interrupted']]);
    }
  },
  {
    name: 'restart while running and while queued',
    async play({ driver, ended, audited }) {
      const { kernel } = await driver.notebook([forever, 'a = "never ran"', 'b = 2']);
      await driver.runCell(0);
      await driver.runCell(1);
      await underWay(driver);
      await driver.restart();
      await driver.runCell(2);
      await ended(2);
      await audited('kernel.restarted', kernel, events => expect(events).toMatchObject([{ reason: 'requested' }]));
      // What no kernel took up makes no row. What waits may still run between the interruption and the kernel's end.
      return new Map([
        [forever, interruptedAndGone],
        ['a = "never ran"', { isEndWitnessed: true }]
      ]);
    }
  },
  {
    name: 'a kernel that the system kills, with a queue',
    async play({ driver, truth, ended, audited }) {
      const { kernel } = await driver.notebook([forever, 'a = "never ran"', 'b = 2']);
      await driver.runCell(0);
      await driver.runCell(1);
      await underWay(driver);
      process.kill(pidOf(truth()), 'SIGKILL');
      await startedAnew(driver);
      await driver.runCell(2);
      await ended(1);
      await audited('kernel.died', kernel, events => expect(events).toHaveLength(1));
      await audited('kernel.restarted', kernel, events => expect(events).toMatchObject([{ reason: 'automatic' }]));
      return new Map([[forever, 'kernel_died']]);
    }
  },
  {
    name: 'Restart and Run All',
    async play({ driver, ended }) {
      await driver.notebook(['a = 1', 'print(a)']);
      await driver.runAll();
      await ended(2);
      await driver.begin('notebook:restart-run-all');
      await confirm(driver);
      await ended(4);
    }
  },
  {
    name: 'a kernel that ends by itself',
    async play({ driver, began, ended }) {
      const exit = 'import os, time; time.sleep(0.3); os._exit(1)';
      await driver.notebook([exit, 'a = 1']);
      await driver.runCell(0);
      await began(1);
      await driver.kernelIs('busy');
      await startedAnew(driver);
      await driver.runCell(1);
      await ended(1);
      return new Map([[exit, 'kernel_died']]);
    }
  },
  {
    name: 'a kernel that the system kills',
    async play({ driver, truth, ended }) {
      await driver.notebook([forever, 'a = 1']);
      await driver.runCell(0);
      await underWay(driver);
      process.kill(pidOf(truth()), 'SIGKILL');
      await startedAnew(driver);
      await driver.runCell(1);
      await ended(1);
      return new Map([[forever, 'kernel_died']]);
    }
  },
  {
    name: 'a cell sent to a kernel that was killed and is not missed yet',
    async play({ driver, truth, ended }) {
      await driver.notebook([forever, 'a = 1', 'a + 1']);
      await driver.runCell(0);
      await underWay(driver);
      process.kill(pidOf(truth()), 'SIGKILL');
      await driver.page.waitForTimeout(100); // what reaches the old process is lost with it
      await driver.runCell(1);
      await ended(1);
      await startedAnew(driver);
      await driver.runCell(2);
      await ended(2);
      return new Map([[forever, 'kernel_died']]);
    }
  },
  {
    name: 'shutting a kernel down while it runs',
    async play({ driver }) {
      await driver.notebook([forever]);
      await driver.runCell(0);
      await underWay(driver);
      await driver.page.evaluate(async () => {
        const app = window.jupyterapp as unknown as {
          serviceManager: { kernels: { shutdown(id: string): Promise<void> } };
        };
        const id = window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.id ?? '';
        await app.serviceManager.kernels.shutdown(id);
      });
      return new Map([[forever, interruptedAndGone]]);
    }
  },
  {
    name: 'changing the kernel while it runs',
    async play({ driver }) {
      await driver.notebook([forever]);
      await driver.runCell(0);
      await underWay(driver);
      await driver.page.evaluate(async () => {
        const context = window.jupyterapp.shell.currentWidget?.sessionContext as unknown as {
          changeKernel(model: { name: string }): Promise<unknown>;
        };
        await context.changeKernel({ name: 'python3' });
      });
      return new Map([[forever, interruptedAndGone]]);
    }
  }
];

/**
 * The server interrupts a kernel before it shuts it down or restarts it, and the code has time to end. Whether its reply gets out
 * before its sockets close is chance; its `idle` comes by another one, and ends the run where the reply does not come.
 */
const interruptedAndGone: ExpectedRun = { status: 'interrupted', isEndWitnessed: true };

/**
 * Waits until the code itself runs. An interrupt that comes when the kernel has only taken the request up hits the
 * kernel's own code, or the hook's.
 */
const underWay = (driver: Driver) => driver.page.locator('.jp-OutputArea-output', { hasText: 'under way' }).waitFor();

/**
 * The server's heartbeat sees a kernel's death within 3 s and starts it anew. Lab shows that until the kernel says
 * something, which it does when it is asked something: the new process gets time to come up.
 */
async function startedAnew({ page }: Driver): Promise<void> {
  await page.waitForFunction(
    () => window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status !== 'busy'
  );
  await page.waitForTimeout(2000);
}

/** Says yes to Lab's question. */
const confirm = (driver: Driver) => driver.page.locator('.jp-Dialog button.jp-mod-accept').click();

function pidOf(truths: readonly Truth[]): number {
  const pid = truths.at(-1)?.pid;
  if (!pid) throw new Error('no kernel wrote its pid down');
  return pid;
}
