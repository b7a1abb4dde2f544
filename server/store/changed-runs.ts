import { sql, type Kysely } from 'kysely';
import { type LiveRun } from '@celltrail/protocol';
import { type Database } from './schema.js';

/**
 * A moment in the order of commits, as Postgres tells it: which transactions were visible. Clocks can't tell: a
 * transaction that began earlier may commit later.
 */
export interface Moment {
  /** `xmin:xmax:xip,…`. PostgreSQL 15, §9.27 */
  snapshot: string;
  /** the database's clock then */
  at: string;
}

/** What changed between two moments. */
export interface ChangedRuns {
  runs: LiveRun[];
  /** whether there were more than those */
  more: boolean;
  /** the later moment */
  upTo: Moment;
}

/** A transaction of ingest ends within its statements' and its idle time: none that began earlier commits later. */
const LONGEST_COMMIT = '90 seconds';

/** This moment. */
export async function thisMoment(db: Kysely<Database>): Promise<Moment> {
  const { rows } = await sql<Moment>`SELECT pg_current_snapshot()::text AS snapshot, now() AS at`.execute(db);
  return rows[0]!;
}

/**
 * The runs that were inserted or changed after a moment, the newest: each change once, wherever it was committed.
 * @param upTo not those after that moment; null: all that is visible now
 * @param most how many
 */
export async function changedRuns(
  db: Kysely<Database>,
  after: Moment,
  upTo: Moment | null,
  most: number
): Promise<ChangedRuns> {
  const until = upTo?.snapshot ?? null;
  const { rows } = await sql<LiveRun & { now_snapshot: string; now_at: string }>`
    WITH here AS MATERIALIZED (
      SELECT pg_current_snapshot() AS snapshot, now() AS at,
             pg_snapshot_xmax(pg_current_snapshot())::text::numeric AS next),
    changed AS (
      SELECT l.id, l.username, l.notebook_path, l.cell_number, l.client, l.status, l.timestamp, l.execution_time_ms,
             coalesce(l.completed_at, l.stored_at) AS changed_at
        FROM code_execution_logs l, here,
             LATERAL (SELECT ${wholeXid()} OFFSET 0) AS maker
       WHERE coalesce(l.completed_at, l.stored_at) >= ${after.at}::timestamptz - ${LONGEST_COMMIT}::interval
         AND NOT pg_visible_in_snapshot(maker.xid, ${after.snapshot}::pg_snapshot)
         AND (${until}::text IS NULL OR pg_visible_in_snapshot(maker.xid, ${until}::pg_snapshot))
       ORDER BY coalesce(l.completed_at, l.stored_at) DESC, l.id DESC LIMIT ${most + 1})
    SELECT here.snapshot::text AS now_snapshot, here.at AS now_at, changed.*
      FROM here LEFT JOIN changed ON true ORDER BY changed.changed_at, changed.id`.execute(db);
  const { now_snapshot, now_at } = rows[0]!;
  const runs = rows.filter(({ id }) => id !== null).map(asRun);
  return { runs: runs.slice(-most), more: runs.length > most, upTo: upTo ?? { snapshot: now_snapshot, at: now_at } };
}

/** Rows keep the lower 32 bits of their transaction's number; the upper ones are those of now, or of the turn before. */
function wholeXid() {
  return sql`((CASE WHEN x.low <= mod(here.next, 4294967296) THEN here.next - mod(here.next, 4294967296)
                    ELSE here.next - mod(here.next, 4294967296) - 4294967296 END) + x.low)::text::xid8 AS xid
    FROM (SELECT l.xmin::text::numeric AS low) AS x`;
}

function asRun({
  id,
  username,
  notebook_path,
  cell_number,
  client,
  status,
  timestamp,
  execution_time_ms
}: LiveRun): LiveRun {
  return { id, username, notebook_path, cell_number, client, status, timestamp, execution_time_ms };
}
