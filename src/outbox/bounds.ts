import type { OutboxBounds } from '../tokens.js';
import type { Entry } from './entry.js';

/** How much the browser keeps, waiting and refused together. */
export interface Volume {
  events: number;
  /** UTF-8 bytes of their JSON */
  bytes: number;
}

/** Nothing is kept. */
export const EMPTY: Volume = { events: 0, bytes: 0 };

/** After a full outbox, what was lost is told when it is this empty again: one statement for the whole gap. */
const ROOM_AGAIN = 0.9;

/** A day of use begins so long after the one before, in ms. */
const DAY_MS = 24 * 60 * 60 * 1000;

/** Whether no room is left. An event that alone is larger than all room leaves the rest its room. */
export function isFull({ events, bytes }: Volume, { maxEvents, maxBytes }: OutboxBounds): boolean {
  return events >= maxEvents || bytes >= maxBytes;
}

/** Whether there is so much room that what was lost before can be told. */
export function hasRoomAgain({ events, bytes }: Volume, { maxEvents, maxBytes }: OutboxBounds): boolean {
  return events <= maxEvents * ROOM_AGAIN && bytes <= maxBytes * ROOM_AGAIN;
}

/**
 * What of these there is room for, in their order. What was captured first stays: a flood must not wash away the
 * evidence of its beginning.
 */
export function admit<E extends Pick<Entry, 'bytes'>>(
  entries: readonly E[],
  volume: Volume,
  { maxEvents, maxBytes }: OutboxBounds
): { kept: E[]; lost: E[]; volume: Volume } {
  let { events, bytes } = volume;
  const [kept, lost]: [E[], E[]] = [[], []];
  for (const entry of entries) {
    const fits = events < maxEvents && bytes + entry.bytes <= maxBytes;
    (fits ? kept : lost).push(entry);
    if (!fits) continue;
    events += 1;
    bytes += entry.bytes;
  }
  return { kept, lost, volume: { events, bytes } };
}

/** A count of the days on which the browser was used with JupyterLab, and when the last began. */
export interface Day {
  number: number;
  /** Unix ms */
  at: number;
}

/**
 * The day it is now. A clock that jumps by ten years makes one day of it: what waits must not be thrown away because a
 * clock was wrong, or because a laptop lay in a drawer.
 * @param now Unix ms
 */
export function dayOf(last: Day | undefined, now: number): Day {
  if (last === undefined) return { number: 1, at: now };
  return Math.abs(now - last.at) >= DAY_MS ? { number: last.number + 1, at: now } : last;
}
