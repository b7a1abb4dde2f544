import { type Scenario } from '../scenario.js';

const long = 'import time; time.sleep(12); "whole"';

const brief = 'import time; time.sleep(4); "whole"';

/** Pages that are reloaded, closed and opened twice. */
export const pages: Scenario[] = [
  {
    name: 'reload during a run, the end comes after it',
    async play({ driver, began, ended }) {
      const { path } = await driver.notebook([long]);
      await driver.command('docmanager:save');
      await driver.runCell(0);
      await began(1);
      await driver.page.waitForTimeout(1500); // past the second after which a start is on record
      await driver.page.reload();
      await driver.started();
      await driver.openNotebook(path).catch(() => undefined);
      await ended(1);
    }
  },
  {
    name: 'reload during a run, the end falls into the gap',
    async play({ driver, began, ended }) {
      await driver.notebook([brief]);
      await driver.runCell(0);
      await began(1);
      await driver.page.waitForTimeout(1500);
      await driver.page.goto('about:blank');
      await ended(1);
      await driver.open();
      return new Map([[brief, 'unknown']]);
    }
  },
  {
    name: 'reload with cells that wait in the queue',
    async play({ driver, began, ended }) {
      const { path } = await driver.notebook([long, 'a = "waited"', '1 / 0']);
      await driver.command('docmanager:save');
      await driver.begin('notebook:run-all-cells');
      await began(1);
      await driver.page.waitForTimeout(1500); // past the second after which a start is on record
      await driver.page.reload();
      await driver.started();
      await driver.begin('docmanager:open', { path, factory: 'Notebook' });
      await ended(3);
    }
  },
  {
    name: 'closing the tab during a run',
    async play({ driver, another, began, ended }) {
      await driver.notebook([brief]);
      await driver.runCell(0);
      await began(1);
      await driver.page.close();
      await ended(1);
      await another();
      return new Map([[brief, 'unknown']]);
    }
  },
  {
    name: 'closing the tab during a run that another tab watches',
    async play({ driver, another, began, ended }) {
      const { path } = await driver.notebook([brief]);
      const second = await another();
      await second.openNotebook(path);
      await driver.runCell(0);
      await began(1);
      await driver.page.close();
      await ended(1);
    }
  },
  {
    name: 'closing the tab during a run that another browser watches',
    async play({ driver, stranger, began, ended }) {
      const { path } = await driver.notebook([brief]);
      const second = await stranger();
      await second.openNotebook(path);
      await driver.runCell(0);
      await began(1);
      await driver.page.close();
      await ended(1);
    }
  },
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
