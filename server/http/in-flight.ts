import { type IncomingMessage, type ServerResponse } from 'node:http';
import { overloaded } from '../problems.js';
import { createRate } from './rate.js';

/** Bytes of a body that is let in although much waits: what a page tells of the run that just ended. */
export const SMALL_BODY_BYTES = 16 * 1024;

/**
 * What large bodies may have of the room together, as a share. Reading and checking one takes the only thread for some
 * milliseconds: of ten thousand that come at once a few are read, and the others come again, while small ones pass.
 */
const FOR_LARGE = 1 / 16;

/** How many times as long as usual those are spread at most who are told to come later. */
const MOST_TIMES = 6;
const HALF_MS = 5_000;

/** Bounds the bodies that are in memory at once, from their first byte to their answer. */
export interface InFlight {
  /**
   * Makes room for a body before it is read, until its answer is sent.
   * @param most bytes that a body of this route may have
   * @throws `overloaded` when there is none
   */
  admit(request: IncomingMessage, response: ServerResponse, most: number): void;
  /** Told how long a body is that did not say so: compressed, or in pieces. */
  measured(response: ServerResponse, bytes: number): void;
  /** bytes that are held now */
  bytes(): number;
}

/** What else keeps large bodies out. */
export interface Pressure {
  /** Whether so much waits to be stored that a large body would be read in vain. */
  crowded: () => boolean;
  /** Whether large bodies would keep others from being let in: they are read one at a time then. */
  pouring: () => boolean;
}

const NONE: Pressure = { crowded: () => false, pouring: () => false };

/** @param maxBytes of all bodies together, at least one of the largest */
export function createInFlight(maxBytes: number, { crowded, pouring } = NONE): InFlight {
  let total = 0;
  let large = 0;
  const taken = createRate(HALF_MS);
  const turnedAway = createRate(HALF_MS);
  // The more there are for each that is let in, the longer it takes until all of them are.
  const times = (): number =>
    Math.min(MOST_TIMES, Math.max(1, turnedAway.perSecond() / Math.max(1, taken.perSecond())));
  const held = new WeakMap<ServerResponse, number>();
  const hold = (response: ServerResponse, bytes: number): void => {
    const before = held.get(response) ?? 0;
    total += bytes - before;
    large += largeOf(bytes) - largeOf(before);
    held.set(response, bytes);
  };
  return {
    admit(request, response, most) {
      // Who has gone is answered no more, and would hold its room for ever.
      if (request.socket.destroyed) return;
      const wanted = declaredBytes(request, most);
      const isSmall = wanted <= SMALL_BODY_BYTES;
      // One that is larger than the room of large ones is taken when none of them is there; else it would never be.
      const beside = pouring() ? 0 : maxBytes * FOR_LARGE;
      const fits = total + wanted <= maxBytes && (isSmall || large === 0 || large + wanted <= beside);
      if (!fits || (!isSmall && crowded())) {
        turnedAway.note();
        throw overloaded(times());
      }
      if (!isSmall) taken.note();
      hold(response, wanted);
      response.once('close', () => hold(response, 0));
    },
    measured(response, bytes) {
      if (held.get(response)) hold(response, bytes);
    },
    bytes: () => total
  };
}

const largeOf = (bytes: number): number => (bytes > SMALL_BODY_BYTES ? bytes : 0);

/** What a body may take: what it says, or the most where that says nothing of the bytes that come out. */
function declaredBytes({ headers }: IncomingMessage, most: number): number {
  const encoding = headers['content-encoding'] ?? 'identity';
  const length = Number(headers['content-length'] ?? NaN);
  return encoding === 'identity' && length >= 0 ? Math.min(length, most) : most;
}
