import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import type { OutboxBounds } from '../../tokens.js';
import { OutboxDatabase, type Wanted } from '../database.js';

/** Room for all that a test keeps. */
export const ROOMY: OutboxBounds = { maxEvents: 100_000, maxBytes: 1e9, maxDays: 30 };

/** Gives the test a browser profile of its own. */
export function freshProfile(): void {
  globalThis.indexedDB = new IDBFactory();
}

/** A browser that keeps nothing, until it is told otherwise. */
export class MoodyDatabase extends OutboxDatabase {
  /** what every call rejects with; null: it works */
  fault: Error | null = null;
  /** takes new events, and lets none go: a disk on which even to delete takes room */
  refusesToDelete = false;

  override add(...args: Parameters<OutboxDatabase['add']>): ReturnType<OutboxDatabase['add']> {
    return this.or(() => super.add(...args));
  }

  override read(...args: Parameters<OutboxDatabase['read']>): ReturnType<OutboxDatabase['read']> {
    return this.or(() => super.read(...args));
  }

  override remove(...args: Parameters<OutboxDatabase['remove']>): Promise<void> {
    if (this.refusesToDelete) return Promise.reject(new DOMException('no room', 'QuotaExceededError'));
    return this.or(() => super.remove(...args));
  }

  override keepRefused(...args: Parameters<OutboxDatabase['keepRefused']>): Promise<void> {
    return this.or(() => super.keepRefused(...args));
  }

  override claim(...args: Parameters<OutboxDatabase['claim']>): Promise<number> {
    return this.or(() => super.claim(...args));
  }

  override count(...args: Parameters<OutboxDatabase['count']>): ReturnType<OutboxDatabase['count']> {
    return this.or(() => super.count(...args));
  }

  private or<T>(does: () => Promise<T>): Promise<T> {
    return this.fault ? Promise.reject(this.fault) : does();
  }
}

/** What to read: so many events, so many bytes. */
export function upTo(most: number, mostBytes = 1e9, without: ReadonlySet<number> = new Set()): Wanted {
  return { most, mostBytes, without };
}
