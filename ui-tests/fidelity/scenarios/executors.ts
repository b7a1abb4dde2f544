import { expect } from '@playwright/test';
import { type Driver } from '../../parts/driver.js';
import { type Expected } from '../compare.js';
import { type Scenario, type Stage } from '../scenario.js';

declare global {
  interface Window {
    agent: Record<string, (...args: (string | number | object | undefined)[]) => Promise<void>>;
    seenByOthers: string[];
  }
}

/** A page on which one of the extensions in `extensions/` is at work. */
async function pageWith(stage: Stage, name: string, kind: string): Promise<Driver> {
  await stage.context.addInitScript(([key, value]) => Object.assign(globalThis, { [key]: value }), [
    name,
    kind
  ] as const);
  return stage.another();
}

/** Cells that come one after the other, in every outcome that they may have. */
const CELLS = ['import time; time.sleep(0.3)', 'print("a")', '1 / 0', 'never = 1'];

/** The same code, as each of its cells is to be recorded. */
function each(codes: readonly string[], place: (index: number) => object): Expected {
  return new Map(codes.map((code, index) => [code, place(index)]));
}

const formatted = (code: string) => `# formatted\n${code}`;
const own = (index: number) => ({ client: 'notebook', cell_id: `cell-${index}` });
const unplaced = () => ({ client: 'background', cell_id: null });

/** An executor in the place of Lab's that runs all cells and then one alone. */
const executor = (kind: string, expected: Expected | undefined): Scenario => ({
  name: `another executor that ${kind}`,
  async play(stage) {
    const driver = await pageWith(stage, 'otherExecutor', kind.replace(' at once', ''));
    await driver.notebook([...CELLS, 'alone = 1']);
    await driver.begin('notebook:run-all-cells');
    await stage.ended(3);
    await expect.poll(() => stage.truth().length).toBe(5);
    await driver.edit(4, 'alone = 2');
    await driver.runCell(4);
    await stage.ended(4);
    return expected;
  }
});

const SENT = [...CELLS, 'alone = 1', 'alone = 2'];
const at = (index: number) => Math.min(index, 4);

/** Cells run by another executor than Lab's own, in the page. */
export const executors: Scenario[] = [
  executor('wraps', undefined),
  executor(
    'sends by itself',
    each(SENT, index => own(at(index)))
  ),
  executor(
    'sends by itself, later',
    each(SENT, index => own(at(index)))
  ),
  executor(
    'changes the code',
    each(SENT.map(formatted), index => own(at(index)))
  ),
  // Which cell it was can't be told then: that it ran in this notebook can.
  executor('changes the code, later', each(SENT.map(formatted), unplaced))
];

/** A notebook and a console, run beside an extension that has a hand in their connections. */
const besideOne = (kind: string, seen: RegExp[]): Scenario => ({
  name: `beside an extension that ${kind}`,
  async play(stage) {
    const driver = await pageWith(stage, 'otherConnections', kind);
    await driver.notebook(['a = 1', 'print("x" * 100)', '1 / 0']);
    await driver.runAll();
    await driver.command('notebook:create-console', { activate: true });
    await driver.typeInConsole('a + 1');
    await stage.ended(4);
    const theirs = await driver.page.evaluate(() => window.seenByOthers);
    for (const what of seen) expect(theirs.filter(text => what.test(text)).length).toBeGreaterThanOrEqual(2);
    return new Map([['a + 1', { client: 'console' }]]);
  }
});

/** Extensions that do as ours does, or go further. */
export const connections: Scenario[] = [
  besideOne('wraps before and after', [/^first /, /^later /]),
  besideOne('hands out its own', [/^later /]),
  besideOne('replaces the manager', [/^manager /])
];

const AGENT = { client: 'agent' };

/** Runs what an agent does, and beside it what a person does with the same cells. */
const agent = (name: string, cells: string[], act: (driver: Driver) => Promise<void>, runs: object[]): Scenario => ({
  name: `an agent, by ${name}`,
  async play({ driver, ended }) {
    await driver.notebook([...cells, 'by = "hand"']);
    await act(driver);
    await ended(runs.length);
    await driver.runCell(cells.length);
    await ended(runs.length + 1);
    await driver.cellsDone();
    return each(cells, index => runs[index] ?? {});
  }
});

const call = (way: string, ...args: (string | number | object | undefined)[]) => {
  return async ({ page }: Driver) => {
    await page.evaluate(async ([name, given]) => void (await window.agent[name]!(...given)), [way, args] as const);
  };
};

/** Code that an agent runs, in every way that can be told, each beside a person's run. */
export const agents: Scenario[] = [
  agent('the token', ['a = 1'], call('token', 0), [AGENT]),
  agent('the command', ['a = 1'], call('command', 'notebook:run-cell', 0), [AGENT]),
  {
    name: 'an agent, by the command that runs all cells',
    async play({ driver, ended }) {
      await driver.notebook(['a = 1', 'import time; time.sleep(0.3)', 'c = 3']);
      await call('command', 'notebook:run-all-cells')(driver);
      await ended(3);
      await driver.edit(0, 'a = "by hand"');
      await driver.runCell(0);
      await ended(4);
      return each(['a = 1', 'import time; time.sleep(0.3)', 'c = 3'], () => AGENT);
    }
  },
  {
    name: 'an agent, by the key in its request',
    async play({ driver, ended }) {
      await driver.notebook(['by = "hand"']);
      await call('key', 'a = 1', 'cell-0')(driver);
      await call('key', 'b = 2')(driver);
      await driver.runCell(0);
      await ended(3);
      return new Map([
        ['a = 1', { client: 'agent', cell_id: 'cell-0' }],
        ['b = 2', { client: 'agent', cell_id: null }]
      ]);
    }
  },
  {
    name: "a person's cell whose metadata calls it an agent's",
    async play({ driver, ended }) {
      await driver.notebook(['a = 1']);
      await driver.page.evaluate(() => {
        const cell = window.jupyterapp.shell.currentWidget?.content?.widgets[0]?.model.sharedModel;
        (cell as unknown as { setMetadata(key: string, value: object): void }).setMetadata('celltrail', {
          client: 'agent'
        });
      });
      await driver.runCell(0);
      await ended(1);
    }
  },
  agent("a known extension's command", ['a = 1'], call('known', 0), [AGENT]),
  agent('the event of jupyterlab-commands-toolkit', ['a = 1'], askFor('notebook:run-cell'), [AGENT]),
  agent('jupyterlab-ai-commands', ['a = 1'], askFor('jupyterlab-ai-commands:run-cell', { cellId: 'cell-0' }), [AGENT])
];

function askFor(command: string, args: object = {}) {
  return async (driver: Driver) => {
    await driver.select(0);
    await call('event', command, args)(driver);
  };
}

const SERVERS = { isSentElsewhere: true } as const;

/** Cells that the server runs (jupyter-server-nbmodel): the page sends nothing to the kernel. */
export const servers: Scenario[] = [
  {
    name: 'cells that the server runs',
    async play({ driver, ended }) {
      const cells = ['import time; time.sleep(0.4)', 'print("a")', 'b = 2', '1 / 0'];
      await driver.notebook(cells);
      await driver.begin('notebook:run-all-cells');
      await ended(4);
      return each(cells, index => ({ ...own(index), ...SERVERS }));
    }
  },
  {
    name: 'a failure in the middle of cells that the server runs',
    async play({ driver, ended }) {
      const cells = ['a = 1', '1 / 0', 'never = 1'];
      await driver.notebook([...cells, 'after = 1']);
      await driver.begin('notebook:run-all-cells');
      await ended(2);
      // The server drops what waits once it has heard of the failure, a moment after the kernel: not what is sent later.
      await driver.page.locator('.jp-InputPrompt', { hasText: '[2]:' }).waitFor();
      await driver.cellsDone();
      // What the server dropped never came to the kernel; the next one does.
      await driver.edit(3, 'after = 2');
      await driver.runCell(3);
      await ended(3);
      return each(['a = 1', '1 / 0', 'never = 1', 'after = 2'], index => ({ ...own(index), ...SERVERS }));
    }
  },
  {
    name: 'a long cell that the server runs, edited meanwhile',
    async play({ driver, began, ended }) {
      const code = 'import time; time.sleep(1.5)';
      await driver.notebook([code]);
      await driver.runCell(0);
      await began(1);
      await driver.edit(0, 'changed = 1');
      await ended(1);
      return each([code], index => ({ ...own(index), ...SERVERS }));
    }
  },
  {
    name: 'a console beside cells that the server runs',
    async play({ driver, ended }) {
      await driver.notebook(['a = 1']);
      await driver.runCell(0);
      await ended(1);
      await driver.command('notebook:create-console', { activate: true });
      await driver.typeInConsole('a + 1');
      await ended(2);
      return new Map([
        ['a = 1', { ...own(0), ...SERVERS }],
        ['a + 1', { client: 'console' }]
      ]);
    }
  }
];
