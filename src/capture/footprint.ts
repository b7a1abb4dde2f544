/**
 * What an execution showed, without keeping it: MIME types and a size. Sizes are found without copying the output,
 * so an output of 100 MB costs what a small one does:
 * - a string of at most {@link COUNTED} code units counts its UTF-8 bytes, a longer one its number of code units
 *   (the same for ASCII and base64, fewer than the bytes for other scripts),
 * - JSON counts its strings, eight bytes per number, up to {@link NODES} values; what lies beyond is not counted,
 * - binary buffers count their bytes.
 * So `output_bytes` is exact for short outputs and a lower bound for large ones. Tracebacks are not counted.
 */
export interface Footprint {
  /** MIME types in the order they first appeared; a stream is `application/vnd.jupyter.stdout` or `.stderr` */
  types: readonly string[];
  bytes: number;
}

/** Code units up to which a string's UTF-8 bytes are counted one by one. */
export const COUNTED = 4096;

/** Values of one JSON output that are looked at. */
export const NODES = 1000;

/** MIME types kept per execution: the protocol's limit. */
const TYPES = 100;

/** Nothing shown. */
export const EMPTY: Footprint = { types: [], bytes: 0 };

/** The sum of two footprints. */
export function add(a: Footprint, b: Footprint): Footprint {
  const fresh = b.types.filter(type => !a.types.includes(type));
  const types = fresh.length ? [...a.types, ...fresh].slice(0, TYPES) : a.types;
  return { types, bytes: a.bytes + b.bytes };
}

/** The footprint of a `stream` message. @param name `stdout` or `stderr` */
export function ofStream(name: unknown, text: unknown): Footprint {
  const stream = name === 'stderr' ? 'stderr' : 'stdout';
  return { types: [`application/vnd.jupyter.${stream}`], bytes: typeof text === 'string' ? stringBytes(text) : 0 };
}

/** The footprint of a MIME bundle, as `display_data` and `execute_result` carry it. */
export function ofBundle(data: unknown, buffers: readonly unknown[] = []): Footprint {
  if (typeof data !== 'object' || data === null) return EMPTY;
  let bytes = 0;
  for (const buffer of buffers) bytes += (buffer as Partial<ArrayBuffer> | null)?.byteLength ?? 0;
  for (const value of Object.values(data)) bytes += jsonBytes(value);
  return { types: Object.keys(data).map(type => type.slice(0, 200)), bytes };
}

/** Bytes of a string: counted when it is short, its length otherwise. */
export function stringBytes(text: string): number {
  if (text.length > COUNTED) return text.length;
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      bytes += 4; // a pair
      i++;
    } else bytes += 3;
  }
  return bytes;
}

function jsonBytes(value: unknown): number {
  let bytes = 0;
  let left = NODES;
  const waiting: unknown[] = [value];
  while (waiting.length && left-- > 0) {
    const next = waiting.pop();
    if (typeof next === 'string') bytes += stringBytes(next);
    else if (typeof next === 'number') bytes += 8;
    else if (typeof next === 'boolean' || next === null) bytes += 4;
    else if (Array.isArray(next)) for (let i = Math.min(next.length, left) - 1; i >= 0; i--) waiting.push(next[i]);
    else if (typeof next === 'object') for (const key in next) waiting.push((next as Record<string, unknown>)[key]);
  }
  return bytes;
}
