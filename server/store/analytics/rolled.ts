import { sql, type Kysely, type RawBuilder } from 'kysely';
import { isBeyond, reachedBy } from '../follow-cursor.js';
import { type Database, type Instant } from '../schema.js';
import { NAME } from './feed.js';
import { notebookKey, type CountedRow } from './gather.js';
import { steps, stepOf, type Scope, type Step } from './graph-sql.js';
import { type Tally } from './tally.js';

/** When an execution, or a quarter of an hour of them, began. */
export interface Placed {
  /** beginning of its hour or day */
  at: Instant;
  /** ISO: 1 is Monday */
  weekday: number;
  hour: number;
}

/** Figures of a quarter of an hour: of everyone, or of one person in one notebook. */
export interface Slice extends Placed, Tally {
  username: string;
  notebook_path: string;
  times: Buffer;
  waits: Buffer;
}

/** Figures of one person or one notebook. */
export interface Group extends Tally {
  name: string;
}

/** What the figures have not reached yet: to be added, or to be taken back because it is told anew. */
export interface LateRow extends CountedRow, Placed {
  sign: 1 | -1;
}

const DAY_MS = 24 * 3_600_000;

/** Whether no more rows than `most` are asked about: then they themselves are asked. @returns false also where it is unknown */
export async function isFew(db: Kysely<Database>, scope: Scope, most: number): Promise<boolean> {
  const { rows } = await sql<{ few: boolean }>`
    SELECT count(*) <= ${most} AS few FROM (
      SELECT FROM code_execution_logs
       WHERE timestamp >= ${scope.begins}::timestamptz AND timestamp < ${scope.ends}::timestamptz
         ${scope.username === null ? sql`` : sql`AND username = ${scope.username}`} LIMIT ${most + 1}) AS asked`.execute(
    db
  );
  return rows[0]!.few;
}

/** Whether the figures are so far behind that the rows beyond them, all of them, are more than `most`. */
export async function isFarBehind(db: Kysely<Database>, most: number): Promise<boolean> {
  const reached = await reachedBy(db, NAME);
  const { rows } = await sql<{ far: boolean }>`
    SELECT count(*) > ${most} AS far FROM (SELECT FROM code_execution_logs l WHERE ${isBeyond(reached)} LIMIT ${most + 1}) AS late`.execute(
    db
  );
  return rows[0]!.far;
}

const LATE_COLUMNS = sql`timestamp, username, notebook_path, status, execution_time_ms, queued_ms`;

/**
 * What the figures have not reached yet, as a query: each row with its `sign`, those that are told anew also with -1.
 * Whoever adds them to the figures reads both in one `repeatable read` transaction.
 */
export async function lateChanges(db: Kysely<Database>): Promise<RawBuilder<unknown>> {
  return sql`
    WITH late AS MATERIALIZED (
      SELECT l.id, ${LATE_COLUMNS} FROM code_execution_logs l WHERE ${isBeyond(await reachedBy(db, NAME))})
    SELECT 1 AS sign, ${LATE_COLUMNS} FROM late
    UNION ALL
    SELECT -1, ${LATE_COLUMNS} FROM analytics_unsettled WHERE id IN (SELECT id FROM late)`;
}

/** The same within a scope, with the hour or day that each belongs to. */
export async function lateRows(db: Kysely<Database>, scope: Scope, step: Step): Promise<LateRow[]> {
  const { rows } = await sql<LateRow>`
    SELECT sign, ${LATE_COLUMNS}, ${placed(sql`timestamp`, 'timestamp', scope, step)}
      FROM (${await lateChanges(db)}) AS changes
     WHERE timestamp >= ${scope.begins}::timestamptz AND timestamp < ${scope.ends}::timestamptz
       AND (${scope.username}::text IS NULL OR username = ${scope.username})
       AND (${scope.notebook}::text IS NULL OR notebook_path = ${scope.notebook})`.execute(db);
  return rows;
}

/** Quarters of an hour in which something ran; those of everyone together where no person and no notebook is asked for. */
export async function slices(db: Kysely<Database>, scope: Scope, step: Step): Promise<Slice[]> {
  const { username, notebook, begins, ends } = scope;
  const conditions = [sql`begins >= ${begins}::timestamptz`, sql`begins < ${ends}::timestamptz`];
  conditions.push(username === null && notebook === null ? sql`kind = 'all'` : sql`kind = 'cell'`);
  if (username !== null) conditions.push(sql`username = ${username}`);
  if (notebook !== null) conditions.push(sql`notebook_path = ${notebookKey(notebook)}`);
  const { rows } = await sql<Slice>`
    SELECT ${placed(sql`begins`, 'begins', scope, step)}, username, notebook_path, executions, succeeded, failed, timed,
           total_ms, waited, waited_ms, times, waits
      FROM analytics_rollups WHERE ${sql.join(conditions, sql` AND `)}`.execute(db);
  return rows;
}

/** Everyone's figures by person or by notebook, those of whole days from days. */
export async function groups(db: Kysely<Database>, scope: Scope, by: 'user' | 'notebook'): Promise<Group[]> {
  const sums = ['executions', 'succeeded', 'failed', 'timed', 'total_ms', 'waited', 'waited_ms'] as const;
  const { rows } = await sql<Group>`
    SELECT name, ${sql.join(sums.map(column => sql`sum(${sql.ref(column)})::float8 AS ${sql.id(column)}`))}
      FROM (${within(scope, by, null)}) AS parts GROUP BY name`.execute(db);
  return rows;
}

/** Times of some of them by size. @returns packed, by name */
export async function timesOf(
  db: Kysely<Database>,
  scope: Scope,
  by: 'user' | 'notebook',
  names: readonly string[]
): Promise<Map<string, Buffer>> {
  const { rows } = await sql<{ name: string; times: Buffer }>`
    SELECT name, string_agg(times, ''::bytea) AS times FROM (${within(scope, by, names)}) AS parts GROUP BY name`.execute(
    db
  );
  return new Map(rows.map(({ name, times }) => [name, times]));
}

/** The hours or days of a range, also those in which nothing ran. */
export async function stepsOf(db: Kysely<Database>, scope: Scope, step: Step): Promise<Instant[]> {
  const { rows } = await sql<{ at: Instant }>`SELECT at FROM ${sql.raw(steps(scope, step))} ORDER BY at`.execute(db);
  return rows.map(({ at }) => at);
}

/** Whole UTC days of the range from figures of days, what is left at both ends from quarters of an hour. */
function within(scope: Scope, by: 'user' | 'notebook', names: readonly string[] | null): RawBuilder<unknown> {
  const begins = Date.parse(scope.begins);
  const ends = Date.parse(scope.ends);
  const first = Math.min(ends, Math.ceil(begins / DAY_MS) * DAY_MS);
  const last = Math.max(first, Math.floor(ends / DAY_MS) * DAY_MS);
  const name = sql.ref(by === 'user' ? 'username' : 'notebook_path');
  const part = (kind: string, from: number, to: number) => sql`
    SELECT ${name} AS name, executions, succeeded, failed, timed, total_ms, waited, waited_ms, times
      FROM analytics_rollups
     WHERE kind = ${sql.lit(kind)} AND begins >= ${new Date(from).toISOString()}::timestamptz
       AND begins < ${new Date(to).toISOString()}::timestamptz
       ${names === null ? sql`` : sql`AND ${name} = ANY(${sql.val([...names])}::text[])`}`;
  const parts = [part('cell', begins, first), part(by, first, last), part('cell', last, ends)];
  return sql.join(parts, sql` UNION ALL `);
}

function placed(column: RawBuilder<unknown>, name: string, scope: Scope, step: Step): RawBuilder<unknown> {
  return sql`${sql.raw(stepOf(name, scope, step))} AS at,
    extract(isodow FROM ${column} AT TIME ZONE ${scope.tz})::int AS weekday,
    extract(hour FROM ${column} AT TIME ZONE ${scope.tz})::int AS hour`;
}
