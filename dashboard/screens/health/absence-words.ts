import { type Absence } from '@celltrail/protocol';
import { type Translate } from '@celltrail/protocol/locales';
import { type Format } from '../../format.js';
import { wordsFor } from '../../parts/words-for.js';

type Kind = Pick<Absence['latest'][number], 'type' | 'reason'>;

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/;

/** What happened, in words; a reason that this build does not know stands as it is. */
export function absenceTitle({ type, reason }: Kind, t: Translate): string {
  if (type !== 'capture.gap') return t(`absence.${type}`);
  const why = reason ?? '';
  return t('absence.capture.gap', { reason: wordsFor(`absence.gap.${why}`, t) ?? why });
}

/** One end of a gap: a kernel's count, or a time. @param now decides whether its day is written */
export function gapEnd(value: string | null, t: Translate, format: Format, now: Date): string {
  if (value === null) return t('absence.unknown');
  if (INSTANT.test(value)) return format.moment(value, now);
  return /^\d+$/.test(value) ? t('absence.count', { count: Number(value) }) : value;
}

/** The days of a range that ends today, as the server takes them. @param days how many @param timeZone the reader's own by default */
export function lastDays(days: number, now: Date, timeZone?: string): { from: string; to: string } {
  const date = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const to = date.format(now);
  // Counted from noon by UTC dates, which have no daylight saving.
  const from = new Date(Date.parse(`${to}T12:00:00Z`) - (days - 1) * 24 * 60 * 60 * 1000);
  return { from: from.toISOString().slice(0, 10), to };
}
