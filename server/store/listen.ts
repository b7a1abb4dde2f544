import pg from 'pg';
import { type Log } from '../log.js';
import { clientConfig } from './open.js';

const CHANNEL = 'celltrail_changed';
/** Bytes of one NOTIFY; Postgres takes less than 8000. */
const MAX_PAYLOAD_BYTES = 7_500;
/** Names that may wait while the database is away; beyond it everyone is told. */
const MAX_WAITING = 1_000;
const RETRY_MS = 1_000;

/** Tells every server of the database whose record changed. */
export interface Announcer {
  /** After a commit. Returns at once; what cannot be told now is told when the database is back. */
  announce: (usernames: readonly string[]) => void;
  /** Tells what waits, then ends. */
  close(): Promise<void>;
}

/**
 * An announcer with a connection of its own: NOTIFY inside a transaction would hold a lock over the whole server until
 * its commit is flushed. While one NOTIFY is under way, names gather for the next.
 */
export function createAnnouncer(connection: string, log: Log): Announcer {
  const waiting = new Set<string>();
  let everyone = false;
  let client: pg.Client | null = null;
  let telling: Promise<void> | null = null;
  let retry: NodeJS.Timeout | null = null;

  const connected = async (): Promise<pg.Client> => {
    if (client) return client;
    const fresh = new pg.Client(clientConfig(connection));
    fresh.on('error', () => (client = null));
    fresh.on('end', () => (client = null));
    await fresh.connect();
    return (client = fresh);
  };
  const tell = async (): Promise<void> => {
    const held = await connected();
    while (waiting.size || everyone) {
      const payload = everyone ? 'null' : takePayload(waiting);
      if (everyone) waiting.clear();
      everyone = false;
      try {
        await held.query('SELECT pg_notify($1, $2)', [CHANNEL, payload]);
      } catch (error) {
        everyone = true; // whose change this was is told to everyone: a question too many, none too few
        throw error;
      }
    }
  };
  const start = (): void => {
    if (telling || retry) return;
    telling = tell()
      .catch((error: Error) => {
        log.warn({ error: error.message }, 'changes not announced; trying again');
        retry = setTimeout(() => ((retry = null), start()), RETRY_MS);
        retry.unref();
      })
      .finally(() => (telling = null));
  };
  return {
    announce(usernames) {
      for (const username of usernames) waiting.add(username);
      if (waiting.size > MAX_WAITING) everyone = true;
      start();
    },
    async close() {
      await telling;
      if (retry) clearTimeout(retry);
      retry = null;
      await client?.end();
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

/** Hears what announcers tell. */
export interface ChangeListener {
  close(): Promise<void>;
}

/**
 * Listens on a connection of its own and comes back when it breaks.
 * @param onChange whose record changed; null when that can't be told, as after a break: what was missed is unknown
 */
export function listenForChanges(
  connection: string,
  log: Log,
  onChange: (usernames: readonly string[] | null) => void
): ChangeListener {
  let client: pg.Client | null = null;
  let retry: NodeJS.Timeout | null = null;
  let closed = false;
  let connecting: Promise<void>;

  const again = (from: pg.Client): void => {
    if (closed || client !== from) return;
    client = null;
    retry = setTimeout(() => {
      connecting = connect(true);
    }, RETRY_MS);
    retry.unref();
  };
  const connect = async (after: boolean): Promise<void> => {
    const fresh = new pg.Client(clientConfig(connection));
    client = fresh;
    fresh.on('error', error => log.warn({ error: error.message }, 'no longer hearing of changes; trying again'));
    fresh.on('end', () => again(fresh));
    fresh.on('notification', ({ channel, payload }) => {
      if (channel === CHANNEL) onChange(readPayload(payload));
    });
    try {
      await fresh.connect();
      await fresh.query(`LISTEN ${CHANNEL}`);
      if (after) onChange(null);
    } catch (error) {
      log.warn({ error: (error as Error).message }, 'not hearing of changes; trying again');
      await fresh.end();
      again(fresh);
    }
  };
  connecting = connect(false);
  return {
    async close() {
      closed = true;
      if (retry) clearTimeout(retry);
      await connecting;
      await client?.end();
    }
  };
}

/** Anyone who may connect may NOTIFY, so nothing is taken on trust: a text that is no list of names means everyone. */
function readPayload(payload: string | undefined): string[] | null {
  try {
    const value: unknown = JSON.parse(payload ?? '');
    return Array.isArray(value) && value.every(name => typeof name === 'string') ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
