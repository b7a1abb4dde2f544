import { type z } from 'zod';
import { problem } from '../problems.js';

/** A path of a field as people write it: `events[3].status`. */
export function fieldPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text ? `${text}.${String(part)}` : String(part);
  }, '');
}

/**
 * A value as its schema gives it.
 * @param whole what the value is called when it is wrong as a whole: `body`, `query`
 * @throws a `field-invalid` problem naming the first field that is wrong
 */
export function valid<S extends z.ZodType>(schema: S, value: unknown, whole: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const path = unknown === undefined ? issue.path : [...issue.path, unknown];
  throw problem('field-invalid', {
    field: fieldPath(path) || whole,
    detail: unknown === undefined ? issue.message : 'there is no such field'
  });
}

/**
 * The names and values of a query.
 * @param url as it came, with its path
 * @throws `field-invalid` for a name that comes twice: which of the two was meant is nobody's guess; and for NUL
 */
export function queryOf(url: string): Record<string, string> {
  const at = url.indexOf('?');
  const pairs = [...new URLSearchParams(at < 0 ? '' : url.slice(at + 1))];
  const seen = new Map<string, string>();
  for (const [name, value] of pairs) {
    if (seen.has(name)) throw problem('field-invalid', { field: name, detail: 'it stands there twice' });
    // Postgres has no text that holds one, so nothing on record is meant by it.
    if (value.includes('\0')) throw problem('field-invalid', { field: name, detail: 'it holds a NUL character' });
    seen.set(name, value);
  }
  return Object.fromEntries(seen);
}
