import { pino, type DestinationStream, type Logger } from 'pino';

/** The structured log: JSON lines, figures first. Never bodies, tokens or code. */
export type Log = Logger;

/** What the level of a log may be, quietest last. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Fields that no line may show, should one slip in. */
const SECRETS = ['connection', 'connectionString', 'password', 'token', 'authorization', 'cookie', 'code', 'body'];

/**
 * A log of that level. Standard error by default, because commands print their answer to standard output.
 * @param level one of {@link LOG_LEVELS}
 */
export function createLog(level: string, destination: DestinationStream = pino.destination(2)): Log {
  return pino({ level, base: null, redact: { paths: SECRETS, censor: '(hidden)' } }, destination);
}
