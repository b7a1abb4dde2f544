import { MAX_BATCH_EVENTS, SUPPORTED_VERSIONS, isSupportedVersion, type EventAnswer } from '@celltrail/protocol';
import { ROUTES } from '@celltrail/protocol/schemas';
import { z } from 'zod';
import { type Actor } from '../../identity/actor.js';
import { problem } from '../../problems.js';
import { type Handler } from '../route.js';
import { valid } from '../validate.js';

/** The envelope of events, as the protocol has it. */
export type Batch = z.output<typeof ROUTES.postEvents.body>;

/** Stores a batch for someone and says what became of each event, after the commit. */
export type Accept = (actor: Pick<Actor, 'username'>, batch: Batch) => Promise<EventAnswer[]>;

/** Take events. The envelope is checked here, each event by itself in `ingest`, so that none fails its neighbours. */
export function postEvents(accept: Accept): Handler<'postEvents'> {
  return async ({ actor, body }) => {
    const batch = readBatch(body);
    // Between asking who is signed in and sending, another person may have signed in to the same browser.
    if (typeof batch.actor === 'string' && batch.actor !== actor.username) {
      throw problem('actor-changed', { field: 'actor', fix: 'keep the events until that person signs in again' });
    }
    return { answers: await accept(actor, batch) };
  };
}

const versioned = z.object({ protocol: z.int() });
const counted = z.object({ events: z.array(z.unknown()) });

/**
 * The envelope of a body. The version comes first: what a newer one means by the rest is not ours to say.
 * @throws `field-invalid`, `protocol-unsupported`, `batch-too-large`
 */
export function readBatch(body: unknown): Batch {
  const { protocol } = valid(versioned, body, 'body');
  if (!isSupportedVersion(protocol)) {
    throw problem('protocol-unsupported', { field: 'protocol', supported: SUPPORTED_VERSIONS });
  }
  const { events } = valid(counted, body, 'body');
  if (events.length > MAX_BATCH_EVENTS) {
    throw problem('batch-too-large', { field: 'events', limit: MAX_BATCH_EVENTS, fix: 'split the batch' });
  }
  return valid(ROUTES.postEvents.body, body, 'body');
}
