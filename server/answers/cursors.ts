import { type Kysely } from 'kysely';
import { openCursor, sealCursor } from '../formats/cursor.js';
import { problem } from '../problems.js';
import { type Database } from '../store/schema.js';
import { serverSecret } from '../store/server-secret.js';

/** Hands out the places where pages of answers go on, and takes them back. */
export interface Cursors {
  /** @param subject the question with all it was asked by, and who asked */
  seal(subject: string, place: readonly string[]): Promise<string>;
  /** @throws `field-invalid` for one that was altered, or that belongs to another question or person */
  open(subject: string, cursor: string): Promise<string[]>;
}

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
      if (!place) throw problem('field-invalid', { field: 'cursor', fix: 'begin again without one' });
      return place;
    }
  };
}
