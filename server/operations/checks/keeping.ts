import { type Page } from '../../store/pages.js';
import { type Checker, type Finding } from '../check.js';
import { isOpenPage, pagesOf } from './pages.js';

/** Does every browser keep what it has not sent? One whose storage is denied or full loses it with the tab. */
export const keeping: Checker = {
  id: 'keeping',
  needsDatabase: true,
  look: async view => judge(await pagesOf(view))
};

/** What the open pages say of their browser's storage. @param pages the latest first */
export function judge(pages: readonly Page[]): Finding {
  const told = pages.filter(page => isOpenPage(page) && page.keeping !== null);
  if (!told.length) return { ok: null, fix: 'open_lab' };
  const memory = told.filter(page => page.keeping === 'memory');
  const full = told.filter(page => page.keeping === 'full');
  if (!memory.length && !full.length) return { ok: true, figures: { count: told.length } };
  const people = [...new Set([...memory, ...full].map(({ username }) => username))].join(', ');
  return {
    ok: false,
    figures: { count: memory.length + full.length, people },
    fix: full.length ? 'empty_outbox' : 'allow_storage'
  };
}
