import { type Driver } from '../../parts/driver.js';
import { held } from '../held.js';
import { type Scenario, type Stage } from '../scenario.js';

/** Longer than the second after which a start is on record, ms. */
const STARTED_MS = 1500;

/** Pages that are reloaded, closed and opened twice. */
export const pages: Scenario[] = [
  {
    name: 'reload during a run, the end comes after it',
    async play({ driver, lab, began, ended }) {
      const { code, letGo } = held(lab);
      const { path } = await driver.notebook([code]);
      await driver.command('docmanager:save');
      await driver.runCell(0);
      await began(1);
      await reload(driver, path);
      letGo();
      await ended(1);
      return new Map([[code, { isEndWitnessed: true }]]);
    }
  },
  {
    name: 'reload during a run, the end falls into the gap',
    async play({ driver, lab, began, ended }) {
      const { code, letGo } = held(lab);
      await driver.notebook([code]);
      await driver.runCell(0);
      await began(1);
      await driver.page.waitForTimeout(STARTED_MS);
      await driver.page.goto('about:blank');
      letGo();
      await ended(1);
      await driver.open();
      return new Map([[code, 'unknown']]);
    }
  },
  {
    name: 'reload with cells that wait in the queue',
    async play({ driver, lab, began, ended }) {
      const { code, letGo } = held(lab);
      const { path } = await driver.notebook([code, 'a = "waited"', '1 / 0']);
      await driver.command('docmanager:save');
      await driver.begin('notebook:run-all-cells');
      await began(1);
      await reload(driver, path);
      letGo();
      await ended(3);
      return new Map([code, 'a = "waited"', '1 / 0'].map(one => [one, { isEndWitnessed: true }]));
    }
  },
  {
    name: 'closing the tab during a run',
    async play({ driver, lab, another, began, ended }) {
      const { code, letGo } = held(lab);
      await driver.notebook([code]);
      await driver.runCell(0);
      await began(1);
      // Its number comes after the kernel has begun: a page that is closed before it came can't tell it.
      await driver.page.waitForTimeout(STARTED_MS);
      await driver.page.close();
      letGo();
      await ended(1);
      await another();
      return new Map([[code, 'unknown']]);
    }
  },
  closingWhile('another tab', ({ another }) => another()),
  closingWhile('another browser', ({ stranger }) => stranger()),
  {
    name: 'closing the notebook with the kernel left running, and coming back',
    async play({ driver, ended }) {
      const { path } = await driver.notebook(['a = 1', 'a + 1']);
      await driver.runCell(0);
      await ended(1);
      await driver.command('docmanager:save');
      await driver.command('application:close');
      await driver.openNotebook(path);
      await driver.runCell(1);
      await ended(2);
    }
  },
  {
    name: 'the same notebook in two tabs of one browser',
    async play({ driver, another, ended }) {
      const { path } = await driver.notebook(['a = 1', 'b = 2']);
      const second = await another();
      await second.openNotebook(path);
      await driver.runCell(0);
      await ended(1);
      await second.runCell(1);
      await ended(2);
    }
  },
  {
    name: 'the same notebook in two browsers of one user',
    async play({ driver, stranger, ended }) {
      const { path } = await driver.notebook(['a = 1', 'raise ValueError("seen twice")']);
      const second = await stranger();
      await second.openNotebook(path);
      await driver.runCell(0);
      await ended(1);
      await second.runCell(1);
      await ended(2);
    }
  },
  {
    name: 'two views of one notebook',
    async play({ driver, ended }) {
      const { path } = await driver.notebook(['a = 1', 'b = 2']);
      await driver.command('docmanager:clone');
      await driver.page.waitForFunction(wanted => {
        const views = Array.from(window.jupyterapp.shell.widgets('main')).filter(view => view.context?.path === wanted);
        return views.length === 2 && window.jupyterapp.shell.currentWidget === views[1];
      }, path);
      await driver.runCell(0);
      await ended(1);
      await driver.openNotebook(path);
      await driver.runCell(1);
      await ended(2);
    }
  }
];

/** Reloads the page once the start of its run is on record, and comes back to the notebook. */
async function reload(driver: Driver, path: string): Promise<void> {
  await driver.page.waitForTimeout(STARTED_MS);
  await driver.page.reload();
  await driver.started();
  await driver.begin('docmanager:open', { path, factory: 'Notebook' });
  await driver.kernelConnected(path);
}

/** The tab that sent a run is closed during it, and another page sees its end. */
function closingWhile(watcher: string, open: (stage: Stage) => Promise<Driver>): Scenario {
  return {
    name: `closing the tab during a run that ${watcher} watches`,
    async play(stage) {
      const { driver, lab, began, ended } = stage;
      const { code, letGo } = held(lab);
      const { path } = await driver.notebook([code]);
      const second = await open(stage);
      await second.openNotebook(path);
      await driver.runCell(0);
      await began(1);
      await driver.page.close();
      letGo();
      await ended(1);
    }
  };
}
