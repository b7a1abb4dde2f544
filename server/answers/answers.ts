import { type Kysely } from 'kysely';
import { type Absence, type Activity, type ExecutionSummary, type Stats } from '@celltrail/protocol';
import { absences, absenceFigures } from '../store/absences.js';
import { dayRange } from '../store/day-range.js';
import { lastStored } from '../store/last-stored.js';
import { pageHoles } from '../store/page-holes.js';
import { recentExecutions } from '../store/recent-executions.js';
import { type Database } from '../store/schema.js';
import { userFigures } from '../store/user-figures.js';
import { figures } from './stats.js';
import { inZone } from './time-zone.js';

/** The questions that people ask of their own record. */
export interface Answers {
  /** @param tz IANA time zone whose day is "today"; null for the database's. @throws `field-invalid` for no such zone */
  stats(username: string, tz: string | null): Promise<Stats>;
  /** the last ten runs, with the first 100 characters of each one's code */
  recentActivity(username: string): Promise<Activity[]>;
  /** the last `limit` runs, with the first 200 characters of each one's code */
  executions(username: string, limit: number): Promise<ExecutionSummary[]>;
  /**
   * What is known to be missing in a range of days.
   * @param username whose; null for everyone's. @throws `field-invalid` for a zone that is none
   */
  absence(username: string | null, days: Days): Promise<Absence>;
}

/** Days of a time zone: YYYY-MM-DD, both included; null for today, and for the database's zone. */
export interface Days {
  from: string | null;
  to: string | null;
  tz: string | null;
}

/** How much of what is missing is listed. */
const LISTED = 50;

/** Answers from one database. @param now the clock that says which day it is */
export function createAnswers(db: Kysely<Database>, now: () => Date): Answers {
  return {
    async stats(username, tz) {
      const [counts, lastEventAt] = await Promise.all([
        inZone(tz, () => userFigures(db, username, tz, now())),
        lastStored(db, username)
      ]);
      return { ...figures(counts), lastEventAt };
    },
    async recentActivity(username) {
      const rows = await recentExecutions(db, username, 10, 100);
      return rows.map(row => ({
        time: row.timestamp,
        cell: row.cell_number,
        code: row.code_preview,
        status: row.status
      }));
    },
    executions: (username, limit) => recentExecutions(db, username, limit, 200),
    async absence(username, { from, to, tz }) {
      const range = await inZone(tz, () => dayRange(db, from, to, tz, now()));
      const [figures, latest, holes] = await Promise.all([
        absenceFigures(db, username, range),
        absences(db, username, range, LISTED),
        pageHoles(db, username, LISTED)
      ]);
      return { ...range, figures, latest, holes };
    }
  };
}
