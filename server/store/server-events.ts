import { randomUUID } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { insertEvents } from './event-rows.js';
import { type Database } from './schema.js';

/** Kinds of events that the server itself states. */
export type ServerEventType =
  | 'access.read'
  | 'access.denied'
  | 'token.created'
  | 'token.revoked'
  | 'export.started'
  | 'export.made'
  | 'server.started'
  | 'server.stopped';

/** What the server states. */
export interface ServerEvent {
  /** for one that may have to be tried again; drawn when it is missing */
  id?: string;
  type: ServerEventType;
  /** whose deed it is; `-` where nobody can tell */
  username: string;
  at: Date;
  /** what the kind says beside that */
  body: Record<string, unknown>;
}

/** Where a server serves: two can't be there at once. */
export interface ServerPlace {
  /** the machine's name */
  host: string;
  port: number;
}

/** Puts it on record. Resolves when it is committed. */
export async function recordServerEvent(db: Kysely<Database>, event: ServerEvent): Promise<void> {
  const id = event.id ?? randomUUID();
  const observed_at = event.at.toISOString();
  const body = { id, type: event.type, observed_at, ...event.body };
  const { type, username } = event;
  await insertEvents(db, [{ id, type, username, observed_at, page_id: null, page_seq: null, kernel_id: null, body }]);
}

/** How a server's life at one place ended before, as the record has it: in order, or not at all. */
export async function lastLifeAt(db: Kysely<Database>, place: ServerPlace): Promise<'stopped' | 'killed' | null> {
  const { rows } = await sql<{ type: ServerEventType }>`
    SELECT type FROM audit_events
     WHERE type IN ('server.started', 'server.stopped')
       AND body ->> 'host' = ${place.host} AND body -> 'port' = to_jsonb(${sql.val(place.port)}::int)
     ORDER BY observed_at DESC, stored_at DESC LIMIT 1`.execute(db);
  if (!rows[0]) return null;
  return rows[0].type === 'server.stopped' ? 'stopped' : 'killed';
}
