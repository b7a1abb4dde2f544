import { type AskAnalytics } from '../../answers/analytics/analytics.js';
import { ownOnly } from '../../identity/actor.js';
import { problem } from '../../problems.js';
import { type Handler } from '../route.js';

/** Figures of the caller's own executions, or of anyone's for those who may read all. */
export function getAnalytics(analytics: AskAnalytics): Handler<'getAnalytics'> {
  return async ({ actor, query: { user, from, to, tz, notebook, slower_than } }) => {
    const own = ownOnly(actor);
    if (own !== null && user !== undefined && user !== own) throw problem('admin-only', { field: 'user' });
    const days = { from: from ?? null, to: to ?? null, tz: tz ?? null };
    return analytics(actor, own ?? user ?? null, { ...days, notebook: notebook ?? null, slowerThan: slower_than });
  };
}
