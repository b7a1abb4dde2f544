import { ROLES } from '../../protocol/api.js';
import { allows } from './actor.js';

describe('allows', () => {
  it.each([
    ['analyst', ['analyst']],
    ['auditor', ['analyst', 'auditor']],
    ['admin', ['analyst', 'auditor', 'admin']]
  ] as const)('lets an %s do what %j may', (role, may) => {
    expect(ROLES.filter(needed => allows(role, needed))).toEqual(may);
  });
});
