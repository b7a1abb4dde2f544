/** What the operating system says of a connection that can't be made or broke. */
const SYSTEM = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT'
]);

/** Connection exceptions, server stopping or starting, too many connections. PostgreSQL, appendix A */
const SQLSTATES = /^(08...|57P0[1-5]|53300)$/;

/** `pg` throws these without a code: in client.js and in pg-pool of its version 8. */
const MESSAGES =
  /^(Connection terminated|Client (was closed|has encountered a connection error)|(Query read )?timeout|Cannot use a pool)/;

/** Whether an error says that the database can't be reached for now: not a bug, and worth another try. */
export function isUnreachable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, message, errors } = error as { code?: unknown; message?: unknown; errors?: unknown };
  if (typeof code === 'string') return SYSTEM.has(code) || SQLSTATES.test(code);
  // A name with several addresses fails with one error per address.
  if (Array.isArray(errors)) return errors.length > 0 && errors.every(isUnreachable);
  return typeof message === 'string' && MESSAGES.test(message);
}
