import { type RequestHandler } from 'express';
import { z } from 'zod';
import { type Streams } from '../../live/stream.js';
import { type Wall } from '../../live/wall.js';
import { actorOf } from '../mount.js';
import { queryOf, valid } from '../validate.js';

/** Keep the caller told of what changes of theirs, until either side goes away. */
export function live(streams: Streams): RequestHandler {
  return (request, response) => {
    if (request.method === 'HEAD') return void response.type('text/event-stream').end();
    // A stream is silent on its side for as long as it likes.
    request.socket.setTimeout(0);
    streams.open(actorOf(response.locals).username, response);
  };
}

const OF = z.strictObject({ of: z.literal('everyone'), after: z.string().max(10_000).optional() });

/** Keep an auditor or admin told of what everyone runs; `Last-Event-ID`, or `after`, says what they had last. */
export function liveWall(wall: Wall): RequestHandler {
  return (request, response) => {
    const { after } = valid(OF, queryOf(request.originalUrl), 'query');
    if (request.method === 'HEAD') return void response.type('text/event-stream').end();
    request.socket.setTimeout(0);
    const header = request.headers['last-event-id'];
    wall.open(response, typeof header === 'string' && header ? header : (after ?? null));
  };
}
