import { KEEPALIVE_BYTES } from '@celltrail/protocol';
import { type Entry } from './entry.js';

/** Bytes of the events of a last batch: what all keepalive requests of a page share, less the envelope. */
export const LAST_BATCH_BYTES = KEEPALIVE_BYTES - 4096;

/**
 * The newest events of this page that nobody acknowledged, in memory: when a page goes, IndexedDB can't be read in
 * time. They lie in the outbox, too, or are on their way there; sent twice, they are stored once.
 */
export class LastBatch {
  constructor(private readonly mostBytes = LAST_BATCH_BYTES) {}

  /** Remember an event; the oldest make room. One that fits into no last batch waits in the outbox alone. */
  remember(entry: Entry): void {
    const size = entry.bytes + 1; // the comma
    if (size > this.mostBytes) return;
    this.entries.set(entry.page_seq, entry);
    this.bytes += size;
    for (const oldest of this.entries.values()) {
      if (this.bytes <= this.mostBytes) break;
      this.forget([oldest]);
    }
  }

  /** Forget events that were answered. Those of other pages are not here. */
  forget(entries: Iterable<Pick<Entry, 'page_id' | 'page_seq'>>): void {
    for (const { page_id, page_seq } of entries) {
      const known = this.entries.get(page_seq);
      if (known?.page_id !== page_id) continue;
      this.entries.delete(page_seq);
      this.bytes -= known.bytes + 1;
    }
  }

  /** What may go with a person's credential: never another's, and nothing unclaimed. */
  of(actor: string): Entry[] {
    return [...this.entries.values()].filter(entry => entry.actor === actor);
  }

  private readonly entries = new Map<number, Entry>();
  private bytes = 0;
}
