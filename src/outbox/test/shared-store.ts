import type { Problem } from '@celltrail/protocol';
import type { Volume } from '../bounds.js';
import { OutboxDatabase, type Wanted } from '../database.js';
import { isClaimable, type Entry, type Refused, type Stored } from '../entry.js';
import type { Beat, Facts, LossReason } from '../layout.js';
import type { Life } from './life.js';

/** The disk of a browser profile, in memory. A transaction happens whole or not at all. */
export class SharedStore {
  readonly waiting = new Map<number, Stored>();
  readonly refused = new Map<number, Refused>();
  readonly facts = new Map<PropertyKey, unknown>();
  readonly beats = new Map<string, Beat>();
  /** what the browser refuses: to write, or anything */
  fault: 'full' | 'denied' | null = null;
  lastKey = 0;
}

/** One tab's connection to it: what it does can be the last that the tab did. There is room for all that is captured. */
export class StoreConnection extends OutboxDatabase {
  constructor(
    private readonly store: SharedStore,
    private readonly life: Life
  ) {
    super('unused');
  }

  override add(entries: readonly Entry[]): Promise<Entry[]> {
    return this.write(() => {
      const { waiting } = this.store;
      for (const entry of entries) {
        const isThere = [...waiting.values()].some(
          ({ page_id, page_seq }) => page_id === entry.page_id && page_seq === entry.page_seq
        );
        if (isThere) continue;
        const key = ++this.store.lastKey;
        waiting.set(key, { ...entry, key, day: 1 });
      }
      return [];
    });
  }

  override read(actor: string, { most, mostBytes, without }: Wanted): Promise<{ events: Stored[]; more: boolean }> {
    return this.look(() => {
      const own = [...this.store.waiting.values()].filter(one => one.actor === actor && !without.has(one.key));
      let bytes = 0;
      const end = own.findIndex((one, at) => at >= most || ((bytes += one.bytes) > mostBytes && at > 0));
      const events = end < 0 ? own : own.slice(0, end);
      return { events: events.map(one => ({ ...one })), more: events.length < own.length };
    });
  }

  override remove(events: readonly { key: number }[], at: number): Promise<void> {
    return this.write(() => {
      for (const { key } of events) this.store.waiting.delete(key);
      this.store.facts.set('last_stored_at', at);
    });
  }

  override refuse(refused: readonly { key: number; problem: Problem }[], at: number): Promise<Refused[]> {
    return this.write(() =>
      refused.flatMap(({ key, problem }) => {
        const entry = this.store.waiting.get(key);
        if (!entry) return [];
        const kept = { ...entry, problem: JSON.stringify(problem), refused_at: at };
        this.store.refused.set(key, kept);
        this.store.waiting.delete(key);
        return [kept];
      })
    );
  }

  override keepRefused(refused: readonly { entry: Entry; problem: Problem; at: number }[]): Promise<void> {
    return this.write(() => {
      for (const { entry, problem, at } of refused) {
        const key = ++this.store.lastKey;
        this.store.refused.set(key, { ...entry, key, day: 1, problem: JSON.stringify(problem), refused_at: at });
      }
    });
  }

  override claim(actor: string, pageId: string): Promise<number> {
    return this.write(() => {
      const mine = [...this.store.waiting.values()].filter(one => isClaimable(one, actor, pageId));
      for (const one of mine) one.actor = actor;
      return mine.length;
    });
  }

  override count(actor: string | null): Promise<{ waiting: number; own: number; refused: number; volume: Volume }> {
    return this.look(() => {
      const { waiting, refused } = this.store;
      const own = actor === null ? 0 : [...waiting.values()].filter(one => one.actor === actor).length;
      const all = [...waiting.values(), ...refused.values()];
      const volume = { events: all.length, bytes: all.reduce((sum, { bytes }) => sum + bytes, 0) };
      return { waiting: waiting.size, own, refused: refused.size, volume };
    });
  }

  override refusals(actor: string, most: number): Promise<Refused[]> {
    return this.look(() => [...this.store.refused.values()].filter(one => one.actor === actor).slice(0, most));
  }

  override age(): Promise<number> {
    return this.write(() => 0);
  }

  override losses(): Promise<{ reason: LossReason; events: number }[]> {
    return this.look(() => []);
  }

  override lossTold(): Promise<void> {
    return this.write(() => undefined);
  }

  override fact<K extends keyof Facts>(name: K): Promise<Facts[K] | undefined> {
    return this.look(() => this.store.facts.get(name) as Facts[K] | undefined);
  }

  override setFact<K extends keyof Facts>(name: K, value: Facts[K]): Promise<void> {
    return this.write(() => void this.store.facts.set(name, value));
  }

  override beat(lease: string): Promise<Beat | undefined> {
    return this.look(() => this.store.beats.get(lease));
  }

  override swapBeat(lease: string, expected: Beat | undefined, next: Beat | null): Promise<boolean> {
    return this.write(() => {
      const current = this.store.beats.get(lease);
      const isSame = current?.holder === expected?.holder && current?.beats === expected?.beats;
      if (isSame && next) this.store.beats.set(lease, next);
      if (isSame && !next) this.store.beats.delete(lease);
      return isSame;
    });
  }

  override close(): Promise<void> {
    return Promise.resolve();
  }

  private look<T>(does: () => T): Promise<T> {
    return this.life.step(() => {
      if (this.store.fault === 'denied') throw new DOMException('denied', 'InvalidStateError');
      return does();
    });
  }

  private write<T>(does: () => T): Promise<T> {
    return this.life.step(() => {
      if (this.store.fault) throw new DOMException('no room', 'QuotaExceededError');
      return does();
    });
  }
}
