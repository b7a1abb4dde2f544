import type { Problem } from '@celltrail/protocol';
import { openDB, type IDBPDatabase } from 'idb';
import type { OutboxBounds } from '../tokens.js';
import { admit, dayOf, EMPTY, type Day, type Volume } from './bounds.js';
import { isClaimable, UNCLAIMED, type Entry, type Refused, type Stored } from './entry.js';
import { claimLosses, forgetLosses, lossesOf, noteLosses } from './loss-counts.js';
import { UPGRADES, type Beat, type Facts, type Layout, type LossReason } from './layout.js';

/** The database of a browser profile; every tab of this origin shares it. */
export const DATABASE_NAME = 'celltrail-outbox';

/** What is asked for when events are read. */
export interface Wanted {
  /** how many at most */
  most: number;
  /** UTF-8 bytes, where to stop; the first event comes whatever its size */
  mostBytes: number;
  /** keys to pass by */
  without: ReadonlySet<number>;
}

/** Events that are read at once, the few that wait as a rule and more of many: some of a megabyte each may be among them. */
const AT_ONCE = { first: 8, next: 64 };

// Without it Chromium answers before the operating system has written: a crash of the machine loses the event.
const STRICT = { durability: 'strict' } as const;

/** The events of this browser profile, on its disk. Every method rejects when the browser keeps nothing. */
export class OutboxDatabase {
  /** @param upgrades handed in by tests of an upgrade */
  constructor(
    private readonly name = DATABASE_NAME,
    private readonly upgrades = UPGRADES
  ) {}

  /**
   * Store events; those that lie here already stay as they are. Resolves when they are on the disk.
   * @returns those there was no room for; that they are lost is on the disk
   */
  async add(entries: readonly Entry[], bounds: OutboxBounds): Promise<Entry[]> {
    try {
      return await this.addAll(entries, bounds);
    } catch (error) {
      // Some may be here already, after a failure of which nobody knows how far it got. Which of the two errors is
      // told first is the browser's choice.
      if (!['ConstraintError', 'AbortError'].includes((error as DOMException).name)) throw error;
      return this.addAll(await this.missing(entries), bounds);
    }
  }

  private async addAll(entries: readonly Entry[], bounds: OutboxBounds): Promise<Entry[]> {
    const db = await this.open();
    const transaction = db.transaction(['waiting', 'facts', 'losses'], 'readwrite', STRICT);
    return within(transaction, async () => {
      const [waiting, facts] = [transaction.objectStore('waiting'), transaction.objectStore('facts')];
      const [volume = EMPTY, day] = await Promise.all([facts.get('volume'), facts.get('day')]);
      const admitted = admit(entries, volume as Volume, bounds);
      const number = (day as Day | undefined)?.number ?? 1;
      await Promise.all([
        // The key generator fills in the key.
        ...admitted.kept.map(entry => waiting.add({ ...entry, day: number } as Stored)),
        facts.put(admitted.volume, 'volume'),
        noteLosses(transaction.objectStore('losses'), admitted.lost, 'outbox_full')
      ]);
      return admitted.lost;
    });
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
    const transaction = (await this.open()).transaction(['waiting', 'facts']);
    const waiting = transaction.objectStore('waiting');
    const claims = ((await transaction.objectStore('facts').get('claims')) as Facts['claims'] | undefined) ?? 0;
    const front = this.front.get(actor);
    let from = front?.claims === claims ? front.key : await waiting.index('by_actor').getKey(actor);
    if (from === undefined) return { events: [], more: false };
    const events: Stored[] = [];
    let bytes = 0;
    let oldest: number | undefined;
    for (let size = AT_ONCE.first; ; size = AT_ONCE.next) {
      const found: Stored[] = await waiting.getAll(IDBKeyRange.lowerBound(from), size);
      const own = found.filter(entry => entry.actor === actor);
      oldest ??= own[0]?.key;
      from = (found.at(-1)?.key ?? from - 1) + 1;
      this.front.set(actor, { claims, key: oldest ?? from });
      for (const entry of own) {
        if (without.has(entry.key)) continue;
        if (events.length > 0 && bytes + entry.bytes > mostBytes) return { events, more: true };
        bytes += entry.bytes;
        if (events.push(entry) === most) return { events, more: true };
      }
      if (found.length < size) return { events, more: false };
    }
  }

  /** Delete events that the server acknowledged. @param at when it did, Unix ms */
  async remove(events: readonly Pick<Stored, 'key' | 'bytes'>[], at: number): Promise<void> {
    const db = await this.open();
    const transaction = db.transaction(['waiting', 'facts'], 'readwrite', STRICT);
    await within(transaction, async () => {
      const [waiting, facts] = [transaction.objectStore('waiting'), transaction.objectStore('facts')];
      const [volume = EMPTY, ...found] = await Promise.all([
        facts.get('volume') as Promise<Volume | undefined>,
        ...events.map(({ key }) => waiting.getKey(key))
      ]);
      // Another tab may have deleted some: they are subtracted once.
      const here = events.filter((_, index) => found[index] !== undefined);
      await Promise.all([
        facts.put(at, 'last_stored_at'),
        facts.put(less(volume, here), 'volume'),
        ...here.map(({ key }) => waiting.delete(key))
      ]);
    });
  }

  /** A person's refused events, oldest first. @param most how many at most */
  async refusals(actor: string, most: number): Promise<Refused[]> {
    const found: Refused[] = [];
    let cursor = await (await this.open()).transaction('refused').store.openCursor();
    while (cursor && found.length < most) {
      if (cursor.value.actor === actor) found.push(cursor.value);
      cursor = await cursor.continue();
    }
    return found;
  }

  /**
   * Begin a new day of use where one is due, and delete what waited for more than so many; that it was is on the disk.
   * What was refused goes with the days, too: its refusal is on record.
   * @param now Unix ms
   * @returns how many that waited
   */
  async age(now: number, { maxDays }: OutboxBounds): Promise<number> {
    const db = await this.open();
    const transaction = db.transaction(['waiting', 'refused', 'facts', 'losses'], 'readwrite', STRICT);
    return within(transaction, async () => {
      const facts = transaction.objectStore('facts');
      const last = (await facts.get('day')) as Day | undefined;
      const day = dayOf(last, now);
      if (day === last) return 0;
      await facts.put(day, 'day');
      const old = IDBKeyRange.upperBound(day.number - maxDays, true);
      const gone: Record<'waiting' | 'refused', Stored[]> = { waiting: [], refused: [] };
      for (const name of ['waiting', 'refused'] as const) {
        let cursor = await transaction.objectStore(name).index('by_day').openCursor(old);
        while (cursor) {
          gone[name].push(cursor.value);
          await cursor.delete();
          cursor = await cursor.continue();
        }
      }
      const volume = ((await facts.get('volume')) as Volume | undefined) ?? EMPTY;
      await facts.put(less(volume, [...gone.waiting, ...gone.refused]), 'volume');
      await noteLosses(transaction.objectStore('losses'), gone.waiting, 'outbox_expired');
      return gone.waiting.length;
    });
  }

  /** How many events of a person were lost here, and why, that nothing on the disk tells of yet. */
  async losses(actor: string): Promise<{ reason: LossReason; events: number }[]> {
    return lossesOf((await this.open()).transaction('losses').store, actor);
  }

  /** A statement of so many lost events is on the disk. */
  async lossTold(actor: string, reason: LossReason, events: number): Promise<void> {
    const db = await this.open();
    const transaction = db.transaction('losses', 'readwrite', STRICT);
    await within(transaction, () => forgetLosses(transaction.store, actor, reason, events));
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

  /** Keep apart what was refused while it lay only in memory. */
  async keepRefused(refused: readonly { entry: Entry; problem: Problem; at: number }[]): Promise<void> {
    const db = await this.open();
    const transaction = db.transaction(['waiting', 'refused', 'facts'], 'readwrite', STRICT);
    await within(transaction, async () => {
      const [waiting, facts] = [transaction.objectStore('waiting'), transaction.objectStore('facts')];
      const day = ((await facts.get('day')) as Day | undefined)?.number ?? 1;
      let { events, bytes } = ((await facts.get('volume')) as Volume | undefined) ?? EMPTY;
      for (const { entry, problem, at } of refused) {
        const here = await waiting.index('by_page').getKey([entry.page_id, entry.page_seq]);
        // Keys of both stores are of one series: the generator is `waiting`'s.
        const key = here ?? (await waiting.add({ ...entry, day } as Stored));
        const kept: Refused = { ...entry, key, day, problem: JSON.stringify(problem), refused_at: at };
        await transaction.objectStore('refused').put(kept);
        await waiting.delete(key);
        if (here !== undefined) continue;
        events += 1;
        bytes += entry.bytes;
      }
      await facts.put({ events, bytes }, 'volume');
    });
  }

  /**
   * File unclaimed events under the person the server takes this page for, see {@link isClaimable}.
   * @returns how many
   */
  async claim(actor: string, pageId: string): Promise<number> {
    const db = await this.open();
    const transaction = db.transaction(['waiting', 'losses', 'facts'], 'readwrite', STRICT);
    return within(transaction, async () => {
      let claimed = 0;
      await claimLosses(transaction.objectStore('losses'), actor);
      let cursor = await transaction.objectStore('waiting').index('by_actor').openCursor(UNCLAIMED);
      while (cursor) {
        if (isClaimable(cursor.value, actor, pageId)) {
          await cursor.update({ ...cursor.value, actor });
          claimed += 1;
        }
        cursor = await cursor.continue();
      }
      const facts = transaction.objectStore('facts');
      if (claimed > 0) await facts.put((((await facts.get('claims')) as number | undefined) ?? 0) + 1, 'claims');
      return claimed;
    });
  }

  /**
   * How many wait, how many of them for this person, how many were refused. To count a store or an index takes a browser
   * as long as there are entries, and as long again as there were some that it has not forgotten yet: only where more
   * than one person's events wait are they counted one by one.
   * @param actor null: nobody is known
   */
  async count(actor: string | null): Promise<{ waiting: number; own: number; refused: number; volume: Volume }> {
    const db = await this.open();
    const transaction = db.transaction(['waiting', 'refused', 'facts']);
    const index = transaction.objectStore('waiting').index('by_actor');
    const [refused, volume = EMPTY] = await Promise.all([
      transaction.objectStore('refused').count(),
      transaction.objectStore('facts').get('volume') as Promise<Volume | undefined>
    ]);
    const waiting = volume.events - refused;
    if (actor === null || waiting === 0) return { waiting, own: 0, refused, volume };
    // Looked at from behind: what was sent and deleted lies in front.
    const [last, before] = await Promise.all([
      index.openKeyCursor(null, 'prev'),
      index.openKeyCursor(IDBKeyRange.upperBound(actor, true), 'prev')
    ]);
    const own = last?.key === actor && !before ? waiting : await index.count(actor);
    return { waiting, own, refused, volume };
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
    const db = await openDB<Layout>(this.name, this.upgrades.length, {
      upgrade: (upgrading, from, _to, transaction) => {
        const steps = async (): Promise<void> => {
          for (const step of this.upgrades.slice(from)) await step(upgrading, transaction);
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
    // It may be another one: who clears a browser's data begins a new one, whose keys begin again. Not before it is
    // open: until then the last reads of the one before may come to their end.
    this.front.clear();
    return db;
  }

  private opening: Promise<IDBPDatabase<Layout>> | null = null;
  /**
   * Of each person the key before which nothing of theirs waits, true until somebody claims older events. To look for
   * the first of many takes a browser long once as many before it were deleted.
   */
  private readonly front = new Map<string, { claims: number; key: number }>();
}

function less(volume: Volume, gone: readonly Pick<Stored, 'bytes'>[]): Volume {
  const bytes = gone.reduce((sum, entry) => sum + entry.bytes, 0);
  return { events: Math.max(0, volume.events - gone.length), bytes: Math.max(0, volume.bytes - bytes) };
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
