import { DAYS_NEEDED, evidenceOf, namesOf, usual, type Detector } from '../detector.js';

/** A day on which somebody's code names far more tables and hosts for the first time than it usually does. */
export const firstUse: Detector = ({ runs, history, firstUses: { today, before }, begins, ends, thresholds }) => {
  const days = [...new Set(history.map(({ day }) => day))].sort();
  // All is new to a newcomer: their first days say nothing of what is usual.
  const settled = days.slice(DAYS_NEEDED);
  const normal = usual(settled.map(day => before.get(day) ?? 0), thresholds.first_uses); // prettier-ignore
  if (!normal || today.length <= normal.limit!) return [];
  const at = new Set(today.map(({ first_at }) => first_at));
  return [
    {
      kind: 'first_use',
      begins,
      ends,
      figure: today.length,
      unit: 'names',
      normal,
      names: namesOf(today.map(({ name }) => name)),
      ...evidenceOf(runs.filter(({ timestamp }) => at.has(timestamp)))
    }
  ];
};
