import { describeProblem, type Problem, type ProblemDetails, type ProblemType } from '@celltrail/protocol';

/** A problem on its way to whoever asked: thrown anywhere, answered as application/problem+json at the edge. */
export class ProblemError extends Error {
  constructor(
    readonly kind: ProblemType,
    readonly details: ProblemDetails,
    /** seconds over which those are to be spread who are told so at once, that they don't meet again */
    readonly spreadS = 0
  ) {
    const { title } = describeProblem(kind);
    super([title, details.field, details.detail, details.fix].filter(Boolean).join(' · '));
    this.name = 'ProblemError';
  }

  /** The wire form. RFC 9457 §3 */
  toProblem(): Problem {
    return describeProblem(this.kind, this.details);
  }
}

/**
 * A typed problem, to be thrown or kept.
 * @example throw problem('field-invalid', { field: 'events[3].status', fix: 'use success, error, …' })
 */
export function problem(kind: ProblemType, details: ProblemDetails = {}): ProblemError {
  return new ProblemError(kind, details);
}

/** Seconds over which those are spread, as a rule, who are told at once that too much waits. */
const SPREAD_S = 10;

/** Where too much waits: many are told so at once. @param times how many times as long as usual they are spread */
export function overloaded(times = 1): ProblemError {
  return new ProblemError('overloaded', { fix: 'try again in a moment' }, SPREAD_S * times);
}
