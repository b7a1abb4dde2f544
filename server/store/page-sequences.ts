import { sql, type Kysely } from 'kysely';
import { type Database } from './schema.js';
import { unnest } from './unnest.js';

/** A number that a page gave to one of its events, and that was answered: stored, known already, or refused for good. */
export interface Arrival {
  page_id: string;
  username: string;
  page_seq: number;
}

/** The highest number that a page says it gave. */
export interface Told {
  page_id: string;
  username: string;
  last_seq: number | null;
}

interface Row {
  page_id: string;
  username: string;
  told: number | null;
  /** a multirange's text */
  arrived: string;
}

/** Numbers as Postgres writes a multirange, `{[1,4),[7,8)}`. PostgreSQL 15, §8.17.5 */
export function toMultirange(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && number <= last[1]) last[1] = Math.max(last[1], number + 1);
    else ranges.push([number, number + 1]);
  }
  return `{${ranges.map(([from, to]) => `[${from},${to})`).join(',')}}`;
}

/** What came of each page, in the order of the table's key: so two replicas never wait for each other in a circle. */
export function byPage(arrivals: readonly Arrival[], told: readonly Told[]): Row[] {
  const pages = new Map<string, { page_id: string; username: string; told: number | null; numbers: number[] }>();
  const pageOf = ({ page_id, username }: { page_id: string; username: string }) => {
    const key = `${page_id}\0${username}`;
    const page = pages.get(key) ?? { page_id, username, told: null, numbers: [] };
    pages.set(key, page);
    return page;
  };
  for (const arrival of arrivals) pageOf(arrival).numbers.push(arrival.page_seq);
  for (const { last_seq, ...whose } of told) {
    if (last_seq === null) continue;
    const page = pageOf(whose);
    page.told = Math.max(page.told ?? 0, last_seq);
  }
  return [...pages.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { numbers, ...page }]) => ({ ...page, arrived: toMultirange(numbers) }));
}

/**
 * Writes down which numbers of pages' events were answered. A hole is dated anew whenever its first number is another:
 * while a page is busy there is always one under way, and none of them is missing. A page that never told a number and
 * whose first event is not known (an older extension's) has no holes.
 */
export async function noteArrivals(db: Kysely<Database>, arrivals: readonly Arrival[], told: readonly Told[]) {
  const rows = byPage(arrivals, told);
  if (!rows.length) return;
  const columns = { page_id: 'uuid', username: 'text', told: 'bigint', arrived: 'text' } as const;
  const [newTold, arrived] = [sql`greatest(p.told, excluded.told)`, sql`(p.arrived + excluded.arrived)`];
  await sql`
    INSERT INTO page_sequences AS p (page_id, username, told, arrived, hole_since)
    SELECT page_id, username, told, arrived, CASE WHEN ${hasHole(sql`told`, sql`arrived`)} THEN now() END
      FROM (SELECT page_id, username, told, arrived::int8multirange AS arrived FROM ${unnest('u', columns, rows)}) AS u
    ON CONFLICT (page_id, username) DO UPDATE
       SET told = ${newTold}, arrived = ${arrived}, heard_at = now(),
           hole_since = CASE WHEN NOT ${hasHole(newTold, arrived)} THEN NULL
                             WHEN ${nextMissing(arrived)} = p.next_missing THEN coalesce(p.hole_since, now())
                             ELSE now() END`.execute(db);
}

type Expression = ReturnType<typeof sql>;

function nextMissing(arrived: Expression): Expression {
  return sql`lower('{[1,)}'::int8multirange - ${arrived})`;
}

function hasHole(told: Expression, arrived: Expression): Expression {
  return sql`coalesce((${told} IS NOT NULL OR ${arrived} @> 1::bigint)
                      AND ${nextMissing(arrived)} <= greatest(${told}, upper(${arrived}) - 1), false)`;
}
