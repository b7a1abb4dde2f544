import { type Kysely } from 'kysely';
import { type Anomalies, type Anomaly, type AnomalyKind, type AnomalyState, type Review } from '@celltrail/protocol';
import { type Cursors } from '../formats/cursor.js';
import { problem } from '../problems.js';
import { addVerdict, anomaliesOf, countAnomalies, listAnomalies, readAnomaly, type Saying } from '../store/anomalies.js'; // prettier-ignore
import { zonedDays } from '../store/day-range.js';
import { coverageOf, peopleOf } from '../store/review-day.js';
import { type Database } from '../store/schema.js';

/** Which alerts, and from where on. */
export interface AnomaliesQuestion {
  state: AnomalyState;
  kind: AnomalyKind | null;
  limit: number;
  cursor: string | null;
}

/** The reviewers' inbox. */
export interface Inbox {
  /** @param username whose; null for everyone's. @param asker who asks @throws `cursor-invalid` */
  list(username: string | null, question: AnomaliesQuestion, asker: string): Promise<Anomalies>;
  /** Keeps what a reviewer says and gives the alert back as it stands now. @throws `not-found` */
  judge(id: string, said: Saying): Promise<Anomaly>;
  /** @param day YYYY-MM-DD; null for today. @throws DatabaseError 22023 for a zone that this Postgres does not know */
  review(day: string | null, tz: string | null): Promise<Review>;
}

/** The inbox of one database. @param now the clock that says which day it is */
export function createInbox(db: Kysely<Database>, cursors: Cursors, now: () => Date): Inbox {
  return {
    async list(username, { state, kind, limit, cursor }, asker) {
      const subject = JSON.stringify(['anomalies', asker, username, state, kind]);
      const [timestamp, id] = cursor === null ? [] : await cursors.open(subject, cursor);
      const after = timestamp === undefined || id === undefined ? null : { timestamp, id };
      const [found, counts] = await Promise.all([
        listAnomalies(db, { username, kind, state }, after, limit + 1),
        countAnomalies(db, username, kind)
      ]);
      const items = found.slice(0, limit);
      const last = items.at(-1);
      const next = found.length > limit && last ? await cursors.seal(subject, [last.begins, last.id]) : null;
      return { items, next, counts };
    },
    async judge(id, said) {
      if (!(await addVerdict(db, id, said))) throw problem('not-found', { detail: 'there is no such alert' });
      return (await readAnomaly(db, id))!;
    },
    async review(day, tz) {
      const { tz: zone, ...range } = await zonedDays(db, day, day, tz, now(), 0);
      const [people, { alerts, judged }, counts, coverage] = await Promise.all([
        peopleOf(db, range),
        anomaliesOf(db, range),
        countAnomalies(db, null, null),
        coverageOf(db, range)
      ]);
      const sum = (of: (one: (typeof people)[number]) => number) => people.reduce((total, one) => total + of(one), 0);
      return {
        ...range,
        tz: zone,
        executions: sum(one => one.executions),
        errors: sum(one => one.errors),
        people: people.map(one => ({
          ...one,
          alerts: alerts.filter(({ username }) => username === one.username).length
        })),
        alerts,
        judged,
        open: counts.open,
        coverage
      };
    }
  };
}
