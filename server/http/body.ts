import { isUtf8 } from 'node:buffer';
import express, { type RequestHandler } from 'express';
import { problem } from '../problems.js';
import { type InFlight } from './in-flight.js';

/**
 * Reads a JSON body. `strict` is off, so that `5` is an invalid field and not "no JSON".
 * @param limit bytes that a body may have
 * @throws problems `overloaded`, `unsupported-media-type`, `not-json`; what express throws itself is told apart in `faults.ts`
 */
export function jsonBody(inFlight: InFlight, limit: number): RequestHandler[] {
  const parse = express.json({
    limit,
    strict: false,
    verify: (_request, response, bytes) => {
      inFlight.measured(response, bytes.length);
      // Decoding would put U+FFFD in place of what was sent: the record must hold what ran or refuse it.
      if (!isUtf8(bytes)) throw problem('not-json', { detail: 'the body is not UTF-8' });
    }
  });
  const admit: RequestHandler = (request, response, next) => {
    inFlight.admit(request, response, limit);
    next();
  };
  return [requireJson, admit, parse];
}

const requireJson: RequestHandler = (request, _response, next) => {
  const type = request.is('application/json');
  if (type === null || request.headers['content-length'] === '0')
    throw problem('not-json', { detail: 'the body is empty' });
  if (type === false) throw problem('unsupported-media-type', { fix: 'send Content-Type: application/json' });
  next();
};
