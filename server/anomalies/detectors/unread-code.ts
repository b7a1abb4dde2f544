import { evidenceOf, namesOf, type Detector } from '../detector.js';

/**
 * Code of which not all names are known, because reading it was given up: what it names may be what a policy forbids.
 * One alert a day.
 */
export const unreadCode: Detector = ({ runs, begins, ends }) => {
  const found = runs.filter(({ unread }) => unread !== null);
  if (!found.length) return [];
  return [
    {
      kind: 'unread_code',
      begins,
      ends,
      figure: found.length,
      unit: 'executions',
      normal: null,
      names: namesOf(found.map(({ unread }) => unread!)),
      ...evidenceOf(found)
    }
  ];
};
