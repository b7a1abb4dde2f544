/**
 * The first line of code that says something, with "…" when more follows.
 * @returns null for code of white space only
 */
export function firstLine(code: string): string | null {
  const lines = code.split(/\r\n|\r|\n/);
  const first = lines.findIndex(line => line.trim() !== '');
  if (first < 0) return null;
  const more = lines.slice(first + 1).some(line => line.trim() !== '');
  return lines[first]!.trimEnd() + (more ? ' …' : '');
}
