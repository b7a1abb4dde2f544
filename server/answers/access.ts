import { type Kysely } from 'kysely';
import { type Role } from '@celltrail/protocol';
import { type Database } from '../store/schema.js';
import { recordServerEvent } from '../store/server-events.js';

/** Who reads. */
export interface Reader {
  username: string;
  role: Role;
}

/** A screen that is looked at again and again is one reading for that long, in ms. */
export const ONE_READING_MS = 15 * 60_000;

/** Readings that are remembered; beyond it the oldest are forgotten, and put on record once more. */
const REMEMBERED = 50_000;

/** Puts on record who reads whose code. */
export interface Access {
  /**
   * Before others' runs are shown: who reads which. Own runs are nobody else's business. Resolves after the commit;
   * where it fails nothing may be shown.
   * @param where the question that shows them, as `execution` or `running`
   */
  read(reader: Reader, runs: readonly { id: string; username: string }[], where: string): Promise<void>;
  /**
   * Before it is told in whose code a text stands, without a line of it: whoever asks letter by letter reads, too.
   * @param query the search, as it was typed
   */
  sought(reader: Reader, query: string, people: readonly string[]): Promise<void>;
}

/** @param now the clock */
export function createAccess(db: Kysely<Database>, now: () => Date): Access {
  const readings = new Map<string, number>();
  const remember = (keys: readonly string[], at: Date): void => {
    for (const key of keys) {
      readings.delete(key); // to the end: a Map keeps the order of its first entries
      readings.set(key, at.getTime());
    }
    for (const key of readings.keys()) {
      if (readings.size <= REMEMBERED) break;
      readings.delete(key);
    }
  };
  /** Puts on record what of it is others' and new. @param keyOf what is one reading when it comes again */
  const note = async <Seen extends { username: string }>(
    reader: Reader,
    seen: readonly Seen[],
    keyOf: (one: Seen) => string,
    tell: (fresh: readonly Seen[]) => Record<string, unknown>
  ): Promise<void> => {
    const at = now();
    const key = (one: Seen): string => `${keyOf(one)} ${reader.username}`;
    const fresh = seen.filter(
      one => one.username !== reader.username && (readings.get(key(one)) ?? 0) + ONE_READING_MS <= at.getTime()
    );
    if (!fresh.length) return;
    const of = [...new Set(fresh.map(({ username }) => username))].sort();
    const body = { role: reader.role, of, ...tell(fresh) };
    await recordServerEvent(db, { type: 'access.read', username: reader.username, at, body });
    remember(fresh.map(key), at);
  };
  return {
    read: (reader, runs, where) =>
      note(
        reader,
        runs,
        ({ id }) => id,
        fresh => ({ where, executions: fresh.map(({ id }) => id) })
      ),
    sought: (reader, query, people) =>
      note(
        reader,
        people.map(username => ({ username })),
        ({ username }) => JSON.stringify([query, username]),
        () => ({ where: 'facets', executions: [], query })
      )
  };
}
