import { isDeepStrictEqual } from 'node:util';
import { digestId } from '@celltrail/protocol';
import { type EventRow } from '../store/event-rows.js';
import { contradictedEvent } from './contradiction.js';

/** What a page adds to any event: who saw it, and when. */
const ENVELOPE = ['observed_at', 'page_id', 'page_seq', 'original_json'];
/** What one page of a kernel may know and another not. */
const OF_A_KERNEL = [...ENVELOPE, 'kernel_name', 'notebook_path', 'reason'];

/** Kinds that several pages see alike, and what they may differ in while they still tell of the same. */
const OBSERVATIONS: Readonly<Record<string, readonly string[]>> = {
  'kernel.started': OF_A_KERNEL,
  'kernel.restarted': OF_A_KERNEL,
  'kernel.died': OF_A_KERNEL,
  'capture.gap': ENVELOPE,
  // Each page sees a terminal close when it looks, which is every ten seconds.
  'terminal.opened': ENVELOPE,
  'terminal.closed': [...ENVELOPE, 'duration_ms'],
  // A page that came during the run saw no more than its end.
  'execution.unseen': [...ENVELOPE, 'kernel_name', 'timestamp', 'execution_time_ms']
};

/**
 * What to keep of an event whose id another one has. Two pages of one person that saw the same make the same id: the
 * first word stands, the second says nothing new (null). Another person's page, on a kernel that both use, is a second
 * witness: kept as an event of that person's own, once. Anything else is a contradiction and kept as one.
 */
export function opposedEvent(stored: EventRow, event: EventRow): EventRow | null {
  if (!isSameObservation(stored, event)) return contradictedEvent(event);
  if (stored.username === event.username) return null;
  // The same event from the same person again has the same id.
  return { ...event, id: digestId(`${event.id}\0${event.username}`) };
}

function isSameObservation(a: EventRow, b: EventRow): boolean {
  const soft = OBSERVATIONS[b.type];
  return soft !== undefined && a.type === b.type && isDeepStrictEqual(facts(a.body, soft), facts(b.body, soft));
}

// What was left out and what is null is the same: not known.
function facts(body: Record<string, unknown>, soft: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([name, value]) => value != null && !soft.includes(name)));
}
