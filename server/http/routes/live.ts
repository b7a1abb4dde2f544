import { type RequestHandler } from 'express';
import { type Streams } from '../../live/stream.js';
import { actorOf } from '../mount.js';

/** Keep the caller told of what changes of theirs, until either side goes away. */
export function live(streams: Streams): RequestHandler {
  return (request, response) => {
    if (request.method === 'HEAD') return void response.type('text/event-stream').end();
    // A stream is silent on its side for as long as it likes.
    request.socket.setTimeout(0);
    streams.open(actorOf(response.locals).username, response);
  };
}
