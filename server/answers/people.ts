import { type Kysely } from 'kysely';
import { type Coverage, type PeoplePage, type Person, type PersonDetail, type RunningNow, type UserActivity } from '@celltrail/protocol'; // prettier-ignore
import { problem } from '../problems.js';
import { executionsOf } from '../store/execution-lists.js';
import { pageRows } from '../store/page-rows.js';
import { PAGE_OPEN_S } from '../store/pages.js';
import { dailyFigures, hourFigures, peopleFigures, statusFigures, type PersonFigures } from '../store/people.js';
import { errorsOf, notebooksOf } from '../store/person-work.js';
import { runningNow } from '../store/running-now.js';
import { type Database } from '../store/schema.js';
import { type Access, type Reader } from './access.js';
import { captureState, isCovered } from './capture-state.js';
import { type Cursors } from '../formats/cursor.js';
import { inZone } from './time-zone.js';

/** Days of a person's sparkline, and of what they worked on. */
const SPARK_DAYS = 14;
const HOUR_DAYS = 90;
const PAGE_DAYS = 7;
const MOST_PAGES = 1000;

/** Answers for those who look after many people. */
export interface PeopleAnswers {
  allActivity(): Promise<UserActivity[]>;
  /** @throws `field-invalid` for a zone that is none, `cursor-invalid` */
  people(reader: Reader, ask: { tz: string | null; limit: number; cursor: string | null }): Promise<PeoplePage>;
  /** @throws `not-found` for somebody who never ran anything and never had a page open */
  person(reader: Reader, username: string, tz: string | null): Promise<PersonDetail>;
  running(reader: Reader): Promise<RunningNow[]>;
  coverage(): Promise<Coverage>;
}

/** Answers from one database; whose code is shown goes on record first. */
export function createPeopleAnswers(
  db: Kysely<Database>,
  access: Access,
  cursors: Cursors,
  now: () => Date
): PeopleAnswers {
  const describe = async (figures: readonly PersonFigures[], tz: string | null): Promise<Person[]> => {
    const names = figures.map(({ username }) => username);
    const [days, pages] = await Promise.all([
      inZone(tz, () => dailyFigures(db, names, SPARK_DAYS, tz, now())),
      pageRows(db, names, 1, PAGE_OPEN_S, MOST_PAGES)
    ]);
    return figures.map(({ ended, ...figure }) => {
      const spark = Array.from({ length: SPARK_DAYS }, () => 0);
      for (const { username, day, executions } of days) if (username === figure.username) spark[day] = executions;
      const mine = pages.filter(({ username }) => username === figure.username);
      return { ...figure, error_rate: ended ? figure.errors / ended : null, capture: captureState(mine), days: spark };
    });
  };
  return {
    async allActivity() {
      const everyone = await peopleFigures(db, null, null, null);
      return everyone.map(({ username, executions, last_active }) => ({ user: username, executions, last_active }));
    },
    async people(reader, { tz, limit, cursor }) {
      const subject = JSON.stringify(['people', reader.username]);
      const [last, username] = cursor === null ? [] : await cursors.open(subject, cursor);
      const place = username === undefined ? null : { last_active: last || null, username };
      const found = await peopleFigures(db, null, place, limit + 1);
      const items = await describe(found.slice(0, limit), tz);
      const end = items.at(-1);
      const more = found.length > limit && end;
      return { items, next: more ? await cursors.seal(subject, [end.last_active ?? '', end.username]) : null };
    },
    async person(reader, username, tz) {
      const figures = await peopleFigures(db, username, null, 1);
      if (!figures.length) throw problem('not-found', {});
      const [[person], statuses, notebooks, errors, hours, pages, latest] = await Promise.all([
        describe(figures, tz),
        statusFigures(db, username),
        notebooksOf(db, username, SPARK_DAYS, now(), 10),
        errorsOf(db, username, SPARK_DAYS, now(), 10),
        inZone(tz, () => hourFigures(db, username, HOUR_DAYS, tz, now())),
        pageRows(db, [username], PAGE_DAYS, PAGE_OPEN_S, 100),
        executionsOf(db, username, null, 20)
      ]);
      await access.read(reader, latest, 'person');
      return { person: person!, statuses, notebooks, errors, hours, pages, latest };
    },
    async running(reader) {
      const runs = await runningNow(db, PAGE_OPEN_S, 200);
      await access.read(reader, runs, 'running');
      return runs;
    },
    async coverage() {
      const pages = await pageRows(db, null, PAGE_DAYS, PAGE_OPEN_S, MOST_PAGES);
      const open = pages.filter(page => page.open);
      return {
        open: open.length,
        recording: open.filter(isCovered).length,
        uncovered: open.filter(page => !isCovered(page)),
        waiting: pages.filter(page => !page.open && page.waiting + page.refused > 0)
      };
    }
  };
}
