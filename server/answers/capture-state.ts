import { type CaptureState, type OpenPage } from '@celltrail/protocol';

/** How a person's recording stands. One open page that misses something is what an admin has to know of. */
export function captureState(pages: readonly Pick<OpenPage, 'open' | 'capturing' | 'fault'>[]): CaptureState {
  const open = pages.filter(page => page.open);
  if (!open.length) return 'silent';
  return open.every(isCovered) ? 'recording' : 'off';
}

/** Whether a page records and misses nothing, as far as it knows. */
export function isCovered({ capturing, fault }: Pick<OpenPage, 'capturing' | 'fault'>): boolean {
  return capturing && fault === null;
}
