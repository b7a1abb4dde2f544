import { type Kysely } from 'kysely';
import { openCursor, sealCursor, type Cursors } from '../formats/cursor.js';
import { problem } from '../problems.js';
import { type Database } from '../store/schema.js';
import { serverSecret } from '../store/server-secret.js';

/** Sealed with the secret that all servers of the database share, so any of them goes on where another stopped. */
export function createCursors(db: Kysely<Database>): Cursors {
  let known: Promise<Buffer> | null = null;
  const secret = (): Promise<Buffer> => {
    known ??= serverSecret(db).catch((error: unknown) => {
      known = null; // a database that was away must not be away for ever
      throw error;
    });
    return known;
  };
  return {
    seal: async (subject, place) => sealCursor(await secret(), subject, place),
    async open(subject, cursor) {
      const place = openCursor(await secret(), subject, cursor);
      if (!place) throw problem('cursor-invalid', { field: 'cursor', fix: 'begin again without one' });
      return place;
    }
  };
}
