import { randomUUID } from 'node:crypto';
import { type RequestHandler, type Response } from 'express';
import { type Log } from '../log.js';

/** The id of the request that a response answers; what goes wrong is logged under it. */
export function requestId(response: Response): string {
  return String(response.getHeader('X-Request-Id'));
}

/** A request that is over. */
export interface Answered {
  method: string;
  /** the route's path, as in the protocol; `none` where no route was found */
  route: string;
  status: number;
  took_ms: number;
}

/**
 * Gives every request an id, and when it is over, a line in the log and a word to those who count. The line names the
 * route, never the address: a query holds what people searched for.
 * @param now milliseconds of a clock that never goes back
 */
export function requestLog(log: Log, now: () => number, onAnswered: (request: Answered) => void): RequestHandler {
  return (request, response, next) => {
    const id = randomUUID();
    const began = now();
    response.setHeader('X-Request-Id', id);
    response.on('close', () => {
      const route = (request.route as { path?: string | string[] } | undefined)?.path ?? 'none';
      const took_ms = Math.round((now() - began) * 1000) / 1000;
      const over = { method: request.method, route: String(route), status: response.statusCode, took_ms };
      log.debug({ id, ...over }, 'request over');
      onAnswered(over);
    });
    next();
  };
}
