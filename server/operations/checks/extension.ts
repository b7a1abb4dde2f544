import { type Page } from '../../store/pages.js';
import { type Checker, type Finding } from '../check.js';
import { isOpenPage, pagesOf } from './pages.js';

/** Is the extension loaded, and does it record? */
export const extension: Checker = {
  id: 'extension',
  needsDatabase: true,
  look: async view => judge(await pagesOf(view))
};

/** What the pages say of the extension. @param pages the latest first */
export function judge(pages: readonly Page[]): Finding {
  const open = pages.filter(isOpenPage);
  const minutes = pages[0] ? Math.round(pages[0].secondsAgo / 60) : null;
  if (!open.length) return { ok: null, figures: { count: 0, minutes }, fix: 'open_lab' };
  const off = open.filter(({ capturing }) => !capturing);
  const versions = [...new Set(open.map(page => page.extension_version))].join(', ');
  if (off.length)
    return { ok: false, figures: { count: off.length, version: versions, minutes }, fix: 'turn_capture_on' };
  return { ok: true, figures: { count: open.length, version: versions, minutes } };
}
