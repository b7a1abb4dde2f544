import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Driver } from '../../parts/driver.js';
import { type Scenario, type Stage } from '../scenario.js';

const long = 'import time; time.sleep(1.5); "where it began"';

/** Lab's own view of files, which every document follows. */
interface Contents {
  rename(from: string, to: string): Promise<unknown>;
  delete(path: string): Promise<void>;
}

/** Runs a cell, does something to the file, runs another. @param act @returns the path it has then */
const between = (name: string, act: (stage: Stage, path: string) => Promise<string>): Scenario => ({
  name: `a notebook ${name} between runs`,
  async play(stage) {
    const { path } = await stage.driver.notebook(['a = 1', 'b = 2']);
    await stage.driver.runCell(0);
    await stage.ended(1);
    const after = await act(stage, path);
    await stage.driver.runCell(1);
    await stage.ended(2);
    return new Map([
      ['a = 1', { notebook_path: path }],
      ['b = 2', { notebook_path: after }]
    ]);
  }
});

/** The run that is under way belongs where it was sent from, the next where the file lies by then. */
const during = (name: string, act: (stage: Stage, path: string) => Promise<string>): Scenario => ({
  name: `a notebook ${name} during a run`,
  async play(stage) {
    const { path } = await stage.driver.notebook([long, 'b = 2']);
    await stage.driver.runCell(0);
    await stage.began(1);
    const after = await act(stage, path);
    await stage.ended(1);
    await stage.driver.runCell(1);
    await stage.ended(2);
    return new Map([
      [long, { notebook_path: path }],
      ['b = 2', { notebook_path: after }]
    ]);
  }
});

const rename = async ({ driver }: Stage, path: string) => move(driver, path, `renamed-${path}`);
const moveAway = async ({ driver }: Stage, path: string) => move(driver, path, `folder-${path}/تحلیل.ipynb`);

const deleteIt = async ({ driver }: Stage, path: string) => {
  await driver.page.evaluate(async gone => {
    const { contents } = window.jupyterapp.serviceManager as unknown as { contents: Contents };
    await contents.delete(gone);
  }, path);
  return path;
};

/** Files whose notebook stays open while they go elsewhere. */
export const files: Scenario[] = [
  between('renamed', rename),
  during('renamed', rename),
  between('moved', moveAway),
  during('moved', moveAway),
  between('deleted', deleteIt),
  during('deleted', deleteIt),
  between("whose file vanished behind Lab's back", ({ lab }, path) => {
    rmSync(join(lab.root, path));
    return Promise.resolve(path);
  }),
  between('saved under another name', async ({ driver }, path) => {
    const other = `other-${path}`;
    await driver.command('docmanager:save'); // or Lab asks what to do with the old one
    await driver.begin('docmanager:save-as');
    await driver.page.locator('.jp-Dialog input').fill(other);
    await driver.page.locator('.jp-Dialog button.jp-mod-accept').click();
    // Lab opens the copy beside the original, with a kernel of its own or the same.
    await driver.kernelReady(other);
    return other;
  })
];

async function move(driver: Driver, from: string, to: string): Promise<string> {
  mkdirSync(dirname(join(driver.lab.root, to)), { recursive: true });
  await driver.page.evaluate(
    async ([old, now]) => {
      const { contents } = window.jupyterapp.serviceManager as unknown as { contents: Contents };
      await contents.rename(old, now);
    },
    [from, to] as const
  );
  await isAt(driver, to);
  return to;
}

const isAt = (driver: Driver, path: string) =>
  driver.page.waitForFunction(wanted => window.jupyterapp.shell.currentWidget?.context?.path === wanted, path);
