import { stringify } from 'csv-stringify/sync';
import { EXPORTED_NAMES, type Exported, type ExportedRow } from './exported-rows.js';

/**
 * Rows as CSV for spreadsheets, RFC 4180 with LF. What a spreadsheet would take for a formula gets an apostrophe before
 * it: that is another text than the one on record, which the other formats have.
 * @param head whether to begin with a byte order mark, by which Excel knows UTF-8, and the names of the columns
 */
export async function* csv(batches: AsyncIterable<readonly ExportedRow[]>, head: boolean): AsyncGenerator<string> {
  // Not before the first rows are there: until something is sent, what fails can still be told as a problem.
  let lead = head ? `\ufeff${EXPORTED_NAMES.join(',')}\n` : '';
  for await (const rows of batches) {
    const cells = rows.map(row => EXPORTED_NAMES.map(name => cell(row[name] ?? null)));
    yield lead + stringify(cells, { escape_formulas: true });
    lead = '';
  }
  if (lead) yield lead;
}

/** Numbers stay numbers: a minus before one is no formula. */
function cell(value: Exported): string | number | null {
  if (typeof value === 'boolean') return String(value);
  return Array.isArray(value) ? JSON.stringify(value) : value;
}
