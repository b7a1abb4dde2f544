import { PAGE_OPEN_S, recentPages, type Page } from '../../store/pages.js';
import { type View } from '../check.js';

/** Days after which a page that was not closed properly is no longer waited for. */
const DAYS = 7;

/** The pages that this view may see: their own, or an admin's all. */
export function pagesOf({ db, actor }: View): Promise<Page[]> {
  return recentPages(db, actor.role === 'admin' ? null : actor.username, DAYS);
}

/** Whether a page is open in some browser now, as far as the server can tell. */
export function isOpenPage(page: Page): boolean {
  return page.secondsAgo <= PAGE_OPEN_S;
}
