import { holeFigures } from '../../store/page-holes.js';
import { type Checker } from '../check.js';

/** Did every event come that a page numbered? */
export const sequence: Checker = {
  id: 'sequence',
  needsDatabase: true,
  async look({ db, actor }) {
    const { pages, missing, waiting } = await holeFigures(db, actor.role === 'admin' ? null : actor.username);
    if (!missing) return { ok: true, figures: { count: 0, missing: 0 } };
    // What a browser says it still holds comes by itself once that browser is open.
    const fix = waiting >= missing ? 'send_waiting' : 'bring_missing';
    return { ok: false, figures: { count: pages, missing }, fix };
  }
};
