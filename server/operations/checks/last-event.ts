import { lastStored } from '../../store/last-stored.js';
import { type Checker, type Finding } from '../check.js';

/** When was the last event stored? */
export const lastEvent: Checker = {
  id: 'last_event',
  needsDatabase: true,
  async look({ db, actor }): Promise<Finding> {
    const at = await lastStored(db, actor.role === 'admin' ? null : actor.username);
    if (at === null) return { ok: null, figures: { at }, fix: 'open_lab' };
    return { ok: true, figures: { at } };
  }
};
