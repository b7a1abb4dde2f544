import pg from 'pg';
import { type Log } from '../log.js';
import { clientConfig } from './open.js';

/** The channel of Postgres that announcements go by. */
export const CHANNEL = 'celltrail_changed';
/** Bytes of one NOTIFY; Postgres takes less than 8000. */
const MAX_PAYLOAD_BYTES = 7_500;
/** Names that may wait while the database is away; beyond it everyone is told. */
const MAX_WAITING = 1_000;
const RETRY_MS = 1_000;

/** Tells every server of the database whose record changed. */
export interface Announcer {
  /** After a commit. Returns at once; what can't be told now is told when the database is back. */
  announce: (usernames: readonly string[]) => void;
  /** Tells what waits, then ends. */
  close(): Promise<void>;
}

/**
 * An announcer with a connection of its own: NOTIFY inside a transaction would hold a lock over the whole server until
 * its commit is flushed. While one NOTIFY is under way, names gather for the next.
 */
export function createAnnouncer(connection: string, log: Log): Announcer {
  const names = createNames();
  const line = createLine(connection);
  let telling: Promise<void> | null = null;
  let retry: NodeJS.Timeout | null = null;

  const tell = async (): Promise<void> => {
    for (let payload = names.take(); payload; payload = names.take()) {
      try {
        await line.notify(payload);
      } catch (error) {
        names.everyone(); // whose change this was: a question too many, none too few
        throw error;
      }
    }
  };
  const start = (): void => {
    if (telling || retry) return;
    telling = tell()
      .catch((error: Error) => {
        log.warn({ error: error.message }, 'changes not announced; trying again');
        retry = setTimeout(again, RETRY_MS);
        retry.unref();
      })
      .finally(() => {
        telling = null;
        if (!names.isEmpty()) start(); // what came while the last one was told
      });
  };
  const again = (): void => {
    retry = null;
    start();
  };
  return {
    announce(usernames) {
      names.add(usernames);
      start();
    },
    async close() {
      await telling;
      if (retry) clearTimeout(retry);
      retry = null;
      await line.close();
    }
  };
}

/** A connection that is made when it is needed, and anew when it broke. */
function createLine(connection: string): { notify(payload: string): Promise<void>; close(): Promise<void> } {
  let client: pg.Client | null = null;
  const forget = (which: pg.Client): void => {
    if (client === which) client = null;
  };
  return {
    async notify(payload) {
      if (!client) {
        const fresh = new pg.Client(clientConfig(connection));
        fresh.on('error', () => forget(fresh));
        fresh.on('end', () => forget(fresh));
        await fresh.connect();
        client = fresh;
      }
      await client.query('SELECT pg_notify($1, $2)', [CHANNEL, payload]);
    },
    async close() {
      await client?.end();
    }
  };
}

/** The names that wait, each once. */
interface Names {
  add(usernames: readonly string[]): void;
  everyone(): void;
  isEmpty(): boolean;
  /** The next payload: a JSON list of names, or `null` for everyone; the empty text when none waits. */
  take(): string;
}

function createNames(): Names {
  const waiting = new Set<string>();
  let all = false;
  return {
    add(usernames) {
      for (const username of usernames) waiting.add(username);
      if (waiting.size > MAX_WAITING) all = true;
    },
    everyone: () => void (all = true),
    isEmpty: () => !all && !waiting.size,
    take() {
      const everyone = all;
      all = false;
      if (!everyone) return waiting.size ? takePayload(waiting) : '';
      waiting.clear();
      return 'null';
    }
  };
}

/** Takes as many names as one NOTIFY holds, at least one; a name too long for any is a change of everyone's. */
function takePayload(waiting: Set<string>): string {
  const taken: string[] = [];
  let bytes = 2;
  for (const username of waiting) {
    const size = Buffer.byteLength(JSON.stringify(username)) + 1;
    if (bytes + size > MAX_PAYLOAD_BYTES) {
      if (taken.length) break;
      waiting.delete(username);
      return 'null';
    }
    bytes += size;
    taken.push(username);
    waiting.delete(username);
  }
  return JSON.stringify(taken);
}
