import type { Counts, Shelf } from './shelf.js';
import type { Surroundings } from './surroundings.js';

/** How long what waits for other people is taken to be what it was, ms. */
const RECOUNT_MS = 10_000;

/**
 * To count, the database lets no writer in: where many tabs store much, counting must not keep events from the disk.
 * After a count the next one waits so many times as long as that one took, and at most so long, in ms.
 */
const PAUSE = { times: 10, mostMs: 5_000 };

/** What a census needs. */
export interface CensusParts {
  shelf: Pick<Shelf, 'count' | 'countMemory'>;
  surroundings: Pick<Surroundings, 'monotonic' | 'after'>;
  /** for whom it is counted; null: nobody is known */
  username: () => string | null;
  /** every count is about to change, and {@link Census.refresh} will be called when it no longer is */
  isBusy: () => boolean;
  /** nothing of this person's waits, as this tab has just sent all there was */
  isDrained: () => boolean;
  /** the database was counted */
  onCounted: (counts: Counts) => Promise<void>;
  /** the database can't be counted */
  onFault: (error: unknown) => void;
  /** the counts may be others now */
  onChange: () => void;
}

/** Counts what waits and what was refused, as often as it changes and no more than the database bears. */
export class Census {
  constructor(private readonly parts: CensusParts) {}

  /** As they were counted last. */
  get counts(): Counts {
    return this.current;
  }

  /** Something came or went: the next {@link Census.refresh} counts. */
  outdate(): void {
    this.uncounted = true;
  }

  /** More than this person's own may have changed. */
  forget(): void {
    this.countedFor = null;
  }

  /** Counts anew, soon; many calls in a row count once. */
  refresh(): void {
    this.uncounted = true;
    if (this.counting || this.cancelPause || this.disposed || this.parts.isBusy()) return;
    this.counting = true;
    void this.recount().finally(() => {
      this.counting = false;
    });
  }

  dispose(): void {
    this.disposed = true;
    this.cancelPause?.();
  }

  private async recount(): Promise<void> {
    const { shelf, surroundings, onCounted, onFault, onChange } = this.parts;
    while (this.uncounted && !this.cancelPause && !this.disposed) {
      this.uncounted = false;
      const username = this.parts.username();
      if (this.isKnown(username)) {
        const { waiting, own } = this.current;
        this.current = { ...this.current, waiting: waiting - own, own: 0 };
        onChange();
        continue;
      }
      const begun = surroundings.monotonic();
      try {
        this.current = await shelf.count(username);
        this.countedFor = { username, at: surroundings.monotonic() };
        await onCounted(this.current);
      } catch (error) {
        this.current = shelf.countMemory(username);
        onFault(error);
      }
      this.pause(surroundings.monotonic() - begun);
      onChange();
    }
  }

  // While it lasts nothing is counted; after it, what changed meanwhile is counted once.
  private pause(tookMs: number): void {
    const pauseMs = Math.min(tookMs * PAUSE.times, PAUSE.mostMs);
    if (pauseMs < 1 || this.disposed) return;
    this.cancelPause = this.parts.surroundings.after(pauseMs, () => {
      this.cancelPause = null;
      if (this.uncounted) this.refresh();
    });
  }

  // Where this tab sends and has just sent all there was, most counts are that one. What waits for others may change in
  // other tabs; it is looked at now and then.
  private isKnown(username: string | null): boolean {
    const { parts, countedFor } = this;
    if (!parts.isDrained() || countedFor?.username !== username) return false;
    return parts.surroundings.monotonic() - countedFor.at < RECOUNT_MS;
  }

  private current: Counts = { waiting: 0, own: 0, refused: 0, full: false, hasRoom: true };
  private counting = false;
  private uncounted = false;
  private cancelPause: (() => void) | null = null;
  private disposed = false;
  /** for whom the database was counted last and when, ms; null: what is known of it is out of date */
  private countedFor: { username: string | null; at: number } | null = null;
}
