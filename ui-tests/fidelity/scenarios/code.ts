import { expect } from '@playwright/test';
import { type Expected } from '../compare.js';
import { type Scenario } from '../scenario.js';

const run = (name: string, cells: string[], runs = cells.length, expected?: Expected): Scenario => ({
  name,
  async play({ driver, ended }) {
    await driver.notebook(cells);
    await driver.begin('notebook:run-all-cells');
    await ended(runs);
    await driver.cellsDone();
    return expected;
  }
});

// Jupyter's server lets a million bytes a second through, and while more came, none of what is displayed.
const flood = 'print("x" * 10_000_000)';
const wide = 'print("y" * 5_000_000)';

/** Kinds of code, and what they print. */
export const code: Scenario[] = [
  run('magics and !shell', [
    '%time 1 + 1',
    '!echo from the shell',
    '%%bash\necho one\necho two',
    '%%timeit -n1 -r1\n1 + 1'
  ]),
  run('%%bash that fails', ['%%bash\nexit 3']),
  run('await', ['import asyncio\nawait asyncio.sleep(0.3)\n"done"']),
  run('threads that print after the cell has ended', [
    'import threading, time\ndef late():\n    time.sleep(0.4)\n    print("late")\nthreading.Thread(target=late).start()',
    'import time; time.sleep(0.8)'
  ]),
  {
    name: 'output that trips the rate limiter',
    async play({ driver, ended }) {
      await driver.notebook([flood, '1 / 0']);
      await driver.begin('notebook:run-all-cells');
      await ended(2);
      await driver.cellsDone();
      await driver.page.locator('.jp-OutputArea-output', { hasText: 'IOPub data rate exceeded' }).waitFor();
      return new Map([[flood, { isCut: true }]]);
    }
  },
  run('a source of 1 MB', [`data = """${'0123456789abcde\n'.repeat(65_536)}"""\nlen(data)`]),
  run(
    'every plane, bidi marks, NUL',
    ['a = "سلام دنیا \u200c\u202a\u202c 😀 \u{10fffd}"', 's = "é vs e\u0301"', '# a NUL in a comment: \u0000 here'],
    3
  ),
  {
    name: 'lone surrogates',
    async play({ driver, truth, ended }) {
      await driver.notebook(['', 'a = "and on"']);
      // Built in the page: no file and no protocol on the way there could carry it.
      await driver.page.evaluate(() => {
        const source = `# high ${String.fromCharCode(0xd83d)} low ${String.fromCharCode(0xde00)} alone`;
        window.jupyterapp.shell.currentWidget?.content?.widgets[0]?.model.sharedModel.setSource(source);
      });
      await driver.runCell(0);
      await ended(1);
      expect(truth()[0]?.code).toBe('# high \ud83d low \ude00 alone');
      await driver.runCell(1);
      await ended(2);
    }
  },
  run('a coloured and a long traceback', ['raise ValueError("\\x1b[31mred\\x1b[0m and plain")']),
  run('a traceback of megabytes', ['raise ValueError("long " * 400_000)']),
  run('an error without a message', ['raise KeyError()']),
  run('an error of the syntax', ['def f(:']),
  run('SystemExit', ['raise SystemExit(2)']),
  run('big outputs', ['"x" * 5_000_000', wide], 2, new Map([[wide, { isCut: true }]])),
  {
    name: 'input()',
    async play({ driver, ended }) {
      await driver.notebook(['name = input("who? ")', 'print(name)']);
      await driver.runCell(0);
      const box = driver.page.locator('.jp-Stdin-input');
      await box.fill('an analyst');
      await box.press('Enter');
      await ended(1);
      await driver.runCell(1);
      await ended(2);
    }
  }
];
