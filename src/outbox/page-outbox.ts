import type { AuditEvent, Statement } from '@celltrail/protocol';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import { authorization } from '../authorization.js';
import type { IOutbox, OutboxBounds, OutboxState, Refusal } from '../tokens.js';
import { isSame } from '../when-other.js';
import { batchBody } from './body.js';
import { CREDENTIAL } from './credential.js';
import { Held } from './held.js';
import type { LastWords } from './last-words.js';
import type { Link, OpenLink } from './link.js';
import type { Destination, FromOutbox, OwnStatement, PageFacts } from './messages.js';
import { NOTHING_KNOWN } from './state.js';
import type { Surroundings } from './surroundings.js';

/** How long an outbox that was given an event may say nothing, in ms, before it is looked at again. */
export const SILENCE_MS = 15_000;

/** What the page's side of the outbox needs. */
export interface PageOutboxParts {
  surroundings: Surroundings;
  pageId: string;
  destination: () => Destination;
  bounds: () => OutboxBounds;
  /** the page as it stands */
  page: () => PageFacts;
  record: (statement: Statement) => void;
  randomId: () => string;
  /** ways to an outbox, the best first; the next is taken when one fails. The last must not fail. */
  ways: readonly OpenLink[];
  lastWords: LastWords;
  /** a way failed */
  onDetour: (reason: string) => void;
}

/** The outbox as its page has it: all work is done at the other end of a wire, in another thread. */
export class PageOutbox implements IOutbox, IDisposable {
  constructor(private readonly parts: PageOutboxParts) {
    this.link = this.open();
    this.adopt();
  }

  get state(): OutboxState {
    return this.current;
  }

  get changed(): ISignal<IOutbox, OutboxState> {
    return this.signal;
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  /** Take an event of this page in. Never waits. */
  take(event: AuditEvent): void {
    this.held.hold(event, this.current.username);
    this.link.tell({ kind: 'take', event, page: this.parts.page() });
    this.isAwaited = true;
    this.listen();
    // Between its farewell and its end a page still hears what happens, and has no other moment to leave it.
    if (this.isLeaving) this.leaveWords([{ event, actor: this.current.username }]);
  }

  retry(): void {
    this.hurry(0);
  }

  /** The network came back: try soon. @param spreadMs how far pages are spread */
  hurry(spreadMs: number): void {
    this.link.tell({ kind: 'hurry', spreadMs });
  }

  /** The page's state is another: the server learns it now. */
  beat(): void {
    this.link.tell({ kind: 'beat', page: this.parts.page() });
  }

  /** The address of the server may be another. */
  redirect(): void {
    this.link.tell({ kind: 'destination', destination: this.parts.destination(), page: this.parts.page() });
  }

  refusals(): Promise<readonly Refusal[]> {
    return new Promise(resolve => {
      this.asked.push(resolve);
      this.link.tell({ kind: 'list-refusals' });
    });
  }

  /** How much may be kept is another. */
  rebound(): void {
    this.link.tell({ kind: 'bounds', bounds: this.parts.bounds() });
  }

  /** What pages that went left, this profile's next page takes in: now, and when one goes while this one is open. */
  adopt(): void {
    const words = this.parts.lastWords.all;
    if (words.length > 0) this.link.tell({ kind: 'adopt', words });
  }

  /**
   * The page goes: leave what is not known to be on the disk for the next page, and send what nobody acknowledged in
   * one request that outlives the page.
   */
  leave(): void {
    const { confirmed, parts, current } = this;
    this.isLeaving = true;
    this.leaveWords(this.held.lastWords);
    if (confirmed === null) return;
    const events = this.held.lastBatch(confirmed);
    if (events.length === 0) return;
    const page = { ...parts.page(), waiting: current.waiting, refused: current.refused };
    const { endpoint, token } = parts.destination();
    parts.surroundings
      .fetch(`${endpoint}/api/events`, {
        ...CREDENTIAL,
        method: 'POST',
        keepalive: true,
        redirect: 'error',
        headers: { 'content-type': 'application/json', ...authorization(token ?? null) },
        body: batchBody(page, confirmed, events)
      })
      // Its answer deletes nothing: what it brought is sent again from the outbox and stored once.
      .catch((error: unknown) => console.debug('Celltrail: the last batch waits for the next visit', error));
  }

  /** The page that went is back: the browser had kept it. */
  stay(): void {
    this.isLeaving = false;
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.cancel?.();
    this.link.close();
    Signal.clearData(this);
  }

  private leaveWords(words: readonly { event: AuditEvent; actor: string | null }[]): void {
    const believed = this.parts.destination().configuredUser;
    this.parts.lastWords.leave(words.map(({ event, actor }) => ({ event, actor, believed })));
  }

  private open(): Link {
    const way = this.parts.ways[this.way];
    if (!way) throw new Error('no way to an outbox is left');
    const { way: number } = this;
    try {
      const link = way({
        // A thread that was given up may still speak: what it says is true, but the link is another's.
        onMessage: message => this.hear(message),
        onDeath: reason => number === this.way && this.detour(reason)
      });
      const { pageId, destination, bounds, page } = this.parts;
      link.tell({ kind: 'open', pageId, destination: destination(), bounds: bounds(), page: page() });
      return link;
    } catch (error) {
      this.way += 1;
      this.parts.onDetour(String(error));
      return this.open();
    }
  }

  // Two outboxes with one event do no harm: it is stored once in the browser and once on the server.
  private detour(reason: string): void {
    if (this.disposed || this.way === this.parts.ways.length - 1) return;
    this.link.close();
    this.way += 1;
    this.parts.onDetour(reason);
    this.link = this.open();
    this.adopt();
    if (this.asked.length > 0) this.link.tell({ kind: 'list-refusals' });
    for (const event of this.held.unstored) this.link.tell({ kind: 'take', event, page: this.parts.page() });
  }

  // One timer for all that is taken, not one for each. Looked at twice: a page that slept wakes before its threads do.
  private listen(looks = 2): void {
    if (this.cancel) return;
    this.wasHeard = false;
    this.cancel = this.parts.surroundings.after(SILENCE_MS, () => {
      this.cancel = null;
      if (!this.isAwaited) return;
      if (this.wasHeard) this.listen();
      else if (looks > 1) this.listen(looks - 1);
      else this.detour('it is silent');
    });
  }

  private hear(message: FromOutbox): void {
    if (this.disposed) return;
    this.wasHeard = true;
    this.isAwaited = false;
    if (message.kind === 'refusals') {
      for (const resolve of this.asked.splice(0)) resolve(message.refusals);
      return;
    }
    if (message.kind === 'adopted') return this.parts.lastWords.forget(message.ids);
    if (message.kind === 'statement') return this.record(message.statement);
    this.held.stored(message.stored);
    this.held.settled(message.settled);
    this.confirmed = message.confirmed;
    if (isSame(message.state, this.current)) return;
    this.current = message.state;
    this.signal.emit(this.current);
  }

  private record(statement: OwnStatement): void {
    this.parts.record({ ...statement, id: this.parts.randomId() });
  }

  private way = 0;
  private isLeaving = false;
  private link: Link;
  private readonly held = new Held();
  /** who waits for the list of refused events */
  private readonly asked: ((refusals: readonly Refusal[]) => void)[] = [];
  private confirmed: string | null = null;
  private current = NOTHING_KNOWN;
  private disposed = false;
  /** an event was given since the outbox was heard last */
  private isAwaited = false;
  /** it was heard since the timer was set that looks whether it is silent */
  private wasHeard = false;
  private cancel: (() => void) | null = null;
  private readonly signal = new Signal<IOutbox, OutboxState>(this);
}
