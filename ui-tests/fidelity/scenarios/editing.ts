import { type Scenario, type Stage } from '../scenario.js';

const long = 'import time; time.sleep(1.2); "as it was"';

/** Plays something that happens to the cell while it runs. */
const during = (name: string, act: (stage: Stage) => Promise<void>): Scenario => ({
  name: `${name} while it runs`,
  async play(stage) {
    await stage.driver.notebook([long, 'a = 1', 'b = 2']);
    await stage.driver.runCell(0);
    await stage.began(1);
    await act(stage);
    await stage.ended(1);
  }
});

/** What is on record is what ran, whatever happens to the cell meanwhile. */
export const editing: Scenario[] = [
  during('editing the cell', ({ driver }) => driver.edit(0, 'this = "was never run"')),
  during('moving the cell', async ({ driver }) => {
    await driver.select(0);
    await driver.command('notebook:move-cell-down');
  }),
  during('deleting the cell', async ({ driver }) => {
    await driver.select(0);
    await driver.command('notebook:delete-cell');
  }),
  during('deleting the cell and undoing it', async ({ driver }) => {
    await driver.select(0);
    await driver.command('notebook:delete-cell');
    await driver.command('notebook:undo-cell-action');
  }),
  during('merging the cell with the next', async ({ driver }) => {
    await driver.select(0);
    await driver.command('notebook:merge-cell-below');
  }),
  during('splitting the cell', async ({ driver }) => {
    await driver.select(0);
    await driver.command('notebook:split-cell-at-cursor');
  }),
  during('turning the cell into Markdown', async ({ driver }) => {
    await driver.select(0);
    await driver.command('notebook:change-cell-to-markdown');
  }),
  {
    name: 'editing a cell that waits in the queue',
    async play({ driver, began, ended }) {
      await driver.notebook([long, 'print("as asked")']);
      await driver.runCell(0);
      await began(1);
      await driver.runCell(1);
      await driver.edit(1, 'print("asked for later")');
      await ended(2);
    }
  },
  {
    name: 'deleting a cell that waits in the queue',
    async play({ driver, began, ended }) {
      await driver.notebook([long, 'print("deleted")', 'print("kept")']);
      await driver.runCell(0);
      await began(1);
      await driver.runCell(1);
      await driver.runCell(2);
      await driver.select(1);
      await driver.command('notebook:delete-cell');
      await ended(3);
    }
  },
  during('splitting the cell and undoing it', async ({ driver }) => {
    await driver.select(0);
    await driver.command('notebook:split-cell-at-cursor');
    await driver.command('notebook:undo-cell-action');
  }),
  during('cutting the cell and pasting it below', async ({ driver }) => {
    await driver.select(0);
    await driver.command('notebook:cut-cell');
    await driver.command('notebook:paste-cell-below');
  }),
  {
    name: 'moving a cell that waits in the queue',
    async play({ driver, began, ended }) {
      await driver.notebook([long, 'print("moved")', 'print("kept")']);
      await driver.runCell(0);
      await began(1);
      await driver.runCell(1);
      await driver.runCell(2);
      await driver.select(1);
      await driver.command('notebook:move-cell-down');
      await ended(3);
    }
  }
];
