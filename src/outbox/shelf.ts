import type { Problem } from '@celltrail/protocol';
import type { OutboxBounds, Refusal } from '../tokens.js';
import { hasRoomAgain, isFull } from './bounds.js';
import type { OutboxDatabase, Wanted } from './database.js';
import type { Entry } from './entry.js';
import type { Intake } from './intake.js';

/** An event as the sender takes it. Keys of those that lie only in memory are negative. */
export type Shelved = Entry & { key: number };

/** What waits for a person, and whether there may be more of it. */
export interface Batch {
  events: Shelved[];
  more: boolean;
}

/** How much lies where. */
export interface Counts {
  /** not acknowledged yet, whoever's they are */
  waiting: number;
  /** of these, for the person who is signed in */
  own: number;
  refused: number;
  /** no room is left for new ones */
  full: boolean;
  /** there is so much room that what was lost can be told */
  hasRoom: boolean;
}

/** Where the events lie: in IndexedDB, and in this page's memory while IndexedDB refuses them. */
export class Shelf {
  constructor(
    private readonly database: OutboxDatabase,
    private readonly intake: Intake,
    private readonly now: () => number,
    private readonly bounds: () => OutboxBounds
  ) {}

  /**
   * A person's oldest events. What the browser does not store is sent from memory: better once and at risk than
   * never; it is the only case in which an event is sent before it is stored.
   * @returns them, and whether there may be more
   * @param leads whether this page may send what lies in the database, other tabs' events among it
   */
  async read(actor: string, leads: boolean, wanted: Wanted): Promise<Batch> {
    if (this.intake.fault !== null) {
      const mine = this.intake.unsaved
        .filter(entry => entry.actor === actor)
        .map(entry => this.shelve(entry))
        .filter(({ key }) => !wanted.without.has(key));
      if (mine.length > 0) return { events: mine.slice(0, wanted.most), more: true };
    }
    return leads ? this.database.read(actor, wanted) : { events: [], more: false };
  }

  /** Delete what the server has. */
  async remove(events: readonly Shelved[]): Promise<void> {
    this.intake.forget(new Set(events.map(event => this.inMemory.get(event)).filter(entry => entry !== undefined)));
    const stored = events.filter(({ key }) => key > 0);
    if (stored.length > 0) await this.database.remove(stored, this.now());
  }

  /**
   * Keep apart what the server refused. What lay only in memory stays there until {@link Shelf.keepRefused}.
   * @returns what was not kept apart before
   */
  async refuse(refused: readonly { event: Shelved; problem: Problem }[]): Promise<Shelved[]> {
    const inMemory = refused.flatMap(({ event, problem }) => {
      const entry = this.inMemory.get(event);
      return event.key < 0 && entry ? [{ event, entry, problem, at: this.now() }] : [];
    });
    this.refusedInMemory.push(...inMemory);
    this.intake.forget(new Set(inMemory.map(({ entry }) => entry)));
    const stored = refused
      .filter(({ event }) => event.key > 0)
      .map(({ event, problem }) => ({ key: event.key, problem }));
    const moved = stored.length > 0 ? await this.database.refuse(stored, this.now()) : [];
    return [...inMemory.map(({ event }) => event), ...moved];
  }

  /** Bring to the disk what was refused while the disk refused, too. @returns what is kept now and was not before */
  async keepRefused(): Promise<Shelved[]> {
    const refused = this.refusedInMemory.slice();
    if (refused.length === 0) return [];
    await this.database.keepRefused(refused);
    this.refusedInMemory = this.refusedInMemory.filter(one => !refused.includes(one));
    return refused.map(({ event }) => event);
  }

  /** A person's refused events, oldest first. Nobody sees what another's code was. */
  async refusals(actor: string | null, most: number): Promise<Refusal[]> {
    if (actor === null) return [];
    const stored = await this.database.refusals(actor, most);
    const inMemory = this.refusedInMemory.filter(({ event }) => event.actor === actor);
    return [
      ...stored.map(({ json, problem, refused_at }) => ({
        event: JSON.parse(json) as unknown,
        problem: JSON.parse(problem) as Problem,
        refusedAt: refused_at
      })),
      ...inMemory.map(({ event, problem }) => ({
        event: JSON.parse(event.json) as unknown,
        problem,
        refusedAt: null
      }))
    ].slice(0, most);
  }

  /** File unclaimed events under the person that the server named. */
  async claim(actor: string, pageId: string): Promise<void> {
    this.intake.claim(actor, pageId);
    await this.database.claim(actor, pageId);
    await this.database.setFact('username', actor);
  }

  /** @param actor null: nobody is known */
  async count(actor: string | null): Promise<Counts> {
    const unsaved = this.intake.unsaved;
    const own = unsaved.filter(entry => entry.actor === actor).length;
    const stored = await this.database.count(actor);
    return {
      waiting: stored.waiting + unsaved.length,
      own: stored.own + own,
      refused: stored.refused + this.refusedInMemory.length,
      full: isFull(stored.volume, this.bounds()),
      hasRoom: hasRoomAgain(stored.volume, this.bounds())
    };
  }

  /** What is known without the database. */
  countMemory(actor: string | null): Counts {
    const { unsaved } = this.intake;
    const own = unsaved.filter(entry => entry.actor === actor).length;
    return { waiting: unsaved.length, own, refused: this.refusedInMemory.length, full: false, hasRoom: false };
  }

  private shelve(entry: Entry): Shelved {
    const key = this.memoryKeys.get(entry) ?? --this.lastMemoryKey;
    this.memoryKeys.set(entry, key);
    const shelved = { ...entry, key };
    this.inMemory.set(shelved, entry);
    return shelved;
  }

  private lastMemoryKey = 0;
  private readonly memoryKeys = new WeakMap<Entry, number>();
  private readonly inMemory = new WeakMap<Shelved, Entry>();
  private refusedInMemory: { event: Shelved; entry: Entry; problem: Problem; at: number }[] = [];
}
