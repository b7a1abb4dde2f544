/** What became of an execution. */
export const EXECUTION_STATUSES = [
  'running',
  'success',
  'error',
  'interrupted',
  'aborted',
  'kernel_died',
  'kernel_restarted',
  'unknown'
] as const;

/** One of {@link EXECUTION_STATUSES}. */
export type ExecutionStatus = (typeof EXECUTION_STATUSES)[number];

/** Statuses whose end was not seen yet: such a row may be completed once. */
export const OPEN_STATUSES: readonly ExecutionStatus[] = ['running', 'unknown'];

/** Whether the end of such an execution is still to come. */
export function isOpen(status: ExecutionStatus): boolean {
  return OPEN_STATUSES.includes(status);
}

/**
 * Whether a stored row may go from one status to the other: an open row can be completed, `running` can become
 * `unknown`, a closed row never changes.
 */
export function canStep(from: ExecutionStatus, to: ExecutionStatus): boolean {
  return isOpen(from) && from !== to && to !== 'running';
}

/** Whether the code began to run at all: `aborted` runs count on neither side of the success rate. */
export function didRun(status: ExecutionStatus): boolean {
  return status !== 'aborted';
}

/** Statuses that count as failures in figures. */
export const FAILED_STATUSES: readonly ExecutionStatus[] = ['error', 'interrupted', 'kernel_died', 'kernel_restarted'];

/** Where a run came from. `foreign` is another client of the same kernel. */
export const EXECUTION_CLIENTS = ['notebook', 'console', 'editor', 'foreign', 'background', 'agent'] as const;

/** One of {@link EXECUTION_CLIENTS}. */
export type ExecutionClient = (typeof EXECUTION_CLIENTS)[number];
