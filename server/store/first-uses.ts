import { sql, type Kysely } from 'kysely';
import { type Database, type Instant } from './schema.js';
import { unnest } from './unnest.js';

/** Something that a person's code named for the first time. */
export interface FirstUse {
  kind: 'table' | 'host';
  name: string;
  first_at: Instant;
}

const COLUMNS = { kind: 'text', name: 'text', first_at: 'timestamptz' } as const;

/** Keeps since when a person's codes name what. What is known from an earlier time already stays as it is. */
export async function keepFirstUses(db: Kysely<Database>, username: string, uses: readonly FirstUse[]): Promise<void> {
  if (!uses.length) return;
  await sql`
    INSERT INTO first_uses AS f (username, kind, name, first_at)
    SELECT ${username}, u.kind, u.name, u.first_at FROM ${unnest('u', COLUMNS, uses)} ORDER BY u.kind, u.name
    ON CONFLICT (username, kind, name) DO UPDATE SET first_at = excluded.first_at
     WHERE excluded.first_at < f.first_at`.execute(db);
}

/** What a person's code named for the first time in a time, the first one first. */
export async function firstUsesOf(
  db: Kysely<Database>,
  username: string,
  { begins, ends }: { begins: Instant; ends: Instant }
): Promise<FirstUse[]> {
  const { rows } = await sql<FirstUse>`
    SELECT kind, name, first_at FROM first_uses
     WHERE username = ${username} AND first_at >= ${begins}::timestamptz AND first_at < ${ends}::timestamptz
     ORDER BY first_at, kind, name`.execute(db);
  return rows;
}

/** How many things a person's code named for the first time on each of the days before; days without one are left out. */
export async function firstUsesByDay(
  db: Kysely<Database>,
  username: string,
  before: Instant,
  days: number
): Promise<Map<string, number>> {
  const { rows } = await sql<{ day: string; count: number }>`
    SELECT to_char(first_at, 'YYYY-MM-DD') AS day, count(*)::float8 AS count FROM first_uses
     WHERE username = ${username} AND first_at < ${before}::timestamptz
       AND first_at >= ${before}::timestamptz - make_interval(days => ${days}::integer)
     GROUP BY 1`.execute(db);
  return new Map(rows.map(({ day, count }) => [day, count]));
}
