import { DAYS_NEEDED, evidenceOf, namesOf, usual, type Detector, type NamedRun } from '../detector.js';
import { type FirstUse } from '../../store/first-uses.js';

/** Characters of a name that are kept. */
const LENGTH = 200;

/**
 * What the codes of a day name that a first use is told of, each once: tables and hosts. Modules are left out: whoever
 * opens another notebook imports something new, and that says nothing of data.
 */
export function usesOf(runs: readonly NamedRun[]): FirstUse[] {
  const uses = new Map<string, FirstUse>();
  const add = (kind: FirstUse['kind'], name: string, first_at: string) => {
    const key = `${kind} ${name}`;
    if (name && !uses.has(key)) uses.set(key, { kind, name, first_at });
  };
  for (const { names, timestamp } of runs) {
    for (const name of names.tables) add('table', name.slice(0, LENGTH), timestamp);
    for (const name of names.hosts) add('host', name.slice(0, LENGTH), timestamp);
  }
  return [...uses.values()];
}

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
