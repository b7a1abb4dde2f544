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

/** Where too much waits: many are told so at once. @param spreadS seconds over which they come again */
export function overloaded(spreadS = 10): ProblemError {
  return new ProblemError('overloaded', { fix: 'try again in a moment' }, spreadS);
}
