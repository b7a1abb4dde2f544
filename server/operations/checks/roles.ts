import { roleFaults } from '../../store/role-faults.js';
import { type Checker } from '../check.js';

/** Can nobody who should not rewrite the record? */
export const roles: Checker = {
  id: 'roles',
  needsDatabase: true,
  async look({ db }) {
    const faults = await roleFaults(db);
    return faults.length ? { ok: false, figures: { faults: faults.join('; ') }, fix: 'restore_rights' } : { ok: true };
  }
};
