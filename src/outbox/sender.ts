import { MAX_BATCH_EVENTS, PAGE_HEARTBEAT_MS, type PageState, type Problem } from '@celltrail/protocol';
import { batchBody } from './body.js';
import { CREDENTIAL, type Credential } from './credential.js';
import { exchange } from './exchange.js';
import { fail, FRESH, hurry, nextBatch, restingKeys, settle, waitMs, type Queue } from './queue.js';
import type { Batch, Shelf, Shelved } from './shelf.js';
import type { Surroundings } from './surroundings.js';
import { verdictOf } from './verdict.js';

/** How long to wait when the browser's storage failed while sending, in ms. */
const STORAGE_AGAIN_MS = 5_000;

/** What a sender needs, and whom it tells. */
export interface SenderParts {
  surroundings: Surroundings;
  credential: Credential;
  shelf: Pick<Shelf, 'read' | 'remove' | 'refuse'>;
  endpoint: () => string;
  /** the page as it stands now */
  page: () => PageState;
  /** whether this tab sends for all tabs of the profile */
  leads: () => boolean;
  /** the server named a person; what was unclaimed is filed before the promise resolves */
  onIdentity: (username: string) => Promise<void>;
  /** reach, problem or next try may be others now */
  onChange: () => void;
  /** the server answered these for good */
  onSettled: (events: readonly Shelved[]) => void;
  /** the server refused these, told once for each */
  onRefused: (refused: readonly { event: Shelved; problem: Problem }[]) => void;
  /** the browser's storage failed, or works: null */
  onStorage: (error: unknown) => void;
}

/** Sends what waits, batch by batch, as the queue's rules say; and a heartbeat when nothing waits. */
export class Sender {
  constructor(private readonly parts: SenderParts) {}

  /** Where sending stands. */
  get queue(): Queue {
    return this.state;
  }

  /** How long until the next try after a failure, in ms; null when none is due. */
  get nextTryMs(): number | null {
    const wait = waitMs(this.state, this.parts.surroundings.monotonic());
    return this.state.failures > 0 ? wait : null;
  }

  /** Whether it is at work; `onChange` is called when it no longer is. */
  get isRunning(): boolean {
    return this.running;
  }

  /** Whether this tab sends and found nothing more to send when it last looked. */
  get isDrained(): boolean {
    return this.drained;
  }

  /** There may be something to send. */
  wake(): void {
    if (this.disposed.signal.aborted) return;
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = true;
    void this.run();
  }

  /** Try soon instead of when the back-off says. @param delayMs spreads the pages of a network that came back */
  retry(delayMs = 0): void {
    this.state = hurry(this.state, this.parts.surroundings.monotonic() + delayMs);
    this.wake();
  }

  /** The page's state changed: tell the server with the next request, at once. */
  beat(): void {
    this.sentAt = null;
    this.wake();
  }

  /** Another server, another story. */
  restart(): void {
    this.state = FRESH;
    this.parts.credential.distrust();
    this.beat();
  }

  dispose(): void {
    this.disposed.abort(new Error('the page goes'));
    this.cancel?.();
  }

  private async run(): Promise<void> {
    try {
      do {
        this.again = false;
        await this.sendAll();
      } while (this.again && !this.disposed.signal.aborted);
    } catch (error) {
      // Only storage can fail here: the network's failures are verdicts.
      this.parts.onStorage(error);
      this.arm(STORAGE_AGAIN_MS);
    } finally {
      this.running = false;
      this.parts.onChange();
    }
  }

  private async sendAll(): Promise<void> {
    const { credential, surroundings, leads } = this.parts;
    this.drained = false;
    while (!this.disposed.signal.aborted) {
      const wait = waitMs(this.state, surroundings.monotonic());
      if (wait > 0) return this.arm(wait);
      if (credential.mustAsk && !(await this.identify())) continue;
      const batch = await this.batch();
      const heartbeat = this.heartbeatMs();
      if (heartbeat > 0 && !batch?.events.length) {
        this.drained = batch !== null && leads();
        return this.arm(batch ? heartbeat : Math.min(heartbeat, STORAGE_AGAIN_MS));
      }
      const isSettled = await this.send(batch?.events ?? []);
      // Whoever stores another one wakes the sender: to look again after the last would find nothing.
      if (!batch || batch.more || !isSettled) continue;
      this.drained = leads();
      return this.arm(this.heartbeatMs());
    }
  }

  private async identify(): Promise<boolean> {
    const { credential, surroundings, onChange, onIdentity } = this.parts;
    const answer = await credential.ask(this.disposed.signal);
    if ('username' in answer) {
      await onIdentity(answer.username);
      return true;
    }
    this.state = fail(this.state, answer, surroundings.monotonic(), surroundings.random());
    onChange();
    return false;
  }

  /** What to send next; null when the browser's storage can't say. */
  private async batch(): Promise<Batch | null> {
    const { credential, shelf, leads, onStorage } = this.parts;
    const { events, bytes } = this.state;
    const now = this.parts.surroundings.monotonic();
    const wanted = {
      most: Math.min(events.now, MAX_BATCH_EVENTS),
      mostBytes: bytes.now,
      without: restingKeys(this.state, now)
    };
    try {
      const waiting = await shelf.read(credential.username ?? '', leads(), wanted);
      if (leads()) onStorage(null);
      const events = nextBatch(this.state, waiting.events, now);
      return { events, more: waiting.more || events.length < waiting.events.length };
    } catch (error) {
      // The heartbeat goes out all the same: it tells the server that this page is open.
      onStorage(error);
      return null;
    }
  }

  /** @returns whether each was answered for good */
  private async send(batch: readonly Shelved[]): Promise<boolean> {
    const { credential, surroundings, endpoint, page, onChange } = this.parts;
    this.sentAt = surroundings.monotonic();
    const heard = await exchange(surroundings, `${endpoint()}/api/events`, {
      ...CREDENTIAL,
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...credential.headers },
      body: batchBody(page(), credential.username ?? '', batch),
      signal: this.disposed.signal
    });
    if (this.disposed.signal.aborted) return false;
    const verdict = verdictOf(heard, batch.length, surroundings.now());
    const settled = settle(this.state, batch, verdict, surroundings.monotonic(), surroundings.random());
    this.state = settled.queue;
    // After any failure another person may be signed in, or another server may answer.
    if (this.state.failures > 0 || this.state.renewing) credential.distrust();
    // It did not see the page: the next request shows it.
    if (this.state.renewing) this.sentAt = null;
    await this.apply(batch, settled.acknowledged, settled.refused);
    if (this.state.failures > 0) onChange();
    return this.state.failures === 0 && settled.acknowledged.length + settled.refused.length === batch.length;
  }

  private async apply(
    batch: readonly Shelved[],
    acknowledged: readonly number[],
    refused: readonly { key: number; problem: Problem }[]
  ): Promise<void> {
    const { shelf, onSettled, onRefused } = this.parts;
    const byKey = new Map(batch.map(event => [event.key, event]));
    const done = acknowledged.flatMap(key => byKey.get(key) ?? []);
    if (done.length > 0) {
      await shelf.remove(done);
      onSettled(done);
    }
    const problems = refused.flatMap(({ key, problem }) => {
      const event = byKey.get(key);
      return event ? [{ event, problem }] : [];
    });
    if (problems.length === 0) return;
    const moved = new Set((await shelf.refuse(problems)).map(({ key }) => key));
    // What is refused and lies only in memory is not done with: its page has to leave it if it goes now.
    const settled = problems.map(({ event }) => event).filter(({ key }) => key > 0);
    if (settled.length > 0) onSettled(settled);
    onRefused(problems.filter(({ event }) => moved.has(event.key)));
  }

  // Spread by a tenth, so that pages opened together do not beat together for ever.
  private heartbeatMs(): number {
    if (this.sentAt === null) return 0;
    const { monotonic, random } = this.parts.surroundings;
    return Math.max(0, this.sentAt + PAGE_HEARTBEAT_MS * (1 + random() / 10) - monotonic());
  }

  private arm(ms: number): void {
    this.cancel?.();
    if (this.disposed.signal.aborted) return;
    this.cancel = this.parts.surroundings.after(ms, () => this.wake());
  }

  private state: Queue = FRESH;
  private readonly disposed = new AbortController();
  private sentAt: number | null = null;
  private running = false;
  private drained = false;
  private again = false;
  private cancel: (() => void) | null = null;
}
