import { type Scenario } from '../scenario.js';

const long = 'import time; time.sleep(12); "whole"';

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
      await driver.command('notebook:copy-to-clipboard').catch(() => undefined);
      await driver.command('docmanager:clone').catch(() => undefined);
      await driver.openNotebook(path);
      await driver.runCell(0);
      await ended(1);
    }
  }
];
