import type { AuditEvent, PageState, Problem } from '@celltrail/protocol';
import { MAX_REFUSALS, type OutboxBounds, type OutboxState, type Refusal } from '../tokens.js';
import { Adoptions } from './adoptions.js';
import { openChannel, type Channel, type Message } from './channel.js';
import { Credential } from './credential.js';
import { Census } from './census.js';
import type { OutboxDatabase } from './database.js';
import type { Entry, LastWord, WordId } from './entry.js';
import { Intake, type IntakeListener } from './intake.js';
import { openLease, type Lease } from './lease.js';
import { Losses } from './losses.js';
import type { OwnStatement, PageFacts } from './messages.js';
import { Sender } from './sender.js';
import { Shelf, type Counts, type Shelved } from './shelf.js';
import { composeState, NOTHING_KNOWN, type Told } from './state.js';
import type { Surroundings } from './surroundings.js';

/**
 * A browser that can be read may refuse to write: after a failure it is in doubt for so long that the sender has tried
 * again, in ms. Taken back by the next look, the word on it would go out with a request each time, without end.
 */
const DOUBT_MS = 10_000;

/** How often it is looked whether something waited for too many days, ms. */
const AGE_MS = 60 * 60_000;

/** What an outbox needs of the page it works for. */
export interface OutboxParts {
  surroundings: Surroundings;
  database: OutboxDatabase;
  locks: LockManager | undefined;
  pageId: string;
  endpoint: () => string;
  /** what to show that server, where it asks for a token */
  token?: () => string | null;
  /** how much may be kept */
  bounds: () => OutboxBounds;
  /** whom the image's configuration names */
  configuredUser: () => string | null;
  /** the page as it stands, without the outbox's own counts */
  page: () => PageFacts;
  /** states what became of an event, as an event */
  record: (statement: OwnStatement) => void;
  /** delivery stands otherwise than before */
  onState: (state: OutboxState) => void;
  /** numbers of the page's events that reached the disk */
  onStored: (sequences: number[]) => void;
  /** these last words are on the disk, or the server has them */
  onAdopted: (ids: WordId[]) => void;
  /** numbers of the page's events that the server answered for good, whichever tab asked */
  onSettled: (sequences: number[]) => void;
}

/** The browser's durable queue of events not yet acknowledged. It works in a thread of its own, see `worker.ts`. */
export class Outbox {
  constructor(private readonly parts: OutboxParts) {
    const { surroundings, database, endpoint } = parts;
    const listener: IntakeListener = {
      onChange: saved => this.stored(saved),
      onNoRoom: () => {
        this.census.forget();
      },
      onLost: missing => parts.record({ type: 'capture.gap', reason: 'outbox_full', missing })
    };
    this.intake = new Intake(database, surroundings, listener, parts.bounds);
    this.shelf = new Shelf(database, this.intake, surroundings.now, parts.bounds);
    this.census = new Census({
      shelf: this.shelf,
      surroundings,
      username: () => this.credential.username,
      isBusy: () => this.disposed || this.sender.isRunning,
      isDrained: () => this.sender.isDrained && this.intake.unsaved.length === 0,
      onCounted: counts => this.counted(counts),
      onFault: error => {
        this.storageFault ??= message(error);
      },
      onChange: () => this.publish()
    });
    this.losses = new Losses({ database, record: parts.record, onFault: error => this.storage(error) });
    this.credential = new Credential(surroundings, endpoint, parts.token);
    this.channel = openChannel(message => this.hear(message));
    this.sender = new Sender({
      surroundings,
      endpoint,
      credential: this.credential,
      shelf: this.shelf,
      page: () => this.pageState(),
      leads: () => this.lease?.held === true,
      onIdentity: username => this.identified(username),
      onChange: () => {
        this.told = null;
        this.refresh();
      },
      onSettled: events => this.settled(events),
      onRefused: refused => this.refused(refused),
      onStorage: error => this.storage(error)
    });
    database.fact('last_stored_at').then(
      at => this.lastStored(at ?? null),
      (error: unknown) => this.storage(error)
    );
    void this.age();
    this.sender.wake();
  }

  get state(): OutboxState {
    return this.current;
  }

  /** For whom events may be sent without asking the server first; null: nobody. */
  get confirmed(): string | null {
    return this.credential.mustAsk ? null : this.credential.username;
  }

  /** Take an event of this page in. Never throws, never waits. */
  take(event: AuditEvent): void {
    this.intake.take(event, this.credential.username, this.parts.configuredUser());
    // It is counted once it is on the disk, or was refused there.
    this.census.outdate();
  }

  /** Take in what pages that went left in this profile; `onAdopted` tells when it is safe. */
  adopt(words: readonly LastWord[]): void {
    this.adoptions.adopt(words);
    this.census.outdate();
  }

  /** What the server refused of the person who is signed in. Never rejects: what can't be read is not listed. */
  async refusals(): Promise<Refusal[]> {
    try {
      return await this.shelf.refusals(this.credential.username, MAX_REFUSALS);
    } catch (error) {
      this.storage(error);
      return [];
    }
  }

  /** The network came back, or the person did: try soon. @param spreadMs how far pages are spread */
  hurry(spreadMs: number): void {
    this.sender.retry(this.parts.surroundings.random() * spreadMs);
  }

  /** The page turned capture on or off: the server learns it now. */
  beat(): void {
    this.sender.beat();
  }

  /** The address of the server is another. */
  restart(): void {
    this.openLease(null);
    this.sender.restart();
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.sender.dispose();
    this.intake.dispose();
    this.lease?.dispose();
    this.channel.dispose();
    this.cancelAge?.();
    this.census.dispose();
  }

  // A page may stay open for weeks.
  private async age(): Promise<void> {
    const { database, surroundings, bounds } = this.parts;
    try {
      const gone = await database.age(surroundings.now(), bounds());
      if (gone > 0) {
        this.census.forget();
        this.refresh();
      }
    } catch (error) {
      this.storage(error);
    }
    if (!this.disposed) this.cancelAge = surroundings.after(AGE_MS, () => void this.age());
  }

  private get monotonic(): number {
    return this.parts.surroundings.monotonic();
  }

  private pageState(): PageState {
    const { waiting, refused } = this.current;
    return { ...this.parts.page(), keeping: keepingOf(this.current), waiting, refused };
  }

  private async identified(username: string): Promise<void> {
    try {
      await this.shelf.claim(username, this.parts.pageId);
    } catch (error) {
      this.storage(error);
    }
    this.openLease(username);
    // Before anything of theirs is sent, or stated of what was.
    this.publish();
  }

  // One lease per server and person: a tab of A can't send what B's tab captured.
  private openLease(username: string | null): void {
    const name = username === null ? null : `celltrail-sender ${this.parts.endpoint()} ${username}`;
    if (name === this.leaseName) return;
    this.lease?.dispose();
    this.leaseName = name;
    this.lease =
      name === null
        ? null
        : openLease(
            {
              name,
              holder: this.parts.pageId,
              database: this.parts.database,
              surroundings: this.parts.surroundings,
              onChange: held => held && this.sender.wake(),
              onFault: error => this.storage(error)
            },
            this.parts.locks
          );
  }

  // Events reached the disk, or the browser refuses to keep them.
  private stored(saved: readonly Entry[]): void {
    if (saved.length > 0) this.written();
    const own = saved.filter(({ page_id }) => page_id === this.parts.pageId);
    if (own.length > 0) this.parts.onStored(own.map(({ page_seq }) => page_seq));
    this.adoptions.safe(saved);
    this.losses.stored(saved);
    // The tab that sends is the one who wants to know.
    if (this.intake.fault === null && !this.lease?.held) this.channel.tell({ kind: 'stored' });
    this.sender.wake();
    this.refresh();
  }

  private settled(events: readonly Shelved[]): void {
    this.written();
    const pairs = events.map(({ page_id, page_seq }) => ({ page_id, page_seq }));
    this.answered(pairs);
    this.adoptions.safe(pairs);
    const at = this.parts.surroundings.now();
    this.lastStored(at);
    this.channel.tell({ kind: 'settled', events: pairs });
  }

  private refused(refused: readonly { event: Shelved; problem: Problem }[]): void {
    this.census.forget();
    for (const { event, problem } of refused) {
      // A refusal of the statement about a refusal would go on for ever.
      if (event.type === 'outbox.refused') continue;
      const about = {
        refused_id: event.id,
        refused_type: event.type,
        problem: problem.type,
        field: problem.field ?? null,
        refused_page_id: event.page_id,
        refused_page_seq: event.page_seq
      };
      this.parts.record({ type: 'outbox.refused', ...about });
    }
  }

  private answered(events: readonly { page_id: string; page_seq: number }[]): void {
    const own = events.filter(({ page_id }) => page_id === this.parts.pageId).map(({ page_seq }) => page_seq);
    if (own.length > 0) this.parts.onSettled(own);
  }

  private storage(error: unknown): void {
    if (error === null && this.monotonic < this.doubtedUntil) return;
    if (error !== null) this.doubtedUntil = this.monotonic + DOUBT_MS;
    const fault = error === null ? null : message(error);
    if (fault === this.storageFault) return;
    this.storageFault = fault;
    this.refresh();
  }

  // It was written: no doubt is left.
  private written(): void {
    this.doubtedUntil = -Infinity;
    this.storage(null);
  }

  private hear(told: Message): void {
    if (this.disposed) return;
    if (told.kind === 'settled') this.answered(told.events);
    if (told.kind === 'state') {
      // The tab that sends knows best; our own heartbeat may be a minute old.
      if (this.lease?.held || told.username !== this.credential.username) return;
      this.told = told.state;
      this.lastStored(told.state.lastStoredAt);
    }
    this.refresh();
    if (told.kind === 'stored' && this.lease?.held) this.sender.wake();
  }

  private lastStored(at: number | null): void {
    if (at === null || at <= (this.lastStoredAt ?? 0)) return;
    this.lastStoredAt = at;
    this.refresh();
  }

  // Tells at once what is known at once, and counts the database anew.
  private refresh(): void {
    this.publish();
    this.census.refresh();
  }

  private async counted({ hasRoom }: Counts): Promise<void> {
    const kept = await this.shelf.keepRefused();
    if (kept.length > 0) this.settled(kept);
    const { username } = this.credential;
    if (hasRoom && username !== null && this.lease?.held) await this.losses.tell(username);
    // It answers again; while it refuses to write new ones, the intake says so itself.
    if (this.monotonic >= this.doubtedUntil) this.storageFault = null;
  }

  private publish(): void {
    if (this.disposed) return;
    const next = composeState({
      queue: this.sender.queue,
      nextTryAt: this.nextTryAt(),
      told: this.told,
      counts: this.census.counts,
      storageFault: this.intake.fault ?? this.storageFault,
      lastStoredAt: this.lastStoredAt,
      username: this.credential.username
    });
    if (JSON.stringify(next) === JSON.stringify(this.current)) return;
    const isKeptOtherwise = keepingOf(next) !== keepingOf(this.current);
    this.current = next;
    this.parts.onState(next);
    // An admin must know at once that what waits in this browser is at risk.
    if (isKeptOtherwise) this.sender.beat();
    if (!this.lease?.held || next.username === null) return;
    const { reach, nextTryAt, problem, lastStoredAt } = next;
    const message = {
      kind: 'state',
      state: { reach, nextTryAt, problem, lastStoredAt },
      username: next.username
    } as const;
    const text = JSON.stringify(message);
    if (text === this.toldText) return;
    this.toldText = text;
    this.channel.tell(message);
  }

  // By the wall clock, taken once for each back-off: computed anew it would differ by a millisecond every time.
  private nextTryAt(): number | null {
    const { notBefore, failures } = this.sender.queue;
    if (failures === 0) return null;
    if (this.due?.notBefore !== notBefore) {
      this.due = { notBefore, at: Math.round(this.parts.surroundings.now() + (this.sender.nextTryMs ?? 0)) };
    }
    return this.due.at;
  }

  private readonly adoptions = new Adoptions(
    entries => this.intake.adopt(entries),
    ids => this.parts.onAdopted(ids)
  );
  private readonly intake: Intake;
  private readonly census: Census;
  private readonly shelf: Shelf;
  private readonly credential: Credential;
  private readonly sender: Sender;
  private readonly channel: Channel;
  private lease: Lease | null = null;
  private leaseName: string | null = null;
  private readonly losses: Losses;
  private cancelAge: (() => void) | null = null;
  private told: Told | null = null;
  /** what the other tabs were told last */
  private toldText = '';
  private due: { notBefore: number; at: number } | null = null;
  private storageFault: string | null = null;
  /** by the monotonic clock, ms: until then only a write shows that the browser stores again */
  private doubtedUntil = -Infinity;
  private lastStoredAt: number | null = null;
  private disposed = false;
  private current = NOTHING_KNOWN;
}

// What the server is told of how safe events are here.
function keepingOf({ reach, full }: OutboxState): 'disk' | 'memory' | 'full' {
  if (reach === 'storage') return 'memory';
  return full ? 'full' : 'disk';
}

function message(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
