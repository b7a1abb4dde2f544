import { FAILED_STATUSES, type ExecutionStatus, type Stats } from '@celltrail/protocol';

/** Executions of one status: all of them, and those of today. */
export interface StatusCount {
  status: ExecutionStatus;
  total: number;
  today: number;
}

/**
 * The figures that a person sees first. A run counts for the success rate when it ended: `aborted` ones never ran,
 * `running` and `unknown` ones have no end that was seen.
 */
export function figures(counts: readonly StatusCount[]): Omit<Stats, 'lastEventAt'> {
  const sum = (of: (count: StatusCount) => number) => counts.reduce((total, count) => total + of(count), 0);
  const having = (...statuses: readonly ExecutionStatus[]) =>
    sum(({ status, total }) => (statuses.includes(status) ? total : 0));
  const success = having('success');
  const errors = having(...FAILED_STATUSES);
  const ended = success + errors;
  return {
    today: sum(({ today }) => today),
    total: sum(({ total }) => total),
    errors,
    successRate: ended ? success / ended : null,
    running: having('running')
  };
}
