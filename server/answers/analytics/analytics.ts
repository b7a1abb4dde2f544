import { type Kysely } from 'kysely';
import { type Analytics } from '@celltrail/protocol';
import { problem } from '../../problems.js';
import { type Scope, type Step } from '../../store/analytics/graph-sql.js';
import { isFarBehind, isFew } from '../../store/analytics/rolled.js';
import { zonedDays } from '../../store/day-range.js';
import { type Database } from '../../store/schema.js';
import { type Access, type Reader } from '../access.js';
import { inZone } from '../time-zone.js';
import { graphsFromRollups, type Listed } from './from-rollups.js';
import { graphsFromRows } from './from-rows.js';

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

/**
 * Figures of a range of days. Slow runs come with the beginning of their code: that others' were shown is put on record
 * first.
 * @param username whose; null for everyone's
 * @throws `field-invalid` for a zone that is none, and for days that run backwards
 */
export type AskAnalytics = (reader: Reader, username: string | null, question: AnalyticsQuestion) => Promise<Analytics>;

/** Up to which numbers of rows the rows themselves are asked: those of the question, and those that rollups lack. */
export interface Reach {
  few: number;
  behind: number;
}

const LISTED: Listed = { people: 100, notebooks: 100, slow: 50, errors: 20 };
const REACH: Reach = { few: 10_000, behind: 100_000 };
/** Up to so many days, graphs over time go by hours. */
const HOURS_UP_TO_MS = 3.1 * 24 * 3_600_000;
const MAX_DAYS = 3_700;

/**
 * Analytics of one database: from the rows where they are few, exact; else from the rollups, whose percentiles are
 * estimates, together with what those have not reached yet.
 * @param now the clock that says which day it is
 */
export function createAnalytics(
  db: Kysely<Database>,
  access: Access,
  now: () => Date,
  { few, behind } = REACH
): AskAnalytics {
  return async (reader, username, { from, to, tz, notebook, slowerThan }) => {
    const days = await inZone(tz, () => zonedDays(db, from, to, tz, now()));
    const length = Date.parse(days.ends) - Date.parse(days.begins);
    if (!(length > 0)) throw problem('field-invalid', { field: 'from', fix: 'name a day that is not after the last' });
    if (length > MAX_DAYS * 86_400_000) throw problem('field-invalid', { field: 'from', fix: `ask for at most ${MAX_DAYS} days` }); // prettier-ignore
    const step: Step = length <= HOURS_UP_TO_MS ? 'hour' : 'day';
    const scope: Scope = { ...days, username, notebook };
    const rows = (await isFew(db, scope, few)) || (await isFarBehind(db, behind));
    const graphs = await (rows ? graphsFromRows : graphsFromRollups)(db, scope, step, slowerThan, LISTED);
    await access.read(reader, graphs.slow.rows, 'analytics');
    return { ...days, step, followed_to: now().toISOString(), ...graphs };
  };
}
