import { commonest, DAYS_NEEDED, daysOf, evidenceOf, median, usual, type Detector } from '../detector.js';

/** An hour is strange when it, with the one before and after, holds less than this share of all that was run before. */
const STRANGE_SHARE = 0.01;

/** Hours of the day at which a person hardly ever works. One alert a day: the first such hour. */
export const unusualHour: Detector = ({ runs, history, begins, ends, thresholds }) => {
  const days = new Set(history.map(({ day }) => day)).size;
  if (days < DAYS_NEEDED) return [];
  const counts = Array.from({ length: 24 }, (_, hour) => sum(history.filter(each => each.hour === hour)));
  const all = sum(history);
  const share = (hour: number) => (counts[hour]! + counts[(hour + 1) % 24]! + counts[(hour + 23) % 24]!) / all;
  const strange = runs.filter(({ hour }) => share(hour) < STRANGE_SHARE);
  const enough = (hour: number) => strange.filter(run => run.hour === hour).length >= Math.max(1, thresholds.hour_runs);
  const first = Array.from({ length: 24 }, (_, hour) => hour).find(enough);
  if (first === undefined) return [];
  const typical = median(history.flatMap(({ hour, executions }) => Array<number>(Math.min(executions, 50)).fill(hour)));
  return [
    {
      kind: 'unusual_hour',
      begins,
      ends,
      figure: first,
      unit: 'hour',
      normal: { typical, limit: null, days },
      names: commonest(strange.map(({ notebook_path }) => notebook_path)),
      ...evidenceOf(strange)
    }
  ];
};

/** A day on which somebody ran far more than they do. */
export const unusualVolume: Detector = ({ runs, history, begins, ends, thresholds }) => {
  const normal = usual(daysOf(history).map(({ executions }) => executions), thresholds.day_runs); // prettier-ignore
  if (!normal || runs.length <= normal.limit!) return [];
  return [
    {
      kind: 'unusual_volume',
      begins,
      ends,
      figure: runs.length,
      unit: 'executions',
      normal,
      names: commonest(runs.map(({ notebook_path }) => notebook_path)),
      ...evidenceOf(runs)
    }
  ];
};

function sum(hours: readonly { executions: number }[]): number {
  return hours.reduce((total, { executions }) => total + executions, 0);
}
