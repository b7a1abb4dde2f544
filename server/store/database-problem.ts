import { type ProblemType } from '@celltrail/protocol';
import { problem, type ProblemError } from '../problems.js';
import { isUnreachable } from './unreachable.js';

/**
 * What a database says when it can't work for now, by SQLSTATE. PostgreSQL, appendix A. 25006: a standby, or set so by
 * hand; 53100: disk full; 53200, 53400: out of memory, a limit of the configuration; 55P03, 57014: a lock or a
 * statement took too long.
 */
const PASSING: readonly [RegExp, ProblemType][] = [
  [/^25006$/, 'database-read-only'],
  [/^53100$/, 'database-full'],
  [/^(53[234]00|55P03|57014|40001|40P01)$/, 'database-busy']
];

/**
 * The passing problem that an error of the database stands for: nothing was acknowledged, and the same again is safe.
 * @returns undefined for what is no fault of the database's, as a bug of ours or a value that it can't hold
 */
export function databaseProblem(error: unknown): ProblemError | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  const kind = typeof code === 'string' ? PASSING.find(([states]) => states.test(code))?.[1] : undefined;
  if (kind)
    return withCause(problem(kind, { detail: `SQLSTATE ${String(code)}`, fix: 'try again in a moment' }), error);
  if (!isUnreachable(error)) return undefined;
  const detail = typeof code === 'string' ? code : undefined;
  return withCause(problem('database-unreachable', { detail, fix: 'try again in a moment' }), error);
}

function withCause(wrapped: ProblemError, cause: unknown): ProblemError {
  wrapped.cause = cause;
  return wrapped;
}
