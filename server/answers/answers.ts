import { type Kysely } from 'kysely';
import { type Activity, type ExecutionSummary, type Stats } from '@celltrail/protocol';
import { problem } from '../problems.js';
import { lastStored } from '../store/last-stored.js';
import { recentExecutions } from '../store/recent-executions.js';
import { type Database } from '../store/schema.js';
import { userFigures } from '../store/user-figures.js';
import { figures } from './stats.js';
import { isTimeZone } from './time-zone.js';

/** The questions that people ask of their own record. */
export interface Answers {
  /** @param tz IANA time zone whose day is "today"; null for the database's. @throws `field-invalid` for no such zone */
  stats(username: string, tz: string | null): Promise<Stats>;
  /** the last ten runs, with the first 100 characters of each one's code */
  recentActivity(username: string): Promise<Activity[]>;
  /** the last `limit` runs, with the first 200 characters of each one's code */
  executions(username: string, limit: number): Promise<ExecutionSummary[]>;
}

/** Answers from one database. @param now the clock that says which day it is */
export function createAnswers(db: Kysely<Database>, now: () => Date): Answers {
  return {
    async stats(username, tz) {
      if (tz !== null && !isTimeZone(tz)) throw noSuchZone();
      const [counts, lastEventAt] = await Promise.all([
        userFigures(db, username, tz, now()).catch((error: unknown) => {
          // Postgres has its own list of zones, which may be older than Node's.
          throw (error as { code?: string }).code === '22023' ? noSuchZone() : error;
        }),
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
    executions: (username, limit) => recentExecutions(db, username, limit, 200)
  };
}

function noSuchZone() {
  return problem('field-invalid', { field: 'tz', fix: 'use an IANA time zone, as Asia/Tehran' });
}
