import { type Anomaly, type UnreadReason } from '@celltrail/protocol';
import { type FirstUse } from '../store/first-uses.js';
import { type DayRun, type HabitHour } from '../store/person-day.js';
import { UNKNOWN } from './names/sql.js';
import { type Thresholds } from './thresholds.js';

/** A run with what its code names. */
export interface NamedRun extends DayRun {
  /** what the policy keeps from the person, at most {@link MOST}, as it is called where it comes from */
  forbidden: readonly string[];
  /** why its code could not be read whole; null: it was */
  unread: UnreadReason | null;
}

/** One person's day, and what is usual for them. */
export interface PersonDay {
  username: string;
  /** beginning and end of the day, ISO 8601 */
  begins: string;
  ends: string;
  /** what they ran on that day, in the order of time */
  runs: readonly NamedRun[];
  /** executions of each hour of the 60 days before */
  history: readonly HabitHour[];
  /** what their codes named for the first time: on that day, and how many things on each of the 60 days before */
  firstUses: { today: readonly FirstUse[]; before: ReadonlyMap<string, number> };
  thresholds: Thresholds;
}

/** What a detector found; the id follows from kind, person and when it begins. */
export type Alert = Pick<
  Anomaly,
  'kind' | 'begins' | 'ends' | 'figure' | 'unit' | 'normal' | 'names' | 'evidence' | 'evidence_count'
>;

/** One kind of looking for what is out of the ordinary. A file in `detectors/` and its line in `detectors/index.ts`. */
export type Detector = (day: PersonDay) => Alert[];

/** Ids and names that an alert brings along. */
export const MOST = 20;
/** Runs of a notebook or errors of a name that make it worth naming come first. */
const NAMED = 5;

/** Rows as evidence. */
export function evidenceOf(runs: readonly DayRun[]): Pick<Alert, 'evidence' | 'evidence_count'> {
  return { evidence: runs.slice(0, MOST).map(({ id }) => id), evidence_count: runs.length };
}

/** Each name once, no more than an alert brings along; what only the running code knew of it is `{…}`. */
export function namesOf(names: readonly string[]): string[] {
  return [...new Set(names)].slice(0, MOST).map(name => name.replaceAll(UNKNOWN, '{…}'));
}

/** The names that come most often, of those there are. */
export function commonest(names: readonly (string | null)[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).slice(0, NAMED).map(([name]) => name); // prettier-ignore
}

/** The middle of numbers. @returns null of none */
export function median(numbers: readonly number[]): number | null {
  if (!numbers.length) return null;
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** Days on which something ran that a habit is known from. */
export const DAYS_NEEDED = 10;
/** A figure is strange beyond so many deviations (MAD) from its median, and beyond so many times it. */
const DEVIATIONS = 6;
const TIMES = 3;

/** What is usual of a daily figure, and beyond what it is strange. @returns null where too few days are known */
export function usual(figures: readonly number[], least: number): NonNullable<Alert['normal']> | null {
  const typical = median(figures);
  if (typical === null || figures.length < DAYS_NEEDED) return null;
  const deviation = 1.4826 * median(figures.map(figure => Math.abs(figure - typical)))!;
  // Daily figures are whole: a day of 144 is beyond a limit of 143 as it is beyond 143.09.
  const limit = Math.floor(Math.max(least, TIMES * typical, typical + DEVIATIONS * deviation));
  return { typical, limit, days: figures.length };
}

/** Executions and failures of each day of a history on which something ran. */
export function daysOf(history: readonly HabitHour[]): { executions: number; errors: number }[] {
  const days = new Map<string, { executions: number; errors: number }>();
  for (const { day, executions, errors } of history) {
    const sum = days.get(day) ?? { executions: 0, errors: 0 };
    days.set(day, { executions: sum.executions + executions, errors: sum.errors + errors });
  }
  return [...days.values()];
}
