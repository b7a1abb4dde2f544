import { expect } from '@playwright/test';
import { type Driver } from '../../parts/driver.js';
import { GUEST, HOST, type Collaboration } from '../collaboration.js';
import { held } from '../held.js';
import { type Scenario, type Stage } from '../scenario.js';

const forever = 'import time\nprint("under way")\nwhile True: time.sleep(0.05)';

/** Two people in one notebook, on one kernel. Each sees what the other runs; the record is the sender's. */
export const people = (desk: Collaboration): Scenario[] => {
  const together = async ({ driver, stranger }: Stage, cells: string[]): Promise<Driver> => {
    const { path } = await driver.notebook(cells);
    const guest = await stranger();
    await desk.becomeGuest(guest);
    await guest.openNotebook(path);
    return guest;
  };
  const owners = (kernels: ReadonlySet<string>) =>
    desk.rows().flatMap(row => (kernels.has(row.kernel_id) ? [row.context?.username] : []));
  /** Whose each run is, in the order the kernel took them, by the client that its request names. */
  const bySession = async (stage: Stage, guest: Driver): Promise<{ username: string }[]> => {
    const whose = new Map([
      [await clientOf(stage.driver), HOST],
      [await clientOf(guest), GUEST]
    ]);
    return stage.truth().map(run => ({ username: whose.get(run.session_id) ?? 'nobody' }));
  };
  return [
    {
      name: 'two people run cells of one notebook',
      async play(stage) {
        const guest = await together(stage, ['a = 1', 'raise ValueError("seen by both")', 'c = 3']);
        await stage.driver.runCell(0);
        await stage.ended(1);
        await guest.runCell(1);
        await stage.ended(2);
        await stage.driver.runCell(2);
        await stage.ended(3);
        return new Map([
          ['a = 1', { username: HOST }],
          ['raise ValueError("seen by both")', { username: GUEST }],
          ['c = 3', { username: HOST }]
        ]);
      }
    },
    {
      name: 'two people run the same cell in turn',
      async play(stage) {
        const guest = await together(stage, ['print("whose?")']);
        for (const [count, driver] of [stage.driver, guest, guest, stage.driver].entries()) {
          await driver.runCell(0);
          await stage.ended(count + 1);
        }
        return new Map([['print("whose?")', [HOST, GUEST, GUEST, HOST].map(username => ({ username }))]]);
      }
    },
    {
      name: 'two people run the same cell at the same time',
      async play(stage) {
        const code = 'import time; time.sleep(0.5); print("at once")';
        const guest = await together(stage, [code]);
        await Promise.all([stage.driver.runCell(0), guest.runCell(0)]);
        await stage.ended(2);
        const runs = await bySession(stage, guest);
        expect(runs.map(run => run.username).sort()).toEqual([GUEST, HOST]);
        return new Map([[code, runs]]);
      }
    },
    {
      name: "one person's failure aborts what the other has waiting",
      async play(stage) {
        const failing = 'import time; time.sleep(2); 1 / 0';
        const guest = await together(stage, [failing, 'never = 1']);
        await stage.driver.runCell(0);
        await stage.began(1);
        await guest.runCell(1);
        await expect.poll(() => stage.truth().length).toBe(2);
        return new Map([
          [failing, { username: HOST }],
          ['never = 1', { username: GUEST }]
        ]);
      }
    },
    {
      name: "the sender can't reach the server, and who watched is first",
      async play(stage) {
        await together(stage, ['late = 1', 'raise ValueError("late")']);
        const letThrough = await desk.cutOff(stage.context);
        await stage.driver.runCell(0);
        await stage.ended(1);
        await stage.driver.runCell(1);
        await stage.ended(2);
        const kernels = new Set(stage.truth().map(run => run.kernel_id));
        const watched = () => desk.rows().filter(row => kernels.has(row.kernel_id) && row.context?.username === GUEST);
        await expect.poll(() => watched().map(row => row.client), { timeout: 30_000 }).toEqual(['foreign', 'foreign']);
        await letThrough();
        await expect.poll(() => owners(kernels), { timeout: 60_000 }).toEqual([HOST, HOST]);
        for (const kernel of kernels) expect(desk.contradicted(kernel)).toEqual([]);
        return new Map([
          ['late = 1', { username: HOST }],
          ['raise ValueError("late")', { username: HOST }]
        ]);
      }
    },
    {
      name: 'the sender closes the tab, and who watches sees the end',
      async play(stage) {
        const { code, letGo } = held(stage.lab);
        await together(stage, [code]);
        await stage.driver.runCell(0);
        await stage.began(1);
        await stage.driver.page.waitForTimeout(1500); // past the second after which a start is on record
        await stage.driver.page.close();
        letGo();
        await stage.ended(1);
        return new Map([[code, { username: HOST }]]);
      }
    },
    {
      name: 'one person edits the cell that the other runs',
      async play(stage) {
        const { code, letGo } = held(stage.lab);
        const guest = await together(stage, [code]);
        await stage.driver.runCell(0);
        await stage.began(1);
        await guest.edit(0, 'never = "run"');
        await stage.driver.page.waitForFunction(() => {
          const cell = window.jupyterapp.shell.currentWidget?.content?.widgets[0];
          return (cell?.model.sharedModel as unknown as { source: string }).source === 'never = "run"';
        });
        letGo();
        await stage.ended(1);
        return new Map([[code, { username: HOST }]]);
      }
    },
    {
      name: 'one person interrupts what the other runs',
      async play(stage) {
        const guest = await together(stage, [forever]);
        await stage.driver.runCell(0);
        await stage.driver.page.locator('.jp-OutputArea-output', { hasText: 'under way' }).waitFor();
        await guest.command('notebook:interrupt-kernel');
        await stage.ended(1);
        return new Map([[forever, { username: HOST, status: 'interrupted' }]]);
      }
    }
  ];
};

/** The client that a page's requests to its notebook's kernel name. */
function clientOf(driver: Driver): Promise<string> {
  return driver.page.evaluate(() => {
    const kernel = window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel as unknown as {
      clientId: string;
    };
    return kernel.clientId;
  });
}
