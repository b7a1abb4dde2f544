import { type Page } from '../../store/pages.js';
import { type Checker, type Finding } from '../check.js';
import { isOpenPage, pagesOf } from './pages.js';

/** Does every page that records see all there is to see? A page says itself when Lab is not what its capture expects. */
export const capture: Checker = {
  id: 'capture',
  needsDatabase: true,
  look: async view => judge(await pagesOf(view))
};

/** What the pages say of their capture; one that is off says so elsewhere. @param pages the latest first */
export function judge(pages: readonly Page[]): Finding {
  const recording = pages.filter(page => isOpenPage(page) && page.capturing);
  if (!recording.length) return { ok: null, fix: 'open_lab' };
  const faulty = recording.flatMap(({ fault }) => fault ?? []);
  if (!faulty.length) return { ok: true, figures: { count: recording.length } };
  const reasons = [...new Set(faulty)].join('; ');
  return { ok: false, figures: { count: faulty.length, reasons }, fix: 'mend_capture' };
}
