import { FAILED_STATUSES, isOpen } from '@celltrail/protocol';
import { commonest, daysOf, evidenceOf, median, type Detector, type NamedRun } from '../detector.js';

const HOUR_MS = 3_600_000;
/** Without a history a larger share is asked for. */
const LEAST_SHARE_UNKNOWN = 0.6;
const DAYS_NEEDED = 5;
/** Days with fewer executions say nothing of a share. */
const RUNS_NEEDED = 5;
const TIMES = 3;

/** Hours in which far more of what a person ran failed than usually does. */
export const excessiveFailures: Detector = ({ runs, history, thresholds }) => {
  const days = daysOf(history).filter(({ executions }) => executions >= RUNS_NEEDED);
  const known = days.length >= DAYS_NEEDED;
  const typical = known ? median(days.map(({ executions, errors }) => errors / executions)) : null;
  const least = thresholds.failure_share;
  // Who always fails a lot still can't fail in more than all of it: nine in ten are strange for anyone.
  const limit =
    typical === null ? Math.max(least, LEAST_SHARE_UNKNOWN) : Math.min(0.9, Math.max(least, TIMES * typical));
  return [...byHour(runs)].flatMap(([hour, within]) => {
    const ended = within.filter(({ status }) => !isOpen(status) && status !== 'aborted');
    const failed = ended.filter(({ status }) => FAILED_STATUSES.includes(status));
    const share = failed.length / ended.length;
    if (failed.length < Math.max(1, thresholds.failures) || share < limit) return [];
    return {
      kind: 'excessive_failures' as const,
      begins: new Date(hour).toISOString(),
      ends: new Date(hour + HOUR_MS).toISOString(),
      figure: share,
      unit: 'share' as const,
      normal: { typical, limit, days: days.length },
      names: commonest(failed.map(({ error_name }) => error_name)),
      ...evidenceOf(failed)
    };
  });
};

/** Runs by the hour they began in. */
function byHour(runs: readonly NamedRun[]): Map<number, NamedRun[]> {
  const hours = new Map<number, NamedRun[]>();
  for (const run of runs) {
    const hour = Math.floor(Date.parse(run.timestamp) / HOUR_MS) * HOUR_MS;
    const within = hours.get(hour);
    if (within) within.push(run);
    else hours.set(hour, [run]);
  }
  return hours;
}
