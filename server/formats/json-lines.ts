import { EXPORTED_NAMES, type ExportedRow } from './exported-rows.js';

/** Rows as JSON Lines: an object a line, each with every column. */
export async function* jsonLines(batches: AsyncIterable<readonly ExportedRow[]>): AsyncGenerator<string> {
  for await (const rows of batches) yield rows.map(row => `${JSON.stringify(row, EXPORTED_NAMES)}\n`).join('');
}
