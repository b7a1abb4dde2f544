import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { Day, Volume } from './bounds.js';
import type { Refused, Stored } from './entry.js';

/** A sign of life of the tab that sends for a person. It counts up, so that no clock has to be right. */
export interface Beat {
  holder: string;
  beats: number;
}

/** What the profile remembers. */
export interface Facts {
  /** whom the server last took a page of this profile for */
  username: string;
  /** Unix ms of the last acknowledgement */
  last_stored_at: number;
  /** all that lies here, waiting and refused */
  volume: Volume;
  day: Day;
  /** how often unclaimed events were filed under a person, who then has events older than any before */
  claims: number;
}

/** Why events were lost here, as `capture.gap` says it. */
export type LossReason = 'outbox_full' | 'outbox_expired';

/** The layout of the current version. */
export interface Layout extends DBSchema {
  waiting: {
    key: number;
    value: Stored;
    indexes: { by_page: [string, number]; by_actor: string; by_day: number };
  };
  refused: { key: number; value: Refused; indexes: { by_day: number } };
  facts: { key: string; value: Facts[keyof Facts] };
  beats: { key: string; value: Beat };
  /** how many events of a person were lost, until a statement of it lies here; by actor and reason */
  losses: { key: [string, LossReason]; value: number };
}

/** One step of the layout's history. */
export type Upgrade = (
  db: IDBPDatabase<Layout>,
  transaction: IDBPTransaction<Layout, StoreNames<Layout>[], 'versionchange'>
) => void | Promise<void>;

/** One step per version; the database's version is their number. A step keeps every event it finds. */
export const UPGRADES: readonly Upgrade[] = [
  db => {
    const waiting = db.createObjectStore('waiting', { keyPath: 'key', autoIncrement: true });
    // A page numbers its events, so this pair is one event: written twice, it is kept once.
    waiting.createIndex('by_page', ['page_id', 'page_seq'], { unique: true });
    waiting.createIndex('by_actor', 'actor');
    db.createObjectStore('refused', { keyPath: 'key' });
    db.createObjectStore('facts');
    db.createObjectStore('beats');
  },
  // Bounds: what lies here is measured, and has a day.
  async (db, transaction) => {
    db.createObjectStore('losses');
    const volume: Volume = { events: 0, bytes: 0 };
    for (const name of ['waiting', 'refused'] as const) {
      const store = transaction.objectStore(name);
      store.createIndex('by_day', 'day');
      let cursor = await store.openCursor();
      while (cursor) {
        volume.events += 1;
        volume.bytes += cursor.value.bytes;
        await cursor.update({ ...cursor.value, day: 1 });
        cursor = await cursor.continue();
      }
    }
    await transaction.objectStore('facts').put(volume, 'volume');
  }
];
