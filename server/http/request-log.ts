import { randomUUID } from 'node:crypto';
import { type RequestHandler, type Response } from 'express';
import { type Log } from '../log.js';

/** The id of the request that a response answers; what goes wrong is logged under it. */
export function requestId(response: Response): string {
  return String(response.getHeader('X-Request-Id'));
}

/**
 * Gives every request an id and a line in the log when it is over. The line names the route, never the address:
 * a query holds what people searched for.
 * @param now milliseconds of a clock that never goes back
 */
export function requestLog(log: Log, now: () => number): RequestHandler {
  return (request, response, next) => {
    const id = randomUUID();
    const began = now();
    response.setHeader('X-Request-Id', id);
    response.on('close', () => {
      const route = (request.route as { path?: string | string[] } | undefined)?.path ?? 'none';
      const took_ms = Math.round((now() - began) * 1000) / 1000;
      const line = { id, method: request.method, route: String(route), status: response.statusCode, took_ms };
      log.debug(line, 'request over');
    });
    next();
  };
}
