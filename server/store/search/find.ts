import { sql, type Kysely, type RawBuilder, type Selectable } from 'kysely';
import { type Database, type ExecutionTable } from '../schema.js';
import { type Search } from './conditions.js';
import { searchReached } from './feed.js';
import { indexedMatches, isIndexed, MOST_INDEXED, walkedMatches } from './matches.js';

/** A place in the order of what is found, newest first. */
export interface Place {
  timestamp: string;
  id: string;
}

/** What a search shows of an execution. */
export type FoundRow = Pick<
  Selectable<ExecutionTable>,
  | 'id'
  | 'username'
  | 'timestamp'
  | 'notebook_path'
  | 'cell_number'
  | 'status'
  | 'execution_time_ms'
  | 'error_message'
  | 'client'
  | 'kernel_name'
> & { code: string };

/** What was found, newest first. */
export interface Found {
  rows: FoundRow[];
  /** matches that were counted on the way, from the newest on */
  counted: number;
  /** whether those are all there are */
  exact: boolean;
  /** where looking stopped because time was up; null: it did not */
  stopped: Place | null;
}

/**
 * How much is looked at: rows of a glance, which shows what most people ask for, of the first walk and of each further
 * one, and ms after which no more are begun.
 */
export interface Effort {
  glance: number;
  firstWalk: number;
  nextWalk: number;
  budgetMs: number;
}

/** Characters of a code that are looked through for what to show of it. */
const SHOWN_FROM = 100_000;

/**
 * Executions that a search finds, newest first. What is common is found by walking back from the newest: at a glance, or
 * by the first walk. What that shows to be rare is found by the index of texts, if the words have trigrams; what neither
 * finds soon is walked for until time is up, and the answer says how far that was. Measured: `npm run bench:answers`.
 * @param after begins behind that place; null: at the newest
 * @param clock ms that never go back
 */
export async function findExecutions(
  db: Kysely<Database>,
  search: Search,
  after: Place | null,
  limit: number,
  { glance, firstWalk, nextWalk, budgetMs }: Effort,
  clock: () => number
): Promise<Found> {
  const began = clock();
  const rows: FoundRow[] = [];
  let counted = 0;
  let place = after;
  for (let walks = 0; ; walks++) {
    const walk = [glance, firstWalk][walks] ?? nextWalk;
    const walked = await walkBack(db, search, place, limit - rows.length, walk);
    rows.push(...walked.rows);
    counted += walked.matched;
    place = walked.last;
    const exact = !place && !after;
    if (rows.length >= limit || !place) return { rows, counted, exact, stopped: null };
    if (walks === 1 && isIndexed(search)) {
      const found = await lookUp(db, search, after, limit);
      if (found) return { ...found, stopped: null };
    }
    if (clock() - began > budgetMs) return { rows, counted, exact: false, stopped: place };
  }
}

const SHOWN = sql`
  l.id, l.username, l.timestamp, l.notebook_path, l.cell_number, l.status, l.execution_time_ms, l.error_message, l.client,
  l.kernel_name, left(l.code, ${sql.lit(SHOWN_FROM)}) AS code`;

const behind = (after: Place | null): RawBuilder<unknown> =>
  after ? sql`(l.timestamp, l.id) < (${after.timestamp}::timestamptz, ${after.id}::uuid)` : sql`true`;

/** @returns last: where the walk ended; null when it came to the end */
async function walkBack(db: Kysely<Database>, search: Search, after: Place | null, limit: number, walk: number) {
  const { rows } = await sql<FoundRow & { matched: number; last: Place | null }>`
    WITH ${walkedMatches(search, behind(after), walk)},
    ended AS (SELECT timestamp, id FROM looked ORDER BY timestamp, id LIMIT 1),
    facts AS (
      SELECT (SELECT count(*) FROM matched) AS matched,
             CASE WHEN (SELECT count(*) FROM looked) = ${walk} THEN (SELECT timestamp FROM ended) END AS last_at,
             (SELECT id FROM ended) AS last_id)
    SELECT f.matched, f.last_at, f.last_id, ${SHOWN}
      FROM facts f
      LEFT JOIN (SELECT id, timestamp FROM matched ORDER BY timestamp DESC, id DESC LIMIT ${limit}) AS m ON true
      LEFT JOIN code_execution_logs l ON l.id = m.id AND l.timestamp = m.timestamp
     ORDER BY l.timestamp DESC, l.id DESC`.execute(db);
  const { matched, last_at, last_id } = rows[0] as unknown as {
    matched: number;
    last_at: string | null;
    last_id: string;
  };
  const last: Place | null = last_at === null ? null : { timestamp: last_at, id: last_id };
  return { rows: shown(rows), matched, last };
}

/** @returns null when there are too many to look up */
async function lookUp(db: Kysely<Database>, search: Search, after: Place | null, limit: number) {
  const { rows } = await sql<FoundRow & { looked_up: number; counted: number }>`
    WITH ${indexedMatches(search, await searchReached(db))},
    page AS (
      SELECT l.id, l.timestamp FROM matched l WHERE ${behind(after)}
       ORDER BY l.timestamp DESC, l.id DESC LIMIT ${limit})
    SELECT (SELECT count(*) FROM found) AS looked_up, (SELECT count(*) FROM matched) AS counted, ${SHOWN}
      FROM (SELECT) AS one
      LEFT JOIN page ON true
      LEFT JOIN code_execution_logs l ON l.id = page.id AND l.timestamp = page.timestamp
     ORDER BY l.timestamp DESC, l.id DESC`.execute(db);
  const { looked_up, counted } = rows[0]!;
  return looked_up > MOST_INDEXED ? null : { rows: shown(rows), counted, exact: true };
}

/** Without the one row that only carries the facts where nothing was found, and without the facts. */
function shown(rows: readonly FoundRow[]): FoundRow[] {
  return rows
    .filter(({ id }) => id !== null)
    .map(({ id, username, timestamp, notebook_path, cell_number, status, execution_time_ms, error_message, client, kernel_name, code }) => ({
      id, username, timestamp, notebook_path, cell_number, status, execution_time_ms, error_message, client, kernel_name, code
    })); // prettier-ignore
}
