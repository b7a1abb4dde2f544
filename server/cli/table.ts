/** A column of a table. */
export interface Column {
  name: string;
  /** numbers stand right */
  numeric: boolean;
}

/** Control characters of both sets and what turns the direction of text: a terminal would obey them. */
// eslint-disable-next-line no-control-regex -- control characters are what is shown
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Rows as an aligned table, one line each, as psql draws it. Codes and error texts come from anyone, so nothing in them
 * reaches the terminal as a command of its.
 * @param rows texts in the order of the columns; null is empty
 */
export function tableLines(columns: readonly Column[], rows: readonly (readonly (string | null)[])[]): string[] {
  const cells = rows.map(row => row.map(cellText));
  const heads = columns.map(({ name }) => cellText(name));
  const widths = heads.map((head, i) => Math.max(width(head), ...cells.map(row => width(row[i] ?? ''))));
  const line = (texts: readonly string[], right: (i: number) => boolean): string =>
    texts.map((text, i) => ` ${pad(text, widths[i]!, right(i))} `).join('|').trimEnd(); // prettier-ignore
  return [
    line(heads, () => false),
    widths.map(size => '-'.repeat(size + 2)).join('+'),
    ...cells.map(row => line(row, i => columns[i]!.numeric)),
    `(${rows.length} ${rows.length === 1 ? 'row' : 'rows'})`
  ];
}

function cellText(value: string | null): string {
  return value?.replace(CONTROL, visible) ?? '';
}

function visible(character: string): string {
  if (character === '\n') return '↵';
  if (character === '\t') return '→';
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return `<${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}

/** Columns of a terminal, about: marks that stand on the letter before take none, wide letters two. */
function width(text: string): number {
  let columns = 0;
  for (const letter of text) {
    if (/\p{M}|\u200c|\u200d/u.test(letter)) continue;
    columns += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]|\p{Extended_Pictographic}/u.test(letter) ? 2 : 1; // prettier-ignore
  }
  return columns;
}

function pad(text: string, size: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, size - width(text)));
  return right ? space + text : text + space;
}
