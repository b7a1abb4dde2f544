import { type Kysely } from 'kysely';
import { type EventRow, findEqualEvents, insertEvents, readEvents } from './event-rows.js';
import { completeExecutions, insertExecutions, lockExecutions, type ExecutionRow } from './execution-rows.js';
import { type Arrival, noteArrivals } from './page-sequences.js';
import { seePages, type PresenceRow } from './presence.js';
import { addToRollups, rollupDeltas, type Change } from './rollups.js';
import { type Database } from './schema.js';

/** What is to be committed together. */
export interface Work {
  /** accounts of executions, several of one where several came */
  executions: readonly ExecutionRow[];
  events: readonly EventRow[];
  pages: readonly PresenceRow[];
  /** numbers of pages' events that came to nothing else: they were refused */
  refused: readonly Arrival[];
}

/** What became of one account or event. */
export type Fate = 'stored' | 'duplicate';

/** Fates in the order of the work. */
export interface Committed {
  executions: Fate[];
  events: Fate[];
  /** whose record changed */
  changed: Set<string>;
}

/** What an account of an execution is to what is known of it. */
export type Verdict = 'new' | 'completing' | 'duplicate' | 'contradiction';

/** The rules that say what to write: handed in, because the store has none of its own. */
export interface Rules {
  /**
   * Makes one row of all that is said of one execution, in the order it came.
   * @returns overruled: accounts that stood, until the sender's own took their place and said otherwise
   */
  settle(
    stored: ExecutionRow | null,
    accounts: readonly ExecutionRow[]
  ): { row: ExecutionRow | null; verdicts: Verdict[]; overruled: ExecutionRow[] };
  /** An account that contradicts the row, as an event that keeps it whole, with an id that follows from its content. */
  contradicted(account: ExecutionRow): EventRow;
  /** What to keep of an event whose id was taken by another one, likewise; null: it says what is on record already. */
  eventOpposed(stored: EventRow, event: EventRow): EventRow | null;
}

interface Group {
  id: string;
  accounts: ExecutionRow[];
  /** places of the accounts in the work */
  places: number[];
  stored: ExecutionRow | null;
  row: ExecutionRow | null;
  verdicts: Verdict[];
  overruled: ExecutionRow[];
}

/**
 * The one transaction: rows, events, rollups, presence; all of it or nothing. Safe to repeat when its outcome is not
 * known. Whatever is locked is locked in the order of its key, so replicas never wait for each other in a circle.
 * @throws what the database threw, or {@link RowMoved}; then nothing was written
 */
export async function commit(db: Kysely<Database>, work: Work, rules: Rules): Promise<Committed> {
  return db.transaction().execute(async tx => {
    const groups = groupById(work.executions);
    const changes = await writeRows(tx, groups, rules);
    const fates = groups.flatMap(({ places, verdicts }) => places.map((place, i) => [place, verdicts[i]!] as const));
    const executions: Fate[] = [];
    for (const [place, verdict] of fates) executions[place] = verdict === 'duplicate' ? 'duplicate' : 'stored';
    const events = await writeEvents(tx, work.events, rules);
    const opposed = fates.filter(([, verdict]) => verdict === 'contradiction').map(([place]) => place);
    const overruled = groups.flatMap(group => group.overruled);
    const against = [...opposed.map(place => work.executions[place]!), ...overruled];
    const kept = await insertOnce(tx, against.map(account => rules.contradicted(account))); // prettier-ignore
    opposed.forEach((place, i) => (executions[place] = kept[i]!));
    await addToRollups(tx, rollupDeltas(changes));
    await seePages(tx, work.pages);
    await noteArrivals(tx, [...work.executions, ...work.events.flatMap(toArrival), ...work.refused], work.pages);
    return { executions, events, changed: whose(work, executions, events, changes) };
  });
}

/** A row was taken away between two statements: only retention does, and the next try sees it gone. */
export class RowMoved extends Error {
  override name = 'RowMoved';
}

function groupById(accounts: readonly ExecutionRow[]): Group[] {
  const groups = new Map<string, Group>();
  accounts.forEach((account, place) => {
    const { id } = account;
    const group = groups.get(id) ?? {
      id,
      accounts: [],
      places: [],
      stored: null,
      row: null,
      verdicts: [],
      overruled: []
    };
    group.accounts.push(account);
    group.places.push(place);
    groups.set(id, group);
  });
  return [...groups.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Most executions are new, so all are tried as new; what was there is read, held and settled again. */
async function writeRows(tx: Kysely<Database>, groups: readonly Group[], rules: Rules): Promise<Change[]> {
  for (const group of groups) Object.assign(group, rules.settle(null, group.accounts));
  const inserted = await insertExecutions(tx, groups.map(({ row }) => row!)); // prettier-ignore
  const known = groups.filter(({ id }) => !inserted.has(id));
  const stored = await lockExecutions(tx, known.map(({ id }) => id)); // prettier-ignore
  for (const group of known) {
    group.stored = stored.get(group.id) ?? null;
    if (!group.stored) throw new RowMoved(`execution ${group.id} is gone`);
    Object.assign(group, rules.settle(group.stored, group.accounts));
  }
  const completing = known.filter(({ stored, row }) => row !== stored);
  const completed = await completeExecutions(tx, completing.map(({ row }) => row!)); // prettier-ignore
  if (completed.size !== completing.length) throw new RowMoved('an execution that was held open was closed');
  return groups
    .filter(({ id }) => inserted.has(id) || completed.has(id))
    .map(({ stored: before, row }) => ({ before, after: row! }));
}

async function writeEvents(tx: Kysely<Database>, events: readonly EventRow[], rules: Rules): Promise<Fate[]> {
  const fates = await insertOnce(tx, events);
  const taken = [...fates.keys()].filter(place => fates[place] === 'duplicate');
  const equal = await findEqualEvents(tx, taken.map(place => events[place]!)); // prettier-ignore
  const other = taken.filter((_, i) => !equal.has(i));
  const stored = await readEvents(tx, other.map(place => events[place]!.id)); // prettier-ignore
  const opposed = other.flatMap(place => {
    const known = stored.get(events[place]!.id);
    if (!known) throw new RowMoved('an event that was on record is gone');
    const row = rules.eventOpposed(known, events[place]!);
    return row ? [{ place, row }] : [];
  });
  const kept = await insertOnce(tx, opposed.map(({ row }) => row)); // prettier-ignore
  opposed.forEach(({ place }, i) => (fates[place] = kept[i]!));
  return fates;
}

/** Events of the server have no page. */
function toArrival({ page_id, page_seq, username }: EventRow): Arrival[] {
  return page_id === null || page_seq === null ? [] : [{ page_id, page_seq, username }];
}

/** Inserts each id once, sorted; the first that claims an id is the one that is stored. */
async function insertOnce(tx: Kysely<Database>, events: readonly EventRow[]): Promise<Fate[]> {
  const first = new Map<string, number>();
  events.forEach(({ id }, place) => first.has(id) || first.set(id, place));
  const places = [...first.values()].sort((a, b) => (events[a]!.id < events[b]!.id ? -1 : 1));
  const inserted = await insertEvents(tx, places.map(place => events[place]!)); // prettier-ignore
  return events.map(({ id }, place) => (first.get(id) === place && inserted.has(id) ? 'stored' : 'duplicate'));
}

function whose({ executions, events }: Work, first: Fate[], second: Fate[], changes: readonly Change[]): Set<string> {
  return new Set([
    ...executions.filter((_, i) => first[i] === 'stored').map(({ username }) => username),
    ...events.filter((_, i) => second[i] === 'stored').map(({ username }) => username),
    // Another person's page may have completed the row, or given it to whom it belongs.
    ...changes.flatMap(({ before, after }) => (before ? [before.username, after.username] : [after.username]))
  ]);
}
