import { type Page, recentPages } from '../../store/pages.js';
import { type View } from '../check.js';

/** A page says something every minute or so at least; one that was silent for twice as long is closed or cut off. */
const OPEN_S = 120;

/** Days after which a page that was not closed properly is no longer waited for. */
const DAYS = 7;

/** The pages that this view may see: their own, or an admin's all. */
export function pagesOf({ db, actor }: View): Promise<Page[]> {
  return recentPages(db, actor.role === 'admin' ? null : actor.username, DAYS);
}

/** Whether a page is open in some browser now, as far as the server can tell. */
export function isOpenPage(page: Page): boolean {
  return page.secondsAgo <= OPEN_S;
}
