import { type Kysely } from 'kysely';
import { type Analytics } from '@celltrail/protocol';
import { problem } from '../../problems.js';
import * as figures from '../../store/analytics/figures.js';
import { type Scope, type Step } from '../../store/analytics/graph-sql.js';
import { zonedDays } from '../../store/day-range.js';
import { type Database } from '../../store/schema.js';
import { inZone } from '../time-zone.js';

/** Which figures. */
export interface AnalyticsQuestion {
  /** days as YYYY-MM-DD, both included; null: the last seven days */
  from: string | null;
  to: string | null;
  tz: string | null;
  notebook: string | null;
  /** milliseconds */
  slowerThan: number;
}

/** Figures of a range of days. @throws `field-invalid` for a zone that is none, and for days that run backwards */
export type AskAnalytics = (username: string | null, question: AnalyticsQuestion) => Promise<Analytics>;

const LISTED = { people: 100, notebooks: 100, slow: 50, errors: 20 };
/** Up to so many days, graphs over time go by hours. */
const HOURS_UP_TO_MS = 3.1 * 24 * 3_600_000;
const MAX_DAYS = 3_700;

/** Analytics of one database. @param now the clock that says which day it is */
export function createAnalytics(db: Kysely<Database>, now: () => Date): AskAnalytics {
  return async (username, { from, to, tz, notebook, slowerThan }) => {
    const days = await inZone(tz, () => zonedDays(db, from, to, tz, now()));
    const length = Date.parse(days.ends) - Date.parse(days.begins);
    if (!(length > 0)) throw problem('field-invalid', { field: 'from', fix: 'name a day that is not after the last' });
    if (length > MAX_DAYS * 86_400_000) throw problem('field-invalid', { field: 'from', fix: `ask for at most ${MAX_DAYS} days` }); // prettier-ignore
    const step: Step = length <= HOURS_UP_TO_MS ? 'hour' : 'day';
    const scope: Scope = { ...days, username, notebook };
    const [totals, over_time, by_user, by_notebook, slow, heat, frequent_errors, queue] = await Promise.all([
      figures.totals(db, scope),
      figures.overTime(db, scope, step),
      figures.byUser(db, scope, LISTED.people),
      figures.byNotebook(db, scope, LISTED.notebooks),
      figures.slow(db, scope, slowerThan, LISTED.slow),
      figures.heat(db, scope),
      figures.frequentErrors(db, scope, LISTED.errors),
      figures.queue(db, scope, step)
    ]);
    return {
      ...days,
      step,
      followed_to: now().toISOString(),
      percentile_error: 0,
      totals,
      over_time,
      by_user,
      by_notebook,
      slow: { ...slow, threshold_ms: slowerThan },
      heat,
      frequent_errors,
      queue
    };
  };
}
