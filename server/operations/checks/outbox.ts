import { type Page } from '../../store/pages.js';
import { type Checker, type Finding } from '../check.js';
import { isOpenPage, pagesOf } from './pages.js';

/** Are there unsent events? */
export const outbox: Checker = {
  id: 'outbox',
  needsDatabase: true,
  look: async view => judge(await pagesOf(view))
};

/**
 * What the pages say of their outboxes. Pages of one browser share one, so theirs is counted once: the latest word
 * of each browser of each person, open or gone quiet with events in it.
 * @param pages the latest first
 */
export function judge(pages: readonly Page[]): Finding {
  if (!pages.length) return { ok: null, fix: 'open_lab' };
  const latest = [
    ...new Map([...pages].reverse().map(page => [`${page.username}\0${page.browser_id ?? ''}`, page])).values()
  ];
  const refused = latest.reduce((sum, page) => sum + page.refused, 0);
  // What an open page has just captured waits for a moment in passing; what a quiet one left behind stays.
  const quiet = latest.filter(page => !isOpenPage(page) && page.waiting > 0);
  const waiting = quiet.reduce((sum, page) => sum + page.waiting, 0);
  if (!waiting && !refused) return { ok: true, figures: { waiting, refused } };
  const holders = latest.filter(page => quiet.includes(page) || page.refused > 0);
  const people = [...new Set(holders.map(({ username }) => username))].sort().join(', ');
  return {
    ok: false,
    figures: { waiting, refused, browsers: holders.length, people },
    fix: refused ? 'see_refused' : 'send_waiting'
  };
}
