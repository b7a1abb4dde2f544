import { problem } from '../problems.js';

/** The shape of a name in the IANA database. `Intl` takes offsets (`+03:30`) too, whose sign Postgres reads the other way. */
const NAME = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/;

/** Whether that is an IANA time zone, as `Asia/Tehran` or `UTC`. */
export function isTimeZone(name: string): boolean {
  if (!NAME.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** @throws `field-invalid` where there is no such zone; Postgres has its own list, which may be older than Node's */
export async function inZone<T>(tz: string | null, ask: () => Promise<T>): Promise<T> {
  if (tz !== null && !isTimeZone(tz)) throw noSuchZone();
  return ask().catch((error: unknown) => {
    throw (error as { code?: string }).code === '22023' ? noSuchZone() : error;
  });
}

function noSuchZone() {
  return problem('field-invalid', { field: 'tz', fix: 'use an IANA time zone, as Asia/Tehran' });
}
