import type { AuditEvent } from '@celltrail/protocol';
import { Outbox } from '../outbox.js';
import { StillSurroundings } from './clock.js';
import { someEvent } from './events.js';
import { Life, settle } from './life.js';
import { MoodyServer } from './moody-server.js';
import { SharedStore, StoreConnection } from './shared-store.js';
import { TabLocks } from './tab-locks.js';

/** An event that was captured: what is owed to somebody because of it. */
export interface Captured {
  id: string;
  tab: WorldTab;
  seq: number;
  /** who was known to be signed in; null: nobody was */
  actor: string | null;
}

/** What of time passes at once, ms: tabs take turns, and a lease is lost in no turn. */
const SLICE_MS = 5_000;

/** A browser profile with its tabs, its disk and its locks, before a server. */
export class ProfileWorld {
  /** @param hasLocks false: pages on plain http */
  constructor(private readonly hasLocks: boolean) {}

  readonly server = new MoodyServer();
  readonly store = new SharedStore();
  tabs: WorldTab[] = [];
  readonly captured: Captured[] = [];

  open(): WorldTab {
    const tab = new WorldTab(this, ++this.opened, this.hasLocks ? this.locks : undefined);
    this.tabs.push(tab);
    return tab;
  }

  /** Lets time pass, for all tabs that are not frozen. */
  async pass(ms: number): Promise<void> {
    for (let left = ms; left >= 0; left -= SLICE_MS) {
      for (const tab of [...this.tabs]) {
        if (!tab.life.isFrozen && !tab.life.isDead) await tab.time.pass(Math.min(left, SLICE_MS));
      }
    }
    await settle();
    this.tabs = this.tabs.filter(({ life }) => !life.isDead);
  }

  /** Every event is where it should be, and nowhere else. @throws Error when not */
  check(): void {
    const { waiting, refused } = this.store;
    const lying = [...waiting.values(), ...refused.values()].map(({ id }) => id);
    const there = new Set(lying);
    if (there.size < lying.length) throw new Error('an event lies in the outbox twice');
    for (const { id, tab, seq, actor } of this.captured) {
      const booked = this.server.booked.get(id);
      const isAnswered = booked !== undefined || this.server.refused.has(id);
      if (tab.stored.has(seq) && !there.has(id) && !isAnswered) throw new Error(`event ${id} is lost`);
      if (tab.settled.has(seq) && !isAnswered) throw new Error(`event ${id} was called answered and was not`);
      if (actor !== null && booked !== undefined && booked !== actor) throw new Error(`event ${id} of ${actor} is booked on ${booked}`); // prettier-ignore
    }
    for (const { id } of refused.values())
      if (!this.server.refused.has(id)) throw new Error(`event ${id} was given up`);
  }

  /** Who lives through it finds everything delivered. @throws Error when not */
  async checkEnd(): Promise<void> {
    // A narrow proxy stays: every event gets through it alone.
    if (this.server.mood !== 'narrow') this.server.mood = 'fine';
    this.store.fault = null;
    for (const { life } of this.tabs) life.spare();
    this.open();
    // Whoever waits for ana is sent when she is signed in, and so with babak; and what one of them makes known then.
    for (const person of ['ana', 'babak', 'ana', 'babak']) {
      this.server.signedIn = person;
      // As a person does who looks at what waits; what goes wrong after it must right itself.
      for (const { outbox } of this.tabs) outbox.hurry(0);
      await this.pass(6 * 60_000);
      this.check();
    }
    const [left] = this.store.waiting.values();
    if (left)
      throw new Error(`event ${left.id} of ${left.actor || 'nobody'} still waits, with ${this.store.waiting.size}`);
    for (const event of this.captured) this.checkDelivered(event);
    for (const tab of this.tabs) this.checkCounts(tab);
  }

  private checkDelivered({ id, tab, seq }: Captured): void {
    const { booked, bad, refused } = this.server;
    const isOwed = !tab.life.isDead || tab.stored.has(seq) || tab.settled.has(seq);
    if (isOwed && !bad.has(id) && !booked.has(id)) throw new Error(`event ${id} never arrived`);
    if (isOwed && bad.has(id) && !refused.has(id)) throw new Error(`bad event ${id} was never answered`);
  }

  private checkCounts({ outbox, name }: WorldTab): void {
    const { waiting, refused, reach } = outbox.state;
    if (waiting !== 0) throw new Error(`${name} says that ${waiting} wait`);
    if (refused < this.store.refused.size) throw new Error(`${name} says that ${refused} were refused`);
    if (reach !== 'reachable') throw new Error(`${name} says ${reach}`);
  }

  readonly channels = new Set<TabChannel>();
  private readonly locks = new TabLocks();
  private opened = 0;
}

/** One tab of the world, with the outbox as it is built, but for the thread. */
export class WorldTab {
  constructor(
    private readonly world: ProfileWorld,
    number: number,
    locks: TabLocks | undefined
  ) {
    this.name = `tab ${number}`;
    this.pageId = `${String(number).padStart(8, '0')}-0000-4000-8000-000000000000`;
    this.life = new Life(() => {
      locks?.forget(this);
      for (const channel of world.channels) if (channel.tab === this) channel.close();
    });
    this.time = new StillSurroundings(world.server.fetchOf(this.life), settle);
    const channelOf = (tab: WorldTab) =>
      class extends TabChannel {
        constructor() {
          super(world.channels, tab);
        }
      };
    globalThis.BroadcastChannel = channelOf(this) as unknown as typeof BroadcastChannel;
    this.outbox = new Outbox({
      surroundings: this.time,
      database: new StoreConnection(world.store, this.life),
      locks: locks?.seenBy(this),
      pageId: this.pageId,
      endpoint: () => 'http://localhost:8001',
      configuredUser: () => null,
      bounds: () => ({ maxEvents: 100_000, maxBytes: 256 * 1024 * 1024, maxDays: 30 }),
      page: () => ({ page_id: this.pageId, extension_version: '0.1.0', last_seq: this.seq, capturing: true }),
      // What a dead tab states is heard by nobody.
      record: statement => void (this.life.isDead || this.take({ ...someEvent(0), ...statement })),
      onState: () => undefined,
      onAdopted: () => undefined,
      onStored: sequences => sequences.forEach(seq => this.stored.add(seq)),
      onSettled: sequences => sequences.forEach(seq => this.settled.add(seq))
    });
  }

  readonly name: string;
  readonly life: Life;
  readonly time: StillSurroundings;
  readonly outbox: Outbox;
  /** numbers that the outbox called stored, and answered */
  readonly stored = new Set<number>();
  readonly settled = new Set<number>();

  /** Something is captured. */
  capture(isBad: boolean, bytes: number): void {
    const id = this.take(someEvent(0, this.pageId, 'x'.repeat(bytes)));
    if (isBad) this.world.server.bad.add(id);
  }

  /** Closes it in order: what is on its way to the disk still gets there. */
  async close(): Promise<void> {
    await this.world.pass(0);
    this.outbox.dispose();
    this.life.die();
  }

  private take(event: AuditEvent): string {
    const seq = ++this.seq;
    const id = `${this.pageId.slice(0, 23)}-${String(seq).padStart(12, '0')}`;
    this.world.captured.push({ id, tab: this, seq, actor: this.outbox?.state.username ?? null });
    this.outbox.take({ ...event, id, page_id: this.pageId, page_seq: seq });
    return id;
  }

  private readonly pageId: string;
  private seq = 0;
}

/** A BroadcastChannel between the tabs of one world. */
class TabChannel {
  constructor(
    private readonly all: Set<TabChannel>,
    readonly tab: WorldTab
  ) {
    all.add(this);
  }

  onmessage: ((event: { data: unknown }) => void) | null = null;

  postMessage(data: unknown): void {
    Life.activity += 1;
    for (const other of this.all) {
      if (other !== this) void Promise.resolve().then(() => other.hear(structuredClone(data)));
    }
  }

  close(): void {
    this.all.delete(this);
  }

  // A frozen tab would hear it later; that it never does is the harder case.
  private hear(data: unknown): void {
    if (this.all.has(this) && !this.tab.life.isFrozen) this.onmessage?.({ data });
  }
}
