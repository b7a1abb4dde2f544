import { sql, type Kysely, type RawBuilder } from 'kysely';
import { type Database } from './schema.js';

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

/**
 * Whether a row `l` of code_execution_logs was changed after one that follows the record had come by. As two values, not
 * as a join or a row of a subquery: only so the index on changes is entered where it has come to, and not at its beginning.
 */
export function isBeyond(name: string): RawBuilder<boolean> {
  const reached = (column: string, begin: string) =>
    sql`coalesce((SELECT ${sql.ref(column)} FROM follow_cursors WHERE name = ${name}), ${sql.lit(begin)})`;
  return sql`(coalesce(l.completed_at, l.stored_at), l.id)
    > (${reached('changed_at', '-infinity')}, ${reached('id', '00000000-0000-0000-0000-000000000000')})`;
}
