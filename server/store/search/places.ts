import { sql, type Kysely } from 'kysely';
import { type Database } from '../schema.js';
import { type Search } from './conditions.js';
import { searchReached } from './feed.js';
import { type Place } from './find.js';
import { indexedMatches, isIndexed, MOST_INDEXED, walkedMatches } from './matches.js';

/** Rows that one walk looks at. */
const WALK = 5_000;
/** A first walk that finds fewer shows a search rare enough for the index of texts. */
const RARE = WALK / 10;

/**
 * Where all matches of a search are, newest first, a few thousand at a time; each statement is short, and nothing is
 * held between two of them. Rows that come later than the first statement and are newer are not among them.
 * @param after begins behind that place; null: at the newest
 */
export async function* matchingPlaces(
  db: Kysely<Database>,
  search: Search,
  after: Place | null
): AsyncGenerator<Place[]> {
  for (let place = after, first = true; ; first = false) {
    const { places, last } = await walk(db, search, place);
    if (places.length) yield places;
    if (!last) return;
    place = last;
    const rest = first && places.length < RARE && isIndexed(search) ? await lookUp(db, search, last) : null;
    if (!rest) continue;
    if (rest.length) yield rest;
    return;
  }
}

/** Where a run is. @param username whose it must be; null for anyone's @returns null where there is none such */
export async function placeOf(db: Kysely<Database>, id: string, username: string | null): Promise<Place | null> {
  const { rows } = await sql<Place>`
    SELECT timestamp, id FROM code_execution_logs WHERE id = ${id} AND (${username}::text IS NULL OR username = ${username})`.execute(
    db
  );
  return rows[0] ?? null;
}

const behind = (after: Place | null) =>
  after ? sql`(l.timestamp, l.id) < (${after.timestamp}::timestamptz, ${after.id}::uuid)` : sql`true`;

/** @returns last: where the walk ended; null when it came to the end */
async function walk(db: Kysely<Database>, search: Search, after: Place | null) {
  const { rows } = await sql<Place & { ended: boolean }>`
    WITH ${walkedMatches(search, behind(after), WALK)},
    ended AS (
      SELECT timestamp, id FROM looked WHERE (SELECT count(*) FROM looked) = ${WALK}
       ORDER BY timestamp, id LIMIT 1)
    SELECT timestamp, id, false AS ended FROM matched UNION ALL SELECT timestamp, id, true FROM ended
     ORDER BY ended, timestamp DESC, id DESC`.execute(db);
  const places = rows.filter(({ ended }) => !ended).map(({ timestamp, id }) => ({ timestamp, id }));
  const last = rows.find(({ ended }) => ended);
  return { places, last: last ? { timestamp: last.timestamp, id: last.id } : null };
}

/** @returns null when there are too many to look up */
async function lookUp(db: Kysely<Database>, search: Search, after: Place): Promise<Place[] | null> {
  const { rows } = await sql<Place & { looked_up: number }>`
    WITH ${indexedMatches(search, await searchReached(db))}
    SELECT (SELECT count(*) FROM found) AS looked_up, m.timestamp, m.id FROM (SELECT) AS one LEFT JOIN (
      SELECT l.timestamp, l.id FROM matched l WHERE ${behind(after)}) AS m ON true
     ORDER BY m.timestamp DESC, m.id DESC`.execute(db);
  if (rows[0]!.looked_up > MOST_INDEXED) return null;
  return rows.filter(({ id }) => id !== null).map(({ timestamp, id }) => ({ timestamp, id }));
}
