import { sql, type Kysely, type RawBuilder } from 'kysely';
import { type OwnedSummary } from '@celltrail/protocol';
import { type Database } from './schema.js';

/** Characters of the code that a list shows. */
const PREVIEW = 200;

const SUMMARY = sql`id, username, timestamp, notebook_path, cell_number, left(code, ${sql.lit(PREVIEW)}) AS code_preview,
  status, execution_time_ms, error_message, client`;

/** A place in a list that is ordered by time, then id. */
export interface Place {
  timestamp: string;
  id: string;
}

async function summaries(db: Kysely<Database>, rest: RawBuilder<unknown>): Promise<OwnedSummary[]> {
  const { rows } = await sql<OwnedSummary>`SELECT ${SUMMARY} FROM code_execution_logs ${rest}`.execute(db);
  return rows;
}

/** A person's runs, newest first. @param after the last one of the page before; null for the first page */
export function executionsOf(
  db: Kysely<Database>,
  username: string,
  after: Place | null,
  limit: number
): Promise<OwnedSummary[]> {
  // The plain comparison of times is what leads into the index; the pair decides among runs of one microsecond.
  const beyond = after
    ? sql`AND timestamp <= ${after.timestamp}::timestamptz
          AND (timestamp, id) < (${after.timestamp}::timestamptz, ${after.id}::uuid)`
    : sql``;
  return summaries(db, sql`WHERE username = ${username} ${beyond} ORDER BY timestamp DESC, id DESC LIMIT ${limit}`);
}

/**
 * The runs next to one in its kernel.
 * @param way `before`: the latest before it first; `after`: the earliest after it first
 * @param username whose alone; null for everyone's
 */
export function neighbours(
  db: Kysely<Database>,
  run: Place & { kernel_id: string },
  way: 'before' | 'after',
  username: string | null,
  limit: number
): Promise<OwnedSummary[]> {
  const [side, order] = way === 'before' ? [sql`<`, sql`DESC`] : [sql`>`, sql`ASC`];
  return summaries(
    db,
    sql`WHERE kernel_id = ${run.kernel_id} AND timestamp ${side}= ${run.timestamp}::timestamptz
          AND (timestamp, id) ${side} (${run.timestamp}::timestamptz, ${run.id}::uuid)
          AND (${username}::text IS NULL OR username = ${username})
        ORDER BY timestamp ${order}, id ${order} LIMIT ${limit}`
  );
}
