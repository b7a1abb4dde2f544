import { randomUUID } from 'node:crypto';
import { type Log } from '../log.js';
import { problem, type ProblemError } from '../problems.js';
import { type Committed, type Fate, RowMoved, type Work } from '../store/commit.js';
import { type EventRow } from '../store/event-rows.js';
import { type ExecutionRow } from '../store/execution-rows.js';
import { type Arrival } from '../store/page-sequences.js';
import { type PresenceRow } from '../store/presence.js';
import { databaseProblem } from '../store/database-problem.js';
import { isUnreachable } from '../store/unreachable.js';

/** One event of a request, ready to be stored. */
export type Item = { kind: 'execution'; row: ExecutionRow } | { kind: 'event'; row: EventRow };

/** An event that the database can't hold, or that our own code fails on. */
export interface Refused {
  refused: ProblemError;
}

/** What is written beside the events: how pages stand, and which of their numbers were refused. */
export interface Aside {
  pages: readonly PresenceRow[];
  refused: readonly Arrival[];
}

const NOTHING: Aside = { pages: [], refused: [] };

/** What became of one item. */
export type Outcome = Fate | Refused;

/** How often a transaction that another one was in the way of is tried again at once. */
const TRIES = 4;

/** What an error of a transaction says about its events. */
type Fault = 'passing' | 'again' | 'events';

/**
 * Commits items together; where the database refuses the data of some, halves them until those stand alone, so that
 * one poison event fails nobody else's.
 * @returns outcomes in the order of the items
 * @throws `database-…` when the fault is the database's: what was committed by then is safe to send again
 */
export async function commitApart(
  items: readonly Item[],
  aside: Aside,
  store: (work: Work) => Promise<Committed>,
  onChanged: (usernames: string[]) => void,
  log: Log
): Promise<Outcome[]> {
  const result = await attempt(items, aside, store);
  if ('committed' in result) {
    if (result.committed.changed.size) onChanged([...result.committed.changed]);
    return inOrder(items, result.committed);
  }
  const halves = async (at: number): Promise<Outcome[]> => [
    ...(await commitApart(items.slice(0, at), NOTHING, store, onChanged, log)),
    ...(await commitApart(items.slice(at), NOTHING, store, onChanged, log))
  ];
  // What stands aside leaves first: it is not worth an event, and may be the poison.
  if (aside.pages.length || aside.refused.length) return asideApart(items, aside, store, onChanged, log);
  if (items.length > 1) return halves(items.length >> 1);
  const refused = items.map(() => ({ refused: refusal(result.error, log) }));
  // Its number is accounted for all the same.
  await alone({ pages: [], refused: items.flatMap(numberOf) }, store, log);
  return refused;
}

async function asideApart(
  ...[items, { pages, refused }, store, onChanged, log]: Parameters<typeof commitApart>
): Promise<Outcome[]> {
  const outcomes = await commitApart(items, NOTHING, store, onChanged, log);
  for (const page of pages) await alone({ pages: [page], refused: [] }, store, log);
  for (const number of refused) await alone({ pages: [], refused: [number] }, store, log);
  return outcomes;
}

async function alone(aside: Aside, store: (work: Work) => Promise<Committed>, log: Log): Promise<void> {
  const result = await attempt([], aside, store);
  if ('error' in result) refusal(result.error, log);
}

function numberOf({ row: { page_id, page_seq, username } }: Item): Arrival[] {
  return page_id === null || page_seq === null ? [] : [{ page_id, page_seq, username }];
}

/** @throws the problem that a fault of the database's is */
async function attempt(
  items: readonly Item[],
  aside: Aside,
  store: (work: Work) => Promise<Committed>
): Promise<{ committed: Committed } | { error: unknown }> {
  for (let tries = 1; ; tries++) {
    try {
      return { committed: await store(toWork(items, aside)) };
    } catch (error) {
      const fault = faultOf(error);
      // A refusal is for good. What only the driver says, and of one event, may be its connection's: looked at twice.
      const isSure = items.length > 1 || tries > 1 || sqlStateOf(error) !== null;
      if (fault === 'events' && isSure) return { error };
      if (fault === 'passing' || tries === TRIES) throw passing(error);
    }
  }
}

function toWork(items: readonly Item[], { pages, refused }: Aside): Work {
  return {
    executions: items.flatMap(item => (item.kind === 'execution' ? [item.row] : [])),
    events: items.flatMap(item => (item.kind === 'event' ? [item.row] : [])),
    pages,
    refused
  };
}

function inOrder(items: readonly Item[], { executions, events }: Committed): Fate[] {
  let [e, o] = [0, 0];
  return items.map(({ kind }) => (kind === 'execution' ? executions[e++]! : events[o++]!));
}

/** PostgreSQL, appendix A: data exceptions, integrity violations, program limits, our own triggers. */
const OF_THE_EVENTS = /^(22...|23...|54...|CT...)$/;
/** Deadlock, serialization failure, lock not available: another transaction was in the way. */
const OF_ANOTHER = /^(40P01|40001|55P03)$/;

function faultOf(error: unknown): Fault {
  if (error instanceof RowMoved) return 'again';
  const code = sqlStateOf(error);
  // Without an SQLSTATE it is a bug of ours on one of these events: alone it fails only itself.
  if (code === null || OF_THE_EVENTS.test(code)) return isUnreachable(error) ? 'passing' : 'events';
  return OF_ANOTHER.test(code) ? 'again' : 'passing';
}

/** What Postgres says; null: it was not Postgres that said it. */
function sqlStateOf(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}

/** A fault of the database's, whether it is one that we know by name or not. */
function passing(error: unknown): ProblemError {
  const known = databaseProblem(error);
  if (known) return known;
  const code = (error as { code?: string }).code;
  const wrapped = problem('database-unreachable', { detail: code && `SQLSTATE ${code}`, fix: 'try again in a moment' });
  wrapped.cause = error;
  return wrapped;
}

/** No message of the database's: it quotes what it chokes on. */
function refusal(error: unknown, log: Log): ProblemError {
  const instance = randomUUID();
  const { name, stack } = error as { name?: string; stack?: string };
  const sqlstate = sqlStateOf(error);
  const frames = sqlstate ? undefined : stack?.split('\n').filter(line => /^\s+at /.test(line));
  log.error({ instance, sqlstate, name, frames }, 'event refused by the database');
  return sqlstate
    ? problem('field-invalid', { detail: `the database can not hold it (SQLSTATE ${sqlstate})`, instance })
    : problem('internal', { instance });
}
