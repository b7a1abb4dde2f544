import { sql, type Kysely, type RawBuilder } from 'kysely';
import { type Database, type Instant } from './schema.js';

/**
 * Takes a follower's cursor for this transaction, from the beginning of the record where it never followed.
 * @returns false where another server has it: one follows at a time
 */
export async function holdCursor(tx: Kysely<Database>, name: string): Promise<boolean> {
  // A lock on the row would make a second server wait where the first one has not committed the row yet.
  const { rows } = await sql<{ held: boolean }>`
    SELECT pg_try_advisory_xact_lock(hashtext('celltrail_follow'), hashtext(${name})) AS held`.execute(tx);
  if (!rows[0]!.held) return false;
  await sql`
    INSERT INTO follow_cursors VALUES (${name}, '-infinity', '00000000-0000-0000-0000-000000000000')
    ON CONFLICT (name) DO NOTHING`.execute(tx);
  return true;
}

/** How far one that follows the record has come. */
export interface Reached {
  changed_at: Instant;
  id: string;
}

/** How far it has come. @returns before everything where it has not begun */
export async function reachedBy(db: Kysely<Database>, name: string): Promise<Reached> {
  const { rows } = await sql<Reached>`SELECT changed_at::text, id FROM follow_cursors WHERE name = ${name}`.execute(db);
  return rows[0] ?? { changed_at: '-infinity', id: '00000000-0000-0000-0000-000000000000' };
}

/**
 * Whether a row `l` of code_execution_logs was changed after that. As values, not as a join or a subquery: only so the
 * planner knows how few rows there are, and enters the index on changes where they begin.
 */
export function isBeyond({ changed_at, id }: Reached): RawBuilder<boolean> {
  return sql`(coalesce(l.completed_at, l.stored_at), l.id) > (${changed_at}::timestamptz, ${id}::uuid)`;
}
