import { FAILED_STATUSES, type ExecutionStatus } from '@celltrail/protocol';

/** Counts of a group of executions, and sums in ms. */
export interface Tally {
  executions: number;
  succeeded: number;
  failed: number;
  /** how many have a time, and its sum */
  timed: number;
  total_ms: number;
  /** how many have a time of waiting, and its sum */
  waited: number;
  waited_ms: number;
}

/** What is counted of an execution. */
export interface Counted {
  status: ExecutionStatus;
  execution_time_ms: number | null;
  queued_ms: number | null;
}

/** Nothing counted yet. */
export function emptyTally(): Tally {
  return { executions: 0, succeeded: 0, failed: 0, timed: 0, total_ms: 0, waited: 0, waited_ms: 0 };
}

/** Adds one group to another. */
export function addTally(into: Tally, other: Tally): void {
  into.executions += other.executions;
  into.succeeded += other.succeeded;
  into.failed += other.failed;
  into.timed += other.timed;
  into.total_ms += other.total_ms;
  into.waited += other.waited;
  into.waited_ms += other.waited_ms;
}

/** One execution as a group. @param sign -1 to take it away */
export function tallyOf({ status, execution_time_ms, queued_ms }: Counted, sign: 1 | -1): Tally {
  return {
    executions: sign,
    succeeded: status === 'success' ? sign : 0,
    failed: (FAILED_STATUSES as readonly string[]).includes(status) ? sign : 0,
    timed: execution_time_ms === null ? 0 : sign,
    total_ms: sign * (execution_time_ms ?? 0),
    waited: queued_ms === null ? 0 : sign,
    waited_ms: sign * (queued_ms ?? 0)
  };
}
