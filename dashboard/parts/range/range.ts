/** Days of a time zone, both included, as a screen's address keeps them. */
export interface Range {
  /** YYYY-MM-DD */
  from: string;
  /** YYYY-MM-DD */
  to: string;
  /** IANA name */
  tz: string;
}

/** Ranges that end today, in days. */
export const PRESETS = [1, 7, 30, 90] as const;

/** The longest range that is asked for, in days. */
export const MOST_DAYS = 366;

const DAY_MS = 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The day that an instant falls on. @returns YYYY-MM-DD of the Gregorian calendar, as the server takes it */
export function dayOf(instant: Date, tz: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: tz, year: 'numeric', month: '2-digit', day: '2-digit' });
  return parts.format(instant);
}

/** The last `days` days, today included. */
export function lastDays(days: number, now: Date, tz: string): Range {
  const to = dayOf(now, tz);
  return { from: shift(to, 1 - days), to, tz };
}

/** The day so many days later. @param day YYYY-MM-DD */
export function shift(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** How many days a range has. */
export function lengthOf({ from, to }: Pick<Range, 'from' | 'to'>): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS) + 1;
}

/**
 * The range of an address: `last=7`, or `from` and `to`; and `tz`.
 * @param fallback days, where the address says nothing that can be used
 */
export function readRange(values: URLSearchParams, fallback: number, now: Date, ownZone: string): Range {
  const wished = values.get('tz');
  const tz = wished !== null && isZone(wished) ? wished : ownZone;
  const [from, to] = [values.get('from'), values.get('to')];
  if (isDay(from) && isDay(to)) {
    const [first, last] = from <= to ? [from, to] : [to, from];
    return lengthOf({ from: first, to: last }) > MOST_DAYS
      ? { from: shift(last, 1 - MOST_DAYS), to: last, tz }
      : { from: first, to: last, tz };
  }
  const last = Number(values.get('last'));
  return lastDays(Number.isInteger(last) && last > 0 && last <= MOST_DAYS ? last : fallback, now, tz);
}

/** What the address says of a range that ends today: its days. @returns null for another one */
export function presetOf(range: Range, now: Date): number | null {
  return range.to === dayOf(now, range.tz) ? lengthOf(range) : null;
}

function isDay(text: string | null): text is string {
  if (text === null || !DAY.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** Whether the browser knows a time zone. */
export function isZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false; // RangeError: it is how Intl says no
  }
}
