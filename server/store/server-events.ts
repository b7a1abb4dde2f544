import { randomUUID } from 'node:crypto';
import { type Kysely } from 'kysely';
import { insertEvents } from './event-rows.js';
import { type Database } from './schema.js';

/** Kinds of events that the server itself states. */
export type ServerEventType = 'access.read' | 'access.denied' | 'token.created' | 'token.revoked' | 'export.made';

/** What the server states. */
export interface ServerEvent {
  type: ServerEventType;
  /** whose deed it is; `-` where nobody can tell */
  username: string;
  at: Date;
  /** what the kind says beside that */
  body: Record<string, unknown>;
}

/** Puts it on record. Resolves when it is committed. */
export async function recordServerEvent(db: Kysely<Database>, event: ServerEvent): Promise<void> {
  const id = randomUUID();
  const observed_at = event.at.toISOString();
  const body = { id, type: event.type, observed_at, ...event.body };
  const { type, username } = event;
  await insertEvents(db, [{ id, type, username, observed_at, page_id: null, page_seq: null, kernel_id: null, body }]);
}
