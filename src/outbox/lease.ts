import type { IDisposable } from '@lumino/disposable';
import type { OutboxDatabase } from './database.js';
import type { Beat } from './layout.js';
import type { Surroundings } from './surroundings.js';

/** How often the holder shows that it lives, and the others look, in ms. */
export const BEAT_MS = 5_000;

/** A holder that showed no life for so long is frozen or gone: another takes over, in ms. */
export const STALE_MS = 20_000;

/** The right to send a person's events, held by one tab of a profile. Two holders at once do no harm. */
export interface Lease extends IDisposable {
  readonly held: boolean;
}

/** What a lease needs. */
export interface LeaseParts {
  /** same for all tabs that compete */
  name: string;
  /** this tab */
  holder: string;
  database: Pick<OutboxDatabase, 'beat' | 'swapBeat'>;
  surroundings: Surroundings;
  /** told when it was gained or lost */
  onChange: (held: boolean) => void;
  /** told when the database fails: the lease goes on without it */
  onFault: (error: unknown) => void;
}

/**
 * Competes for a lease. With Web Locks a tab that closes or crashes hands over at once; a beat in IndexedDB shows a
 * tab that is frozen with its lock, which is then stolen. A page on plain http has no Web Locks: there the beat
 * alone is the lease.
 */
export function openLease(parts: LeaseParts, locks: LockManager | undefined): Lease {
  return locks ? new LockedLease(parts, locks) : new StoredLease(parts);
}

// Sees whether a holder lives: by its count going up within our own time, so that no clock has to agree.
class Watch {
  constructor(private readonly surroundings: Surroundings) {}

  /** Whether the beat has stood still for long. */
  isStale(beat: Beat | undefined): boolean {
    const now = this.surroundings.monotonic();
    const seen = beat ? `${beat.holder} ${beat.beats}` : '';
    if (seen !== this.seen) {
      this.seen = seen;
      this.since = now;
    }
    return now - this.since >= STALE_MS;
  }

  private seen: string | null = null;
  private since = 0;
}

abstract class BeatingLease implements Lease {
  constructor(protected readonly parts: LeaseParts) {
    this.watch = new Watch(parts.surroundings);
  }

  get held(): boolean {
    return this.holds;
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.cancel?.();
    this.giveBack();
    this.holds = false;
  }

  /** One look or one beat. */
  protected abstract turn(): Promise<void>;
  protected abstract giveBack(): void;

  protected set(held: boolean): void {
    if (this.disposed || held === this.holds) return;
    this.holds = held;
    this.parts.onChange(held);
  }

  protected async go(): Promise<void> {
    if (this.disposed) return;
    try {
      await this.turn();
    } catch (error) {
      this.parts.onFault(error);
    }
    if (!this.disposed) this.cancel = this.parts.surroundings.after(BEAT_MS, () => void this.go());
  }

  protected readonly watch: Watch;
  private holds = false;
  private disposed = false;
  private cancel: (() => void) | null = null;
}

class LockedLease extends BeatingLease {
  constructor(
    parts: LeaseParts,
    private readonly locks: LockManager
  ) {
    super(parts);
    this.request({ signal: this.waiting.signal });
    void this.go();
  }

  protected async turn(): Promise<void> {
    const { database, holder, name } = this.parts;
    const beat = await database.beat(name);
    if (this.held) {
      await database.swapBeat(name, beat, { holder, beats: (beat?.beats ?? 0) + 1 });
    } else if (this.watch.isStale(beat)) {
      this.waiting.abort();
      this.request({ steal: true });
    }
  }

  protected giveBack(): void {
    this.waiting.abort();
    this.release?.();
  }

  private request(options: LockOptions): void {
    let granted = false;
    const hold = (): Promise<void> | undefined => {
      if (this.isDisposed) return undefined;
      granted = true;
      this.set(true);
      return new Promise<void>(resolve => {
        this.release = resolve;
      });
    };
    this.locks.request(this.parts.name, options, hold).catch((error: unknown) => {
      if (!(error instanceof DOMException) || error.name !== 'AbortError') this.parts.onFault(error);
      // Not granted, it was our own waiting, which we ended ourselves; else the lock was stolen from us.
      if (granted) this.lost();
    });
  }

  private lost(): void {
    if (this.isDisposed) return;
    this.set(false);
    this.waiting = new AbortController();
    this.request({ signal: this.waiting.signal });
  }

  private waiting = new AbortController();
  private release: (() => void) | null = null;
}

class StoredLease extends BeatingLease {
  constructor(parts: LeaseParts) {
    super(parts);
    void this.go();
  }

  protected async turn(): Promise<void> {
    const { database, holder, name } = this.parts;
    const beat = await database.beat(name);
    const mine = beat?.holder === holder;
    if (beat && !mine && !this.watch.isStale(beat)) return this.set(false);
    this.set(await database.swapBeat(name, beat, { holder, beats: (beat?.beats ?? 0) + 1 }));
  }

  protected giveBack(): void {
    if (!this.held) return;
    const { database, holder, name } = this.parts;
    database
      .beat(name)
      .then(beat => (beat?.holder === holder ? database.swapBeat(name, beat, null) : false))
      .catch((error: unknown) => this.parts.onFault(error));
  }
}
