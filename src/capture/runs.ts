import type { Statement } from '@celltrail/protocol';
import { step } from './fold.js';
import type { Run } from './run.js';
import type { Context, EndStatus, Origin, Seen, SeenMessage } from './seen.js';

/** Runs remembered after they were over, so that a message that comes twice makes no second event. */
export const RECENT = 4000;

/** Runs kept whose end wasn't seen, so that it can be told when it is. */
export const LINGERING = 200;

/** Requests of this page remembered after their kernel ended before it took them up. */
export const UNTAKEN = 200;

/** How often time is told to runs in flight, ms. */
export const TICK_MS = 500;

/** Ticks without a run in flight after which the clock stops: cells follow one another, and a timer for each costs more. */
export const QUIET_TICKS = 20;

/** Where runs that outlive their page are kept. */
export interface Handover {
  keep(run: Run): void;
  recall(kernelId: string, msgId: string): Run | undefined;
  forget(kernelId: string, msgId: string): void;
  /** all that are kept */
  list(): Run[];
}

/** What the runs of a page need from outside. */
export interface Surroundings {
  state: (statement: Statement) => void;
  handover: Handover;
  /** @returns a function that ends it */
  every: (ms: number, callback: () => void) => () => void;
  /** how the page sees a kernel now */
  origin: (kernelId: string) => Origin;
}

/** All runs of all kernels of this page: one fold, whichever connection a message came by. */
export class Runs {
  constructor(private readonly around: Surroundings) {}

  /** How many are in flight or wait for their end. */
  get size(): number {
    return this.open.size;
  }

  /** How many runs of a kernel have begun and not ended, as far as was seen. */
  going(kernelId: string): number {
    return this.begun.get(kernelId)?.size ?? 0;
  }

  /** Whether a run of that kernel is in flight. */
  has(kernelId: string): boolean {
    for (const [key, run] of this.open) if (run.kernelId === kernelId && !this.lingering.has(key)) return true;
    return false;
  }

  /** A run as far as it was seen; undefined when it is over or was never seen. */
  peek(kernelId: string, msgId: string): Run | undefined {
    return this.open.get(keyOf(kernelId, msgId));
  }

  /** A message of a run. @returns the run as it is now, undefined when it is over */
  see(seen: SeenMessage): Run | undefined {
    const key = keyOf(seen.origin.kernelId, seen.request.msgId);
    if (this.recent.has(key)) return undefined;
    const before = this.open.get(key) ?? this.takeUntaken(key) ?? this.recall(key, seen);
    return this.apply(key, before, seen);
  }

  /** Says better where a run came from, when that is known a moment after it was sent. */
  place(kernelId: string, msgId: string, change: (context: Context | null) => Context): void {
    const key = keyOf(kernelId, msgId);
    const run = this.open.get(key);
    if (run) this.open.set(key, { ...run, context: change(run.context) });
  }

  /** That kernel process is about to end. @param process null when it isn't known */
  doom(kernelId: string, status: EndStatus, reason: string | null, process: string | null): void {
    this.all(kernelId, origin => ({ kind: 'doomed', origin, status, reason, process }));
  }

  /** That kernel process is gone. @param process null: all that belongs to the kernel */
  over(kernelId: string, status: EndStatus, reason: string | null, process: string | null): void {
    this.all(kernelId, origin => ({ kind: 'over', origin, status, reason, process }));
  }

  /** This page will not see more. @param kernelId null: of any kernel */
  lose(kernelId: string | null, reason: string, isMeant: (run: Run) => boolean = () => true): void {
    this.all(kernelId, origin => ({ kind: 'lost', origin, reason }), isMeant);
  }

  /**
   * Runs that another page stated as going on and whose end nobody saw: that page crashed, or it would have said so.
   * @param isMeant which of them can't be going on any more
   */
  disown(isMeant: (kernelId: string) => boolean): void {
    for (const run of this.around.handover.list()) {
      const key = keyOf(run.kernelId, run.request.msgId);
      if (run.stated !== 'running' || this.open.has(key) || this.recent.has(key) || !isMeant(run.kernelId)) continue;
      this.apply(key, run, { kind: 'lost', origin: this.around.origin(run.kernelId), reason: 'end_not_seen' });
    }
  }

  /** Tells runs in flight that time went by. */
  tick(): void {
    // Most of a long queue has nothing to wait for: it is not looked at.
    const isMeant = (run: Run) => run.busySeen !== null || run.endSeen !== null || run.doom !== null;
    this.all(null, origin => ({ kind: 'tick', origin }), isMeant);
    if (this.open.size > this.lingering.size) this.quietTicks = 0;
    else if (++this.quietTicks >= QUIET_TICKS) this.rest();
  }

  /** Stops the clock; what is open stays unsaid. */
  dispose(): void {
    this.rest();
    this.open.clear();
    this.lingering.clear();
    this.untaken.clear();
    this.begun.clear();
  }

  private all(kernelId: string | null, seen: (origin: Origin) => Seen, isMeant: (run: Run) => boolean = () => true) {
    for (const [key, run] of this.open) {
      if ((kernelId === null || run.kernelId === kernelId) && isMeant(run)) {
        this.apply(key, run, seen(this.around.origin(run.kernelId)));
      }
    }
  }

  // A request is new by nature. Outputs come in thousands: the first of a run looks for what another page began, so
  // that what is shown after a reload counts; the others only where it was found.
  private recall(key: string, seen: SeenMessage): Run | undefined {
    if (seen.kind === 'request' || (seen.kind === 'output' && key === this.stranger)) return undefined;
    const run = this.around.handover.recall(seen.origin.kernelId, seen.request.msgId);
    if (!run && seen.kind === 'output') this.stranger = key;
    return run;
  }

  private apply(key: string, before: Run | undefined, seen: Seen): Run | undefined {
    const { run, statements } = step(before, seen);
    if (run) this.keep(key, run);
    else if (before?.stated === 'nothing' && !statements.length) this.leaveUntaken(key, before);
    else if (before ?? statements.length) this.close(key, before);
    for (const statement of statements) {
      if (run) this.around.handover.keep(run);
      else if (before && before.stated !== 'nothing')
        this.around.handover.forget(before.kernelId, before.request.msgId);
      this.around.state(statement);
    }
    return run;
  }

  private keep(key: string, run: Run): void {
    this.open.set(key, run);
    let begun = this.begun.get(run.kernelId);
    if (run.inputAt && !run.idleAt) {
      if (!begun) this.begun.set(run.kernelId, (begun = new Set()));
      begun.add(key);
    } else begun?.delete(key);
    // A run whose end was missed waits without a clock; once its end comes after all, time has to go by again.
    if (run.stated !== 'unknown' || run.endSeen !== null) {
      this.lingering.delete(key);
      this.stopTicking ??= this.around.every(TICK_MS, () => this.tick());
      return;
    }
    this.lingering.add(key);
    if (this.lingering.size > LINGERING) this.close(this.lingering.values().next().value!, undefined);
  }

  private close(key: string, run: Run | undefined): void {
    this.drop(key, run);
    this.recent.add(key);
    if (this.recent.size > RECENT) this.recent.delete(this.recent.values().next().value!);
  }

  // A request that no kernel took up makes no row. What was sent to a process that had just died waits in a socket,
  // though, and the next process may take it up: it is still this page's then, with its cell.
  private leaveUntaken(key: string, run: Run): void {
    this.drop(key, run);
    if (!run.own) return;
    this.untaken.set(key, run);
    if (this.untaken.size > UNTAKEN) this.untaken.delete(this.untaken.keys().next().value!);
  }

  private takeUntaken(key: string): Run | undefined {
    const run = this.untaken.get(key);
    this.untaken.delete(key);
    return run;
  }

  private drop(key: string, run: Run | undefined): void {
    const known = run ?? this.open.get(key);
    if (known) this.begun.get(known.kernelId)?.delete(key);
    this.open.delete(key);
    this.lingering.delete(key);
  }

  private rest(): void {
    this.stopTicking?.();
    this.stopTicking = null;
    this.quietTicks = 0;
  }

  private readonly open = new Map<string, Run>();
  /** keys of runs whose end is unknown: they wait without a clock */
  private readonly lingering = new Set<string>();
  /** requests whose kernel ended before it took them up */
  private readonly untaken = new Map<string, Run>();
  /** keys of runs that are going on, by kernel */
  private readonly begun = new Map<string, Set<string>>();
  /** keys of runs that are over */
  private readonly recent = new Set<string>();
  /** key of the run whose outputs came last and that nobody handed over */
  private stranger: string | null = null;
  private stopTicking: (() => void) | null = null;
  private quietTicks = 0;
}

function keyOf(kernelId: string, msgId: string): string {
  return `${kernelId}\0${msgId}`;
}
