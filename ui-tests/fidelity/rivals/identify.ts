import { type Row } from '../compare.js';
import { type Truth } from '../truth.js';

/** The request of a row whose recorder keeps no request ids. */
export const NOBODYS = '';

/** Whether a row may be about that run; the earlier in the list, the surer. */
type Rule = (row: Row, truth: Truth) => boolean;

const sameKernel = (row: Row, truth: Truth) => row.kernel_id === truth.kernel_id;
const sameCode = (row: Row, truth: Truth) => row.code === truth.code;
const sameCount = (row: Row, truth: Truth) => row.cell_number !== null && row.cell_number === truth.count;

const RULES: readonly Rule[] = [
  (row, truth) => sameKernel(row, truth) && sameCode(row, truth) && sameCount(row, truth),
  (row, truth) => sameKernel(row, truth) && sameCode(row, truth),
  // Another text under the same number: one wrong code, not one missing and one phantom.
  (row, truth) => sameKernel(row, truth) && sameCount(row, truth),
  (row, truth) => sameKernel(row, truth) && (row.cell_number === null || truth.count === null)
];

/**
 * Says of each row which request it is about, for recorders that keep no request ids. Each doubt is decided for the
 * recorder: rows and runs are paired in their order by the surest rule that leads to a pair. A row that is left over
 * counts as a duplicate when a run of that kernel with that code and number has its row, else as a phantom.
 * @param rows in the order they were recorded
 * @param truths in the order they ran
 * @returns the rows in their order, with the kernel and request of their run
 */
export function identify(rows: readonly Row[], truths: readonly Truth[]): Row[] {
  const free = new Set(truths);
  const found = new Map<Row, Truth>();
  for (const rule of RULES) {
    for (const row of rows) {
      if (found.has(row)) continue;
      const truth = first(free, run => rule(row, run));
      if (!truth) continue;
      free.delete(truth);
      found.set(row, truth);
    }
  }
  return rows.map((row, index) => {
    const truth = found.get(row) ?? truths.find(run => RULES[0]?.(row, run));
    return truth
      ? { ...row, kernel_id: truth.kernel_id, msg_id: truth.msg_id }
      : { ...row, msg_id: `of no request ${index}` };
  });
}

function first<T>(values: Iterable<T>, fits: (value: T) => boolean): T | undefined {
  for (const value of values) if (fits(value)) return value;
  return undefined;
}
