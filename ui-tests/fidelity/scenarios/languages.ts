import { type Expected } from '../compare.js';
import { type Scenario } from '../scenario.js';

/** The kernels of other languages: the name of each, and the Python module that it is. */
export const KERNELSPECS = { bash: 'bash_kernel', scheme: 'calysto_scheme' };

const each = (name: string, kernel: string, cells: string[], expected: Expected): Scenario => ({
  name,
  async play({ driver, ended }) {
    await driver.notebook(cells, kernel);
    for (const index of cells.keys()) {
      await driver.runCell(index);
      await ended(index + 1);
    }
    return expected;
  }
});

/** Kernels that disagree with IPython about errors, counts and dates. */
export const languages: Scenario[] = [
  each('bash', 'bash', ['echo hello', 'false', 'sleep 0.3', 'no-such-command', 'echo again'], new Map()),
  each('Scheme', 'scheme', ['(define a 20)', '(+ a 1)', '(car 5)', '(display "again")'], new Map()),
  {
    name: 'a failure in the middle of Run All in bash',
    async play({ driver, ended }) {
      await driver.notebook(['sleep 0.5', 'false', 'echo behind'], 'bash');
      await driver.begin('notebook:run-all-cells');
      await ended(2);
      await driver.cellsDone();
    }
  }
];
