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
}

/** @param now the clock */
export function createAccess(db: Kysely<Database>, now: () => Date): Access {
  const readings = new Map<string, number>();
  return {
    async read(reader, runs, where) {
      const at = now();
      const fresh = runs.filter(
        ({ id, username }) =>
          username !== reader.username && (readings.get(keyOf(reader, id)) ?? 0) + ONE_READING_MS <= at.getTime()
      );
      if (!fresh.length) return;
      const body = {
        where,
        role: reader.role,
        of: [...new Set(fresh.map(({ username }) => username))].sort(),
        executions: fresh.map(({ id }) => id)
      };
      await recordServerEvent(db, { type: 'access.read', username: reader.username, at, body });
      for (const { id } of fresh) {
        const key = keyOf(reader, id);
        readings.delete(key); // to the end: a Map keeps the order of its first entries
        readings.set(key, at.getTime());
      }
      for (const key of readings.keys()) {
        if (readings.size <= REMEMBERED) break;
        readings.delete(key);
      }
    }
  };
}

function keyOf({ username }: Reader, id: string): string {
  return `${id} ${username}`;
}
