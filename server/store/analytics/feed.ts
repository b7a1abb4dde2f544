import { sql, type Kysely } from 'kysely';
import { isOpen } from '@celltrail/protocol';
import { holdCursor, isBeyond, reachedBy } from '../follow-cursor.js';
import { type Database, type Instant } from '../schema.js';
import { unnest, type ColumnType } from '../unnest.js';
import { added, additionsOf, keyText, type Addition, type CountedRow, type Rollup } from './gather.js';

/** The name of its cursor. */
export const NAME = 'analytics';
/** From so many milliseconds on an execution is kept apart, so that the slowest are found without looking at them all. */
export const NOTABLE_MS = 1000;

interface FollowedRow extends CountedRow {
  id: string;
  changed_at: Instant;
  error_name: string | null;
  witnessed: boolean;
}

/**
 * Takes the next executions into the figures of analytics. What may change still is remembered as it was counted, and
 * taken back when it comes again. One server does it at a time.
 * @param lagMs commits younger than that are left for later: a transaction that began before them may still commit
 * @returns how many were taken in; null where another server is at it
 */
export async function feedAnalytics(db: Kysely<Database>, lagMs: number, batch: number): Promise<number | null> {
  return db.transaction().execute(async tx => {
    if (!(await holdCursor(tx, NAME))) return null;
    const fresh = await nextRows(tx, lagMs, batch);
    const last = fresh.at(-1);
    if (!last) return 0;
    const before = await counted(tx, fresh);
    const changes = [
      ...before.map(row => ({ row, sign: -1 as const })),
      ...fresh.map(row => ({ row, sign: 1 as const }))
    ];
    await addToFigures(tx, additionsOf(changes));
    await remember(tx, fresh);
    await note(tx, fresh);
    await sql`
      UPDATE follow_cursors SET changed_at = ${last.changed_at}, id = ${last.id} WHERE name = ${NAME}`.execute(tx);
    return fresh.length;
  });
}

async function nextRows(tx: Kysely<Database>, lagMs: number, batch: number): Promise<FollowedRow[]> {
  const reached = await reachedBy(tx, NAME);
  const { rows } = await sql<FollowedRow>`
    SELECT l.id, coalesce(l.completed_at, l.stored_at) AS changed_at, l.timestamp, l.username, l.notebook_path, l.status,
           l.execution_time_ms, l.queued_ms, l.witnessed,
           coalesce(l.error_name, split_part(l.error_message, ':', 1)) AS error_name
      FROM code_execution_logs l
     WHERE ${isBeyond(reached)}
       AND coalesce(l.completed_at, l.stored_at) < now() - make_interval(secs => ${lagMs / 1000}::float8)
     ORDER BY coalesce(l.completed_at, l.stored_at), l.id LIMIT ${batch}`.execute(tx);
  return rows;
}

/** What was counted of those that came before. */
async function counted(tx: Kysely<Database>, rows: readonly FollowedRow[]): Promise<CountedRow[]> {
  const { rows: before } = await sql<CountedRow>`
    DELETE FROM analytics_unsettled WHERE id = ANY(${sql.val(rows.map(({ id }) => id))}::uuid[])
    RETURNING timestamp, username, notebook_path, status, execution_time_ms, queued_ms`.execute(tx);
  return before;
}

const KEY = { kind: 'text', begins: 'timestamptz', username: 'text', notebook_path: 'text' } as const;
const TALLY = {
  executions: 'bigint',
  succeeded: 'bigint',
  failed: 'bigint',
  timed: 'bigint',
  total_ms: 'double precision',
  waited: 'bigint',
  waited_ms: 'double precision'
} as const satisfies Partial<Record<keyof Rollup, ColumnType>>;

async function addToFigures(tx: Kysely<Database>, additions: readonly Addition[]): Promise<void> {
  const { rows } = await sql<Rollup>`
    SELECT r.* FROM ${unnest('k', KEY, additions)}
      JOIN analytics_rollups r USING (kind, begins, username, notebook_path)`.execute(tx);
  const kept = new Map(rows.map(row => [keyText(row), row]));
  // Arrays of bytes travel as texts.
  const figures = additions.map(addition => {
    const { times, waits, ...rest } = added(addition, kept.get(keyText(addition)));
    return { ...rest, times: times.toString('hex'), waits: waits.toString('hex') };
  });
  const columns = { ...KEY, ...TALLY, times: 'text', waits: 'text' } as const;
  const set = [...Object.keys(TALLY), 'times', 'waits'].map(name => sql`${sql.id(name)} = excluded.${sql.id(name)}`);
  await sql`
    INSERT INTO analytics_rollups (${sql.join(Object.keys(columns).map(name => sql.id(name)))})
    SELECT ${sql.join(Object.keys({ ...KEY, ...TALLY }).map(name => sql.ref(`f.${name}`)))},
           decode(f.times, 'hex'), decode(f.waits, 'hex')
      FROM ${unnest('f', columns, figures)}
    ON CONFLICT (kind, begins, username, notebook_path) DO UPDATE SET ${sql.join(set)}`.execute(tx);
}

/** An open one will be completed, a witnessed one its sender may tell anew. */
async function remember(tx: Kysely<Database>, rows: readonly FollowedRow[]): Promise<void> {
  const unsettled = rows.filter(({ status, witnessed }) => witnessed || isOpen(status));
  if (!unsettled.length) return;
  await sql`
    INSERT INTO analytics_unsettled SELECT * FROM ${unnest(
      'u',
      {
        id: 'uuid',
        timestamp: 'timestamptz',
        username: 'text',
        notebook_path: 'text',
        status: 'text',
        execution_time_ms: 'double precision',
        queued_ms: 'double precision'
      },
      unsettled
    )}`.execute(tx);
}

async function note(tx: Kysely<Database>, rows: readonly FollowedRow[]): Promise<void> {
  const notable = rows.filter(row => row.error_name !== null || (row.execution_time_ms ?? 0) >= NOTABLE_MS);
  await sql`DELETE FROM analytics_notable WHERE id = ANY(${sql.val(rows.map(({ id }) => id))}::uuid[])`.execute(tx);
  if (!notable.length) return;
  await sql`
    INSERT INTO analytics_notable SELECT * FROM ${unnest(
      'n',
      {
        id: 'uuid',
        timestamp: 'timestamptz',
        username: 'text',
        notebook_path: 'text',
        execution_time_ms: 'double precision',
        error_name: 'text'
      },
      notable
    )}`.execute(tx);
}
