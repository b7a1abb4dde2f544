import { type Scenario } from '../scenario.js';

const sleep = (seconds: number) => `import time; time.sleep(${seconds})`;

/** Cells run in the ways that the Run menu offers. */
export const running: Scenario[] = [
  {
    name: 'single runs',
    async play({ driver }) {
      await driver.notebook(['1 + 1', 'x = 3', 'print(x)', '1 / 0']);
      for (const index of [0, 1, 2, 3]) {
        await driver.runCell(index);
        await driver.cellsDone();
      }
    }
  },
  {
    name: 'one cell many times',
    async play({ driver }) {
      await driver.notebook(['print("again")']);
      for (let round = 0; round < 5; round++) {
        await driver.runCell(0);
        await driver.cellsDone();
      }
    }
  },
  {
    name: 'Run All, each cell its own time',
    async play({ driver }) {
      await driver.notebook([sleep(0.4), sleep(0.3), sleep(0.2), 'print(1)']);
      await driver.runAll();
    }
  },
  {
    name: 'Run All Above and Below',
    async play({ driver, ended }) {
      await driver.notebook(['a = 1', 'b = 2', 'c = 3', 'd = 4']);
      await driver.select(2);
      await driver.command('notebook:run-all-above');
      await ended(2);
      await driver.select(2);
      await driver.command('notebook:run-all-below');
      await ended(4);
    }
  },
  {
    name: 'a long queue and its waiting time',
    async play({ driver, ended }) {
      await driver.notebook([sleep(1.5), 'a = 1', 'b = 2', sleep(0.2)]);
      for (const index of [0, 1, 2, 3]) await driver.runCell(index);
      await ended(4);
    }
  },
  {
    name: 'a failure in the middle of Run All',
    async play({ driver, ended }) {
      await driver.notebook(['a = 1', 'raise ValueError("stop here")', 'b = 2', 'c = 3']);
      await driver.begin('notebook:run-all-cells');
      await ended(2);
      await driver.cellsDone();
    }
  },
  {
    name: 'raises-exception goes on',
    async play({ driver, ended }) {
      await driver.notebook(['a = 1', { code: '1 / 0', tags: ['raises-exception'] }, 'b = 2']);
      await driver.begin('notebook:run-all-cells');
      await ended(3);
    }
  },
  {
    name: 'hundreds of cells in quick succession',
    async play({ driver, ended }) {
      await driver.notebook(Array.from({ length: 300 }, (_, index) => `n = ${index}`));
      await driver.begin('notebook:run-all-cells');
      await ended(300);
      await driver.cellsDone();
    }
  },
  {
    name: 'empty and blank cells',
    async play({ driver, ended }) {
      await driver.notebook(['', '   ', '\n\n', '# only a comment', 'a = 1']);
      await driver.runAll();
      await ended(2);
    }
  }
];
