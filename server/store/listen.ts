import pg from 'pg';
import { type Log } from '../log.js';
import { CHANNEL } from './announce.js';
import { clientConfig } from './open.js';

const RETRY_MS = 1_000;

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
