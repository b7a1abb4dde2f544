import { evidenceOf, namesOf, type Detector } from '../detector.js';

/** Code that names what a policy keeps from the person's role: a table, a function, a file, a host. One alert a day. */
export const policyAccess: Detector = ({ runs, begins, ends }) => {
  const hits = runs.filter(({ forbidden }) => forbidden.length);
  if (!hits.length) return [];
  return [
    {
      kind: 'policy_access',
      begins,
      ends,
      figure: hits.length,
      unit: 'executions',
      normal: null,
      names: namesOf(hits.flatMap(({ forbidden }) => forbidden)),
      ...evidenceOf(hits)
    }
  ];
};
