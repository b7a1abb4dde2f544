import type { Problem } from '@celltrail/protocol';
import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb';
import { isClaimable, UNCLAIMED, type Entry, type Refused, type Stored } from './entry.js';

/** The database of a browser profile; every tab of this origin shares it. */
export const DATABASE_NAME = 'celltrail-outbox';

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
}

/** What is asked for when events are read. */
export interface Wanted {
  /** how many at most */
  most: number;
  /** UTF-8 bytes, where to stop; the first event comes whatever its size */
  mostBytes: number;
  /** keys to pass by */
  without: ReadonlySet<number>;
}

/** The layout of the current version. */
export interface Layout extends DBSchema {
  waiting: {
    key: number;
    value: Stored;
    indexes: { by_page: [string, number]; by_actor: string };
  };
  refused: { key: number; value: Refused };
  facts: { key: string; value: Facts[keyof Facts] };
  beats: { key: string; value: Beat };
}

type Upgrade = (
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
  }
];

/** Events that are read at once: some of a megabyte each may be among them. */
const AT_ONCE = 8;

// Without it Chromium answers before the operating system has written: a crash of the machine loses the event.
const STRICT = { durability: 'strict' } as const;

/** The events of this browser profile, on its disk. Every method rejects when the browser keeps nothing. */
export class OutboxDatabase {
  /** @param upgrades handed in by tests of an upgrade */
  constructor(
    private readonly name = DATABASE_NAME,
    private readonly upgrades = UPGRADES
  ) {}

  /** Store events; those that lie here already stay as they are. Resolves when they are on the disk. */
  async add(entries: readonly Entry[]): Promise<void> {
    try {
      await this.addAll(entries);
    } catch (error) {
      // Some may be here already, after a failure of which nobody knows how far it got. Which of the two errors is
      // told first is the browser's choice.
      if (!['ConstraintError', 'AbortError'].includes((error as DOMException).name)) throw error;
      await this.addAll(await this.missing(entries));
    }
  }

  private async addAll(entries: readonly Entry[]): Promise<void> {
    const db = await this.open();
    const transaction = db.transaction('waiting', 'readwrite', STRICT);
    // The key generator fills in the key.
    await within(transaction, () => Promise.all(entries.map(entry => transaction.store.add(entry as Stored))));
  }

  private async missing(entries: readonly Entry[]): Promise<Entry[]> {
    const byPage = (await this.open()).transaction('waiting').store.index('by_page');
    const known = await Promise.all(entries.map(entry => byPage.getKey([entry.page_id, entry.page_seq])));
    return entries.filter((_, index) => known[index] === undefined);
  }

  /**
   * A person's events, oldest first.
   * @returns them, and whether there may be more
   */
  async read(actor: string, { most, mostBytes, without }: Wanted): Promise<{ events: Stored[]; more: boolean }> {
    const db = await this.open();
    // One request brings the few that wait as a rule; a cursor would take two for each.
    const first = await db.getAllFromIndex('waiting', 'by_actor', actor, Math.min(most, AT_ONCE));
    if (first.length < Math.min(most, AT_ONCE)) {
      const wanted = first.filter(({ key }) => !without.has(key));
      const events = upTo(wanted, mostBytes);
      return { events, more: events.length < wanted.length };
    }
    const events: Stored[] = [];
    let bytes = 0;
    let cursor = await db.transaction('waiting').store.index('by_actor').openCursor(actor);
    while (cursor && events.length < most) {
      if (without.has(cursor.value.key)) {
        cursor = await cursor.continue();
        continue;
      }
      bytes += cursor.value.bytes;
      if (events.length > 0 && bytes > mostBytes) break;
      events.push(cursor.value);
      cursor = await cursor.continue();
    }
    return { events, more: cursor !== null };
  }

  /** Delete events that the server acknowledged. @param at when it did, Unix ms */
  async remove(keys: readonly number[], at: number): Promise<void> {
    const db = await this.open();
    const transaction = db.transaction(['waiting', 'facts'], 'readwrite', STRICT);
    await within(transaction, async () => {
      const waiting = transaction.objectStore('waiting');
      const written = transaction.objectStore('facts').put(at, 'last_stored_at');
      await Promise.all([written, ...keys.map(key => waiting.delete(key))]);
    });
  }

  /**
   * Move refused events apart.
   * @param at Unix ms
   * @returns the events this call moved; one that another tab moved is not among them
   */
  async refuse(refused: readonly { key: number; problem: Problem }[], at: number): Promise<Refused[]> {
    const db = await this.open();
    const transaction = db.transaction(['waiting', 'refused'], 'readwrite', STRICT);
    return within(transaction, async () => {
      const moved: Refused[] = [];
      for (const { key, problem } of refused) {
        const entry = await transaction.objectStore('waiting').get(key);
        if (!entry) continue;
        const kept: Refused = { ...entry, problem: JSON.stringify(problem), refused_at: at };
        await transaction.objectStore('refused').put(kept);
        await transaction.objectStore('waiting').delete(key);
        moved.push(kept);
      }
      return moved;
    });
  }

  /**
   * File unclaimed events under the person the server takes this page for, see {@link isClaimable}.
   * @returns how many
   */
  async claim(actor: string, pageId: string): Promise<number> {
    const db = await this.open();
    const transaction = db.transaction('waiting', 'readwrite', STRICT);
    return within(transaction, async () => {
      let claimed = 0;
      let cursor = await transaction.store.index('by_actor').openCursor(UNCLAIMED);
      while (cursor) {
        if (isClaimable(cursor.value, actor, pageId)) {
          await cursor.update({ ...cursor.value, actor });
          claimed += 1;
        }
        cursor = await cursor.continue();
      }
      return claimed;
    });
  }

  /** How many wait, how many of them for this person, how many were refused. @param actor null: nobody is known */
  async count(actor: string | null): Promise<{ waiting: number; own: number; refused: number }> {
    const db = await this.open();
    const transaction = db.transaction(['waiting', 'refused']);
    const store = transaction.objectStore('waiting');
    const [waiting, own, refused] = await Promise.all([
      store.count(),
      actor === null ? 0 : store.index('by_actor').count(actor),
      transaction.objectStore('refused').count()
    ]);
    return { waiting, own, refused };
  }

  async fact<K extends keyof Facts>(name: K): Promise<Facts[K] | undefined> {
    return (await (await this.open()).get('facts', name)) as Facts[K] | undefined;
  }

  async setFact<K extends keyof Facts>(name: K, value: Facts[K]): Promise<void> {
    await (await this.open()).put('facts', value, name);
  }

  async beat(lease: string): Promise<Beat | undefined> {
    return (await this.open()).get('beats', lease);
  }

  /**
   * Write a lease's beat if it still is what the caller saw.
   * @param expected undefined: nobody holds it
   * @param next null: give it back
   * @returns whether it was
   */
  async swapBeat(lease: string, expected: Beat | undefined, next: Beat | null): Promise<boolean> {
    const db = await this.open();
    const transaction = db.transaction('beats', 'readwrite');
    return within(transaction, async () => {
      const current = await transaction.store.get(lease);
      const same = current?.holder === expected?.holder && current?.beats === expected?.beats;
      if (same) await (next ? transaction.store.put(next, lease) : transaction.store.delete(lease));
      return same;
    });
  }

  /** Close the connection; the next call opens it again. */
  async close(): Promise<void> {
    const opening = this.opening;
    this.opening = null;
    // A connection that never opened has nothing to close.
    await opening?.then(
      db => db.close(),
      () => undefined
    );
  }

  // A browser that denies storage may allow it later (a full disk gets room), so a failure is not remembered.
  private open(): Promise<IDBPDatabase<Layout>> {
    const opening = this.opening ?? this.connect();
    this.opening = opening;
    opening.catch(() => {
      if (this.opening === opening) this.opening = null;
    });
    return opening;
  }

  private async connect(): Promise<IDBPDatabase<Layout>> {
    return openDB<Layout>(this.name, this.upgrades.length, {
      upgrade: (db, from, _to, transaction) => {
        const steps = async (): Promise<void> => {
          for (const step of this.upgrades.slice(from)) await step(db, transaction);
        };
        // Aborted, the old layout and its events stay as they were, and opening rejects.
        within(transaction, steps).catch(() => abort(transaction));
      },
      // A newer build in another tab wants to upgrade: make room, reopening fails until this tab is reloaded.
      blocking: () => void this.close(),
      terminated: () => {
        this.opening = null;
      }
    });
  }

  private opening: Promise<IDBPDatabase<Layout>> | null = null;
}

// A failed request aborts its transaction, too: both rejections are one failure, and none may go unhandled.
async function within<T>(transaction: { done: Promise<void> }, work: () => Promise<T>): Promise<T> {
  const [result] = await Promise.all([work(), transaction.done]);
  return result;
}

// A request that failed has aborted its transaction already; an error of ours has not.
function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

function upTo(events: Stored[], mostBytes: number): Stored[] {
  let bytes = 0;
  const end = events.findIndex((event, index) => (bytes += event.bytes) > mostBytes && index > 0);
  return end < 0 ? events : events.slice(0, end);
}
