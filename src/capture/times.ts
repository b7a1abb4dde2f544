/**
 * Dates of Jupyter messages. They stay the text the kernel wrote, because `Date` drops the microseconds that most
 * kernels give; arithmetic is done on whole microseconds, which a double holds exactly until the year 2255.
 */

const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(Z|z|[+-]\d\d:?\d\d)?$/;

interface Parts {
  /** the text as RFC 3339 wants it */
  text: string;
  micros: number;
}

/** Dates that were read, by their texts: every message of a run repeats its request's, and arithmetic reads them again. */
const read = new Map<string, Parts | undefined>();

/** How many are remembered; then all are forgotten. */
const MAX_READ = 100;

/** Longer texts are no dates that a kernel writes, and are not remembered. UTF-16 code units. */
const MAX_LENGTH = 40;

function parts(value: unknown): Parts | undefined {
  if (typeof value !== 'string') return undefined;
  if (read.has(value)) return read.get(value);
  const found = parse(value);
  if (read.size >= MAX_READ) read.clear();
  if (value.length <= MAX_LENGTH) read.set(value, found);
  return found;
}

function parse(value: string): Parts | undefined {
  return parseUsual(value) ?? parseAny(value);
}

/** The form that ipykernel and jupyter_client write, which the browser reads itself: a fifth of the time. */
const USUAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

function parseUsual(value: string): Parts | undefined {
  if (!USUAL.test(value)) return undefined;
  const ms = Date.parse(value);
  // The browser, too, rolls 30 February over, and 24:00 into the next day.
  const isReal = new Date(ms).getUTCDate() === Number(value.slice(8, 10));
  return isReal ? { text: value, micros: ms * 1000 + Number(value.slice(23, 26)) } : undefined;
}

function parseAny(value: string): Parts | undefined {
  const match = ISO.exec(value.trim());
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number
  ];
  const seconds = Date.UTC(year, month - 1, day, hour, minute, second);
  // Date.UTC rolls 30 February over into March; such a date was never written by a clock.
  const isReal = month >= 1 && month <= 12 && hour < 24 && minute < 60 && second < 60;
  if (!isReal || new Date(seconds).getUTCDate() !== day) return undefined;
  const fraction = match[7] ?? '';
  const zone = zoneOf(match[8]);
  const micros = seconds * 1000 + Number(fraction.slice(0, 6).padEnd(6, '0')) - zone.minutes * 60_000_000;
  const day_ = `${match[1]}-${match[2]}-${match[3]}`;
  const time = `${match[4]}:${match[5]}:${match[6]}${fraction && `.${fraction}`}`;
  return { text: `${day_}T${time}${zone.text}`, micros };
}

// Messaging 5.1 asks for a time zone; a date without one is read as UTC, so that every observer reads it alike
// wherever it stands. https://jupyter-client.readthedocs.io/en/stable/messaging.html#general-message-format
function zoneOf(zone: string | undefined): { text: string; minutes: number } {
  if (!zone || zone === 'Z' || zone === 'z') return { text: 'Z', minutes: 0 };
  const hours = zone.slice(1, 3);
  const minutes = zone.slice(-2);
  const sign = zone.startsWith('-') ? -1 : 1;
  return { text: `${zone[0]}${hours}:${minutes}`, minutes: sign * (Number(hours) * 60 + Number(minutes)) };
}

/**
 * A date as it may stand in an event: the text itself, with all its digits, in the form of RFC 3339.
 * @returns undefined when it is no date
 */
export function instant(value: unknown): string | undefined {
  return parts(value)?.text;
}

/** Microseconds since 1970 of a date's text. @returns NaN when it is no date */
export function micros(text: string): number {
  return parts(text)?.micros ?? NaN;
}

/** The earlier of two dates, each of which may be missing. */
export function earlier(a: string | undefined, b: string | undefined): string | undefined {
  if (!a || !b) return a ?? b;
  return micros(b) < micros(a) ? b : a;
}

/** Milliseconds from one date to another, three decimals, never negative: two clocks may disagree. */
export function elapsedMs(from: string, to: string): number {
  return Math.max(0, micros(to) - micros(from)) / 1000;
}

/**
 * A date whose fraction is a number of microseconds without its leading zeros, with them: `:18.61452Z` is 61 ms and
 * not 614 ms after the second.
 */
export function padded(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return value.replace(/\.(\d{1,5})(?!\d)/, (_, fraction: string) => `.${fraction.padStart(6, '0')}`);
}
