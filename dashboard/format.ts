import { type Language } from '@celltrail/protocol/locales';

/** Numbers, dates and durations in one language, its digits and its calendar. The only place that writes them. */
export interface Format {
  /** @param value a plain count */
  count(value: number): string;
  /** @param share 0 to 1 @returns "–" for null: nothing to count yet */
  percent(share: number | null): string;
  /** @param ms milliseconds @returns "–" for null: not known */
  duration(ms: number | null): string;
  /** Time of day with seconds; with the day before it when that is not today. @param iso ISO 8601 */
  moment(iso: string, now: Date): string;
  /** The same in full, for titles: weekday, day, year, time. @param iso ISO 8601 */
  fullMoment(iso: string): string;
  /** Day, short month, year. */
  date(date: Date): string;
  /** The same of a day of the Gregorian calendar. @param day YYYY-MM-DD @param calendar the language's own by default */
  day(day: string, calendar?: Calendar): string;
  /** A number with at most so many digits after the point. */
  number(value: number, digits: number): string;
  /** @param bytes a size in bytes */
  bytes(bytes: number): string;
  /** An hour of the day, as "09:00". @param hour 0 to 23 */
  hour(hour: number): string;
}

/** A calendar that days are written in. */
export type Calendar = 'gregory' | 'persian';

/** Stands where a figure is not known. */
export const NOTHING = '–';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * @param language decides digits and calendar: Persian writes Jalali dates
 * @param timeZone IANA name; the browser's own by default
 */
export function formatter(language: Language, timeZone?: string): Format {
  const dates = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, { timeZone, ...options });
  const count = new Intl.NumberFormat(language);
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const clock = dates({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  const dayAndMonth = dates({ day: 'numeric', month: 'short' });
  const date = dates({ day: 'numeric', month: 'short', year: 'numeric' });
  const fullDay = dates({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const key = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const day = (value: Date) => (language === 'fa' ? persianDay(fullDay, value) : fullDay.format(value));
  const comma = language === 'fa' ? '، ' : ', ';
  return {
    count: value => count.format(value),
    percent: share => (share === null ? NOTHING : percent.format(share)),
    duration: ms => (ms === null ? NOTHING : duration(language, ms)),
    moment(iso, now) {
      const then = new Date(iso);
      const time = clock.format(then);
      return key.format(then) === key.format(now) ? time : dayAndMonth.format(then) + comma + time;
    },
    fullMoment(iso) {
      const then = new Date(iso);
      return day(then) + comma + clock.format(then);
    },
    date: value => date.format(value),
    day: (value, calendar) => dayWriter(language, calendar).format(new Date(`${value}T00:00:00Z`)),
    number: (value, digits) => new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value),
    bytes: value => bytes(language, value),
    hour: value =>
      new Intl.NumberFormat(language, { minimumIntegerDigits: 2 }).format(value) + (language === 'fa' ? ':۰۰' : ':00')
  };
}

function dayWriter(language: Language, calendar?: Calendar): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(calendar ? `${language}-u-ca-${calendar}` : language, {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    year: 'numeric'
  });
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

function bytes(language: Language, value: number): string {
  const power = Math.min(UNITS.length - 1, value < 1 ? 0 : Math.floor(Math.log10(value) / 3));
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: UNITS[power],
    unitDisplay: 'short',
    maximumFractionDigits: 1
  }).format(value / 1000 ** power);
}

/** Three significant digits below a minute; above it the two largest units. */
function duration(language: Language, ms: number): string {
  const unit = (name: string, value: number, digits = 0) =>
    new Intl.NumberFormat(language, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: digits
    }).format(value);
  if (ms < 10) return unit('millisecond', ms, 2);
  if (ms < 999.5) return unit('millisecond', ms);
  if (ms < 59_950) return unit('second', ms / SECOND, ms < 10 * SECOND ? 2 : 1);
  const whole = Math.round(ms / SECOND) * SECOND;
  const [large, small] =
    whole < HOUR
      ? [unit('minute', Math.floor(whole / MINUTE)), unit('second', (whole % MINUTE) / SECOND)]
      : [unit('hour', Math.floor(whole / HOUR)), unit('minute', Math.floor((whole % HOUR) / MINUTE))];
  return language === 'fa' ? `${large} و ${small}` : `${large} ${small}`;
}

/** CLDR's pattern for a full Persian date puts the year first; people write "سه‌شنبه ۳ آذر ۱۴۰۵". */
function persianDay(format: Intl.DateTimeFormat, date: Date): string {
  const parts = new Map(format.formatToParts(date).map(({ type, value }) => [type, value]));
  return ['weekday', 'day', 'month', 'year'].map(type => parts.get(type as Intl.DateTimeFormatPartTypes)).join(' ');
}

/** The browser's own time zone, as the server's `?tz=` takes it. */
export function ownTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
