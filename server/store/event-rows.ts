import { sql, type Kysely, type Selectable } from 'kysely';
import { type Database, type EventTable } from './schema.js';
import { columnsOf, unnest, type ColumnType } from './unnest.js';

/** An event as it is inserted. */
export type EventRow = Omit<Selectable<EventTable>, 'stored_at'>;

const COLUMNS: Readonly<Record<keyof EventRow, ColumnType>> = {
  id: 'uuid',
  type: 'text',
  username: 'text',
  observed_at: 'timestamptz',
  page_id: 'uuid',
  page_seq: 'bigint',
  kernel_id: 'text',
  body: 'jsonb'
};

/**
 * Inserts events, passing over ids that are there already.
 * @param rows sorted by id, each id once
 * @returns ids of the rows that were inserted
 */
export async function insertEvents(db: Kysely<Database>, rows: readonly EventRow[]): Promise<Set<string>> {
  if (!rows.length) return new Set();
  const names = sql.join(Object.keys(COLUMNS).map(name => sql.id(name)));
  const { rows: made } = await sql<{ id: string }>`
    INSERT INTO audit_events (${names})
    SELECT ${columnsOf('u', COLUMNS)} FROM ${unnest('u', COLUMNS, rows)}
    ON CONFLICT (id) DO NOTHING
    RETURNING id`.execute(db);
  return new Set(made.map(({ id }) => id));
}

/** Events by their ids, as they are on record. */
export async function readEvents(db: Kysely<Database>, ids: readonly string[]): Promise<Map<string, EventRow>> {
  if (!ids.length) return new Map();
  const names = sql.join(Object.keys(COLUMNS).map(name => sql.id(name)));
  const { rows } = await sql<EventRow>`
    SELECT ${names} FROM audit_events WHERE id = ANY(${sql.val([...ids])}::uuid[])`.execute(db);
  return new Map(rows.map(row => [row.id, row]));
}

/**
 * Of events whose ids are taken: those that the store holds word for word, from the same person.
 * @returns their places in `rows`
 */
export async function findEqualEvents(db: Kysely<Database>, rows: readonly EventRow[]): Promise<Set<number>> {
  if (!rows.length) return new Set();
  const numbered = rows.map((row, place) => ({ place, id: row.id, username: row.username, body: row.body }));
  const columns = { place: 'bigint', id: 'uuid', username: 'text', body: 'jsonb' } as const;
  const { rows: equal } = await sql<{ place: number }>`
    SELECT u.place FROM ${unnest('u', columns, numbered)}
      JOIN audit_events AS e ON e.id = u.id AND e.username = u.username AND e.body = u.body`.execute(db);
  return new Set(equal.map(({ place }) => place));
}
