import { toEntry, UNCLAIMED, type Entry, type LastWord, type WordId } from './entry.js';

/**
 * What pages that went left, on its way into this outbox. Each keeps the person it was captured for. One that the
 * database has already stays there once, and one that the server has already is a duplicate there.
 */
export class Adoptions {
  /**
   * @param take puts entries on their way to the disk; those there is no room for are left out of what it returns
   * @param onSafe told of what its finder may forget
   */
  constructor(
    private readonly take: (entries: readonly Entry[]) => readonly Entry[],
    private readonly onSafe: (ids: WordId[]) => void
  ) {}

  /** Take these in. What is on its way already is not taken twice. */
  adopt(words: readonly LastWord[]): void {
    const entries = words
      .filter(({ event }) => !this.underway.has(keyOf(event)))
      .map(({ event, actor, believed }) => toEntry(event, actor ?? UNCLAIMED, actor ?? believed));
    for (const entry of this.take(entries)) this.underway.add(keyOf(entry));
  }

  /** These are on the disk, or the server answered them for good. */
  safe(ids: readonly WordId[]): void {
    if (this.underway.size === 0) return;
    const adopted = ids.filter(id => this.underway.delete(keyOf(id)));
    if (adopted.length > 0) this.onSafe(adopted.map(({ page_id, page_seq }) => ({ page_id, page_seq })));
  }

  private readonly underway = new Set<string>();
}

function keyOf({ page_id, page_seq }: WordId): string {
  return `${page_id} ${page_seq}`;
}
