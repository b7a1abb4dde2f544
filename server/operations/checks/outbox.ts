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
 * of each person's open pages, and of those that went quiet with events in them.
 * @param pages the latest first
 */
export function judge(pages: readonly Page[]): Finding {
  if (!pages.length) return { ok: null, fix: 'open_lab' };
  const latest = [...new Map([...pages].reverse().map(page => [page.username, page])).values()];
  const refused = latest.reduce((sum, page) => sum + page.refused, 0);
  // What an open page has just captured waits for a moment in passing; what a quiet one left behind stays.
  const waiting = latest.filter(page => !isOpenPage(page)).reduce((sum, page) => sum + page.waiting, 0);
  if (!waiting && !refused) return { ok: true, figures: { waiting, refused } };
  return { ok: false, figures: { waiting, refused }, fix: refused ? 'see_refused' : 'send_waiting' };
}
