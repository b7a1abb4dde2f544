import { type Instant } from './schema.js';

const STAMP = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?$/;

/**
 * An instant of Postgres as ISO 8601 in UTC, with its microseconds: a `Date` would drop them.
 * @param text `timestamptz` as Postgres writes it with `datestyle` ISO, in whatever time zone the session has
 * @returns e.g. `2026-11-24T22:51:31.123456Z`; infinities, years past 9999 and years before Christ stay as they came
 */
export function toInstant(text: string): Instant {
  const found = STAMP.exec(text);
  if (!found) return text;
  const [, year, month, day, hour, minute, second, fraction = '', sign, oh, om = '0', os = '0'] = found;
  const offset = (sign === '-' ? -1 : 1) * ((Number(oh) * 60 + Number(om)) * 60 + Number(os)) * 1000;
  const wall = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  const utc = new Date(wall - offset).toISOString();
  if (utc.length !== 24) return text;
  // Offsets are whole seconds, so the digits below stay what they are.
  return `${utc.slice(0, 19)}.${fraction.padEnd(3, '0')}Z`;
}
