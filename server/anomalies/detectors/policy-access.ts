import { evidenceOf, namesOf, type Detector } from '../detector.js';
import { broken } from '../policy.js';

/** Code that names what a policy keeps from the person's role: a table, a function, a file, a host. One alert a day. */
export const policyAccess: Detector = ({ runs, policy, username, role, begins, ends }) => {
  if (!policy.length) return [];
  const hits = runs.flatMap(run => {
    const names = broken(policy, { username, role }, run.names);
    return names.length ? [{ run, names }] : [];
  });
  if (!hits.length) return [];
  return [
    {
      kind: 'policy_access',
      begins,
      ends,
      figure: hits.length,
      unit: 'executions',
      normal: null,
      names: namesOf(hits.flatMap(({ names }) => names)),
      ...evidenceOf(hits.map(({ run }) => run))
    }
  ];
};
