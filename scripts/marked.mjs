import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure.mjs';
import { ROOT } from './places.mjs';

/**
 * A page with what programs write into it, between `<!-- begin NAME -->` and `<!-- end NAME -->`, made new.
 * @param {string} text
 * @param {Record<string, string>} parts Markdown by name; marks that no part has keep what they hold
 * @returns {string}
 * @throws {Failure} when the page has no marks for a part
 */
export function withParts(text, parts) {
  const lacking = new Set(Object.keys(parts));
  const made = text.replace(/<!-- begin ([\w-]+) -->[\s\S]*?<!-- end \1 -->/g, (block, name) => {
    lacking.delete(name);
    return name in parts ? `<!-- begin ${name} -->\n${parts[name]}\n<!-- end ${name} -->` : block;
  });
  if (!lacking.size) return made;
  const [name] = lacking;
  throw new Failure(`The page has no place for ${name}.`, `Put <!-- begin ${name} --> and <!-- end ${name} --> there.`);
}

/**
 * Writes the parts into a page of the repository.
 * @param {string} page as `docs/figures.md`
 * @param {Record<string, string>} parts
 */
export function writeParts(page, parts) {
  const path = join(ROOT, page);
  writeFileSync(path, withParts(readFileSync(path, 'utf8'), parts));
}

/** Whether the page holds just these parts. @param {string} page @param {Record<string, string>} parts */
export function hasParts(page, parts) {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return withParts(text, parts) === text;
}

/**
 * A Markdown table.
 * @param {string[]} head
 * @param {unknown[][]} rows
 * @returns {string}
 */
export function table(head, rows) {
  const line = row => `| ${row.map(cell => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [head, head.map(() => '---'), ...rows].map(line).join('\n');
}
