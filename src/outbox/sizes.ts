/** How much one batch may hold, and how much is known to be too much (exclusive). */
export interface Size {
  now: number;
  tooMuch: number;
  /** batches that passed since `tooMuch` was learned */
  batches: number;
  /** what was learned before it was doubted; null when nothing is in doubt */
  doubted: { now: number; tooMuch: number } | null;
}

/** After so many batches a learned limit is tried again: the proxy that drew it may have been set right. */
export const DOUBT_AFTER = 50;

/** A size of which nothing is learned. @param most what the protocol allows */
export function wholeSize(most: number): Size {
  return { now: most, tooMuch: most + 1, batches: 0, doubted: null };
}

/**
 * The size after a batch that passed: half-way towards what is known to be too much, so that a limit is found in a
 * few steps and then kept below. A doubted limit is overstepped by doubling; if it still stands, that costs one try.
 * @param sent its measure; 0 for a heartbeat, which proves nothing
 * @param most what the protocol allows
 */
export function passedSize(size: Size, sent: number, most: number): Size {
  const isDisproved = sent >= size.tooMuch;
  const batches = sent > 0 ? size.batches + 1 : size.batches;
  const isDoubtful = !isDisproved && size.tooMuch <= most && batches >= DOUBT_AFTER;
  const tooMuch = isDisproved || isDoubtful ? most + 1 : size.tooMuch;
  const now = Math.max(size.now, Math.min(2 * size.now, Math.ceil((size.now + tooMuch - 1) / 2)));
  if (isDoubtful) return { now, tooMuch, batches: 0, doubted: { now: size.now, tooMuch: size.tooMuch } };
  const doubted = size.doubted && sent < size.doubted.tooMuch ? size.doubted : null;
  return { now, tooMuch, batches, doubted };
}

/** The size after a batch of several events that was too much: what was doubted counts again, else half. */
export function splitSize({ doubted }: Size, sent: number): Size {
  if (doubted && sent > doubted.now) {
    return { now: doubted.now, tooMuch: Math.min(doubted.tooMuch, sent), batches: 0, doubted: null };
  }
  return { now: Math.max(1, Math.floor(sent / 2)), tooMuch: sent, batches: 0, doubted: null };
}
