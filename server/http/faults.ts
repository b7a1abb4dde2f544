import { types } from 'node:util';
import { type ErrorRequestHandler } from 'express';
import { MAX_BODY_BYTES } from '@celltrail/protocol';
import { type Log } from '../log.js';
import { problem, ProblemError } from '../problems.js';
import { requestId } from './request-log.js';

/** Seconds after which a sender may try again what failed for a passing reason. */
const RETRY_AFTER_S = 2;

/** Seconds after which whoever failed too often may try again. */
const LIMIT_AFTER_S = 60;

/** The problem that an error of the rooms behind stands for, or undefined for a bug. */
export type Recognise = (error: unknown) => ProblemError | undefined;

/**
 * The last middleware: whatever was thrown becomes a problem. Typed problems stand as they are, faults of the
 * request that express found get their type, anything else is a bug of ours: logged under an id, answered 500 with
 * that id and nothing more.
 */
export function faultHandler(log: Log, recognise: Recognise): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    void next; // express knows an error handler by its four parameters
    // A request that its own sender broke off has nobody left to answer.
    if (response.headersSent || request.socket.destroyed) return void response.destroy();
    const known = asProblem(error) ?? recognise(error);
    const instance = requestId(response);
    if (!known) log.error({ id: instance, error: loggable(error) }, 'request failed');
    const wire = (known ?? problem('internal', { instance })).toProblem();
    if (wire.status === 503)
      response.setHeader('Retry-After', RETRY_AFTER_S + Math.floor(Math.random() * (known?.spreadS ?? 0)));
    if (wire.status === 429) response.setHeader('Retry-After', LIMIT_AFTER_S);
    if (wire.status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="celltrail"'); // RFC 9110 §15.5.2
    response.status(wire.status).type('application/problem+json').send(JSON.stringify(wire));
  };
}

/** The problem that an error stands for, or undefined when it is a bug. */
function asProblem(error: unknown): ProblemError | undefined {
  if (error instanceof ProblemError) return error;
  if (!types.isNativeError(error)) return undefined;
  const { type, status } = error as { type?: unknown; status?: unknown };
  switch (type) {
    case 'entity.parse.failed':
      return problem('not-json', { detail: 'the body can not be read as JSON' });
    case 'entity.too.large':
      return problem('body-too-large', { limit: limitOf(error), fix: 'split the batch' });
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return problem('unsupported-media-type', { fix: 'send application/json in UTF-8, plain, gzip, deflate or br' });
  }
  if (typeof status !== 'number' || status < 400 || status >= 500) return undefined;
  if (error.name === 'URIError') return problem('field-invalid', { field: 'url', fix: 'percent-encode it as UTF-8' });
  return problem('not-json', { detail: 'the body can not be read' });
}

/** Bytes that the route would have taken, as express says it. */
function limitOf(error: Error): number {
  const { limit } = error as { limit?: unknown };
  return typeof limit === 'number' ? limit : MAX_BODY_BYTES;
}

/**
 * What of an error may stand in a log. Postgres quotes the values it chokes on in some messages (classes 22 and 23:
 * a code, a name), so those keep their numbers and names only.
 */
export function loggable(error: unknown): Record<string, unknown> {
  if (!types.isNativeError(error)) return { name: typeof error };
  const { code, table, column, constraint } = error as unknown as Record<string, unknown>;
  const quotes = typeof code === 'string' && /^2[23]...$/.test(code);
  const frames = (error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line));
  const message = quotes ? undefined : withoutPasswords(error.message);
  return { name: error.name, message, code, table, column, constraint, frames };
}

/** A message without the password of a connection string in it, in either of Postgres' two forms. */
function withoutPasswords(message: string): string {
  return message
    .replace(/(\w+:\/\/[^\s:@/]*):[^\s@]*@/g, '$1:***@')
    .replace(/(password\s*=\s*)('[^']*'|\S+)/gi, '$1***');
}
