import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely } from 'kysely';
import { type Log } from '../log.js';
import { type Database } from '../store/schema.js';
import { lastLifeAt, recordServerEvent, type ServerPlace } from '../store/server-events.js';
import { SERVER_VERSION } from '../version.js';

/** What ended a server in order. */
export type StopReason = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'asked';

/** A server's life, whose beginning is on record or will be. */
export interface Life {
  /** Puts the end on record, where the database takes it in time: nobody waits for a dead one. */
  ends(reason: StopReason): Promise<void>;
}

/** What a life is made of. */
export interface LifeParts {
  db: Kysely<Database>;
  log: Log;
  place: ServerPlace;
  now: () => Date;
  /** until the beginning is tried again, ms */
  againMs?: number;
}

/** How long the end may wait for its record, ms: who stops a server gives it some seconds in all. */
const LAST_WORDS_MS = 2_000;

/**
 * States that a server began, as soon as the database takes it, and when it ends, that it did. `previous` says how the one before at that place ended: `stopped` in order,
 * `killed` without a word, null when there was none. Only the record can tell: who is killed says nothing.
 */
export function beginLife({ db, log, place, now, againMs = 10_000 }: LifeParts): Life {
  const run = randomUUID();
  const about = { run, ...place, version: SERVER_VERSION };
  const ended = new AbortController();
  let begun = false;

  /** With an id of its own for all tries: a commit whose answer was lost is not put on record twice. */
  const first = { id: randomUUID(), type: 'server.started', username: '-', at: now() } as const;
  const begin = async (): Promise<void> => {
    try {
      const previous = await lastLifeAt(db, place);
      await recordServerEvent(db, { ...first, body: { ...about, previous } });
      begun = true;
      if (previous === 'killed') log.warn(place, 'the server that was here before did not stop in order');
    } catch (error) {
      log.warn({ code: (error as { code?: unknown }).code }, 'that the server began is not on record yet');
    }
  };
  const beginOften = async (): Promise<void> => {
    do await begin();
    while (!begun && (await pause(againMs, ended.signal)));
  };
  const end = async (reason: StopReason, at: Date): Promise<void> => {
    try {
      await beginning;
      await recordServerEvent(db, { type: 'server.stopped', username: '-', at, body: { ...about, reason } });
    } catch (error) {
      log.warn({ code: (error as { code?: unknown }).code }, 'that the server stopped is not on record');
    }
  };
  const beginning = beginOften();
  return {
    ends: reason => {
      ended.abort();
      return Promise.race([end(reason, now()), pause(LAST_WORDS_MS).then(() => undefined)]);
    }
  };
}

/** @returns false when it was cut short */
function pause(ms: number, signal?: AbortSignal): Promise<boolean> {
  return sleep(ms, undefined, { signal, ref: false }).then(
    () => true,
    () => false
  );
}
