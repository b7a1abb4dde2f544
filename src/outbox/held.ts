import { KEEPALIVE_BYTES, type AuditEvent } from '@celltrail/protocol';
import { toEntry, type Entry } from './entry.js';

/** Bytes of the events of a last batch: what all keepalive requests of a page share, less the envelope. */
export const LAST_BATCH_BYTES = KEEPALIVE_BYTES - 4096;

/** Bounds of what a page holds while nobody says that it is on the disk. */
export const HELD_LIMIT = { events: 10_000, bytes: 32 * 1024 * 1024 };

interface Holding {
  event: AuditEvent;
  /** for whom it was taken; null: nobody was known */
  actor: string | null;
  isStored: boolean;
}

/**
 * What a page keeps of its own events in memory: those that are not on the disk yet, in case the outbox's thread
 * dies, and the newest that the server has not answered, because IndexedDB can't be read in time when a page goes.
 * Nothing is serialized before it is needed: an event costs the page a reference.
 */
export class Held {
  constructor(
    private readonly lastBatchBytes = LAST_BATCH_BYTES,
    private readonly limit = HELD_LIMIT
  ) {}

  /** Hold an event. @param actor who was signed in, null when nobody was known */
  hold(event: AuditEvent, actor: string | null): void {
    this.holdings.set(event.page_seq, { event, actor, isStored: false });
    this.bytes += leastBytes(event);
    // The outbox has it in its memory, too: what is dropped here is lost only if that dies.
    for (const oldest of this.holdings.keys()) {
      if (this.holdings.size <= this.limit.events && this.bytes <= this.limit.bytes) break;
      this.drop(oldest);
    }
  }

  /** These are on the disk. */
  stored(sequences: readonly number[]): void {
    for (const sequence of sequences) {
      const holding = this.holdings.get(sequence);
      if (!holding || holding.isStored) continue;
      holding.isStored = true;
      this.storedBytes += leastBytes(holding.event);
    }
    for (const [sequence, { isStored }] of this.holdings) {
      if (this.storedBytes <= this.lastBatchBytes) break;
      if (isStored) this.drop(sequence);
    }
  }

  /** The server answered these for good. */
  settled(sequences: readonly number[]): void {
    for (const sequence of sequences) this.drop(sequence);
  }

  /** How many are held. */
  get size(): number {
    return this.holdings.size;
  }

  /** What is not known to be on the disk, in its order. */
  get unstored(): AuditEvent[] {
    return [...this.holdings.values()].filter(({ isStored }) => !isStored).map(({ event }) => event);
  }

  /** The same, with the person each was taken for. */
  get lastWords(): { event: AuditEvent; actor: string | null }[] {
    return [...this.holdings.values()].filter(({ isStored }) => !isStored);
  }

  /** The newest that fit into a last batch, in their order: a person's own, nothing unclaimed. */
  lastBatch(actor: string): Entry[] {
    const batch: Entry[] = [];
    let bytes = 0;
    for (const { event, actor: of } of [...this.holdings.values()].reverse()) {
      if (of !== actor || leastBytes(event) > this.lastBatchBytes) continue;
      const entry = toEntry(event, actor, null);
      const size = entry.bytes + 1; // the comma
      if (size > this.lastBatchBytes) continue; // it waits in the outbox alone
      if (bytes + size > this.lastBatchBytes) break;
      bytes += size;
      batch.unshift(entry);
    }
    return batch;
  }

  private drop(sequence: number): void {
    const holding = this.holdings.get(sequence);
    if (!holding) return;
    this.holdings.delete(sequence);
    this.bytes -= leastBytes(holding.event);
    if (holding.isStored) this.storedBytes -= leastBytes(holding.event);
  }

  private readonly holdings = new Map<number, Holding>();
  /** by {@link leastBytes}: of all, and of those on the disk */
  private bytes = 0;
  private storedBytes = 0;
}

// JSON in UTF-8 is no shorter than its longest text; the other fields together take about 400 bytes.
function leastBytes(event: AuditEvent): number {
  return 200 + ('code' in event && typeof event.code === 'string' ? event.code.length : 0);
}
