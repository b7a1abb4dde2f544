import { observationId, type Statement } from '@celltrail/protocol';
import type { Counts } from './counts.js';
import { blindGap, follow, FRESH, further, LATE, mayMiss, NEW, type Counting, type Gap } from './gaps.js';
import { DEFAULT_RULES, rulesOf, type KernelRules } from './rules.js';
import type { Run } from './run.js';
import type { Runs } from './runs.js';
import type { EndStatus, Origin } from './seen.js';
import type { Sign } from './signs.js';
import { micros } from './times.js';

/** How long messages that were held back by a lost connection may take after it is back, ms. */
export const BACKLOG_MS = 1000;

/** A kernel's start is told this much later, ms: Lab starts a notebook's kernel before it says which notebook it is. */
export const START_TOLD_MS = 500;

/** How long after the news of a restart Lab's own reconnecting is no loss, ms. */
export const RESTART_MS = 20_000;

/** What the kernels of a page need from outside. */
export interface KernelsOptions {
  runs: Runs;
  state: (statement: Statement) => void;
  randomId: () => string;
  /** the page's monotonic clock, ms */
  clock: () => number;
  /** the page's date, ISO 8601 */
  date: () => string;
  later: (ms: number, callback: () => void) => void;
  /** whether the server still has that kernel; null when it can't be asked */
  isRunning: (kernelId: string) => Promise<boolean | null>;
  /** where the kernel's notebook lies now */
  pathOf: (kernelId: string) => string | null;
  /** how far the pages of this browser followed each kernel's count */
  counts: Counts;
}

/** What is known of one kernel. */
interface Known {
  name: string | null;
  rules: KernelRules;
  counting: Counting;
  /** whether it answered this page's kernel_info_request */
  hasAnswered: boolean;
  /** session of the process that runs now; null while no message came */
  process: string | null;
  /** sessions of processes that are gone: their last messages may come late, by another connection */
  past: Set<string>;
  /** why the next process is expected; null: nobody said */
  expected: 'requested' | 'automatic' | null;
  /** the page's clock until which a connection that goes down belongs to a restart, ms */
  quietUntil: number;
  isShutdownAsked: boolean;
  start: 'unseen' | 'to be told' | 'told';
  isDeathStated: boolean;
  /** where its notebook lay when that was last known */
  path: string | null;
  /** connections of this page, and whether each is up */
  links: Map<object, Link>;
}

interface Link {
  isUp: boolean;
  /** the page's date when it was lost; null: it wasn't */
  lostAt: string | null;
  /** that it was lost is on record */
  isLossTold: boolean;
  /** the page's clock when it came back and the kernel's word is awaited; null: not awaited */
  backSince: number | null;
}

type KernelEventType = 'kernel.started' | 'kernel.restarted' | 'kernel.died';

/** The kernels of a page: their starts and ends, which end their runs, and what can't be seen of them. */
export class Kernels {
  constructor(private readonly options: KernelsOptions) {}

  /** A connection to a kernel. @param isStarting the server said that the kernel is coming up just now */
  join(kernelId: string, name: string | null, link: object, isUp: boolean, isStarting: boolean): void {
    let known = this.known.get(kernelId);
    known?.links.set(link, newLink(isUp));
    if (known) return;
    known = newlyKnown(name);
    known.links.set(link, newLink(isUp));
    this.known.set(kernelId, known);
    if (isStarting) this.started(kernelId, known, NEW);
  }

  /** How the page sees a kernel now. @param via which connection delivered what is seen */
  origin(kernelId: string, via = ''): Origin {
    const known = this.known.get(kernelId);
    return {
      kernelId,
      kernelName: known?.name ?? null,
      rules: known?.rules ?? DEFAULT_RULES,
      via,
      clock: this.options.clock(),
      wall: this.options.date
    };
  }

  /** News of a kernel that a message brought. */
  sign(kernelId: string, link: object, sign: Sign): void {
    const known = this.known.get(kernelId);
    if (!known) return;
    switch (sign.kind) {
      case 'alive':
        if (sign.process !== known.process) this.process(kernelId, known, sign.process);
        break;
      case 'starting':
        if (known.process === null) this.started(kernelId, known, FRESH);
        this.process(kernelId, known, sign.process);
        break;
      case 'info':
        known.rules = rulesOf(sign.implementation);
        // The kernel's first word to this page: what another page left going on, and doesn't see ending, has ended.
        if (!known.hasAnswered) {
          this.options.later(BACKLOG_MS, () => this.options.runs.disown(id => id === kernelId));
        }
        known.hasAnswered = true;
        this.process(kernelId, known, sign.process);
        this.answered(kernelId, known, link);
        break;
      case 'shutdown':
        if (sign.process !== known.process && known.process !== null) break;
        this.ending(kernelId, known, sign.restart ? 'requested' : 'shutdown');
        break;
      case 'autorestarting':
        this.ending(kernelId, known, 'automatic');
        break;
      case 'dead':
        this.dead(kernelId, known, 'dead');
    }
  }

  /** Lab's word on a kernel, in the sense of its restart and death. */
  status(kernelId: string, status: string): void {
    const known = this.known.get(kernelId);
    if (!known) return;
    // Lab says `restarting` both when a person asks for it and when the server does it by itself; in the second
    // case the server's own message came first.
    if (status === 'restarting' && known.expected === null) this.ending(kernelId, known, 'requested');
    if (status === 'autorestarting') this.ending(kernelId, known, 'automatic');
    // Nobody said that the process died: the server has no such kernel any more.
    if (status === 'dead') this.dead(kernelId, known, 'shutdown');
  }

  /** A connection went up or down. */
  link(kernelId: string, link: object, status: string): void {
    const known = this.known.get(kernelId);
    const state = known?.links.get(link);
    if (!known || !state) return;
    if (status === 'connected') {
      state.isUp = true;
      if (state.lostAt !== null) this.back(kernelId, known, state);
      return;
    }
    const wasUp = state.isUp;
    state.isUp = false;
    if (isUp(known)) return;
    // A restart reconnects every connection by itself: nothing is lost that the restart doesn't end.
    if (wasUp && this.options.clock() >= known.quietUntil) state.lostAt ??= this.options.date();
    if (status === 'disconnected') {
      state.lostAt ??= this.options.date();
      this.tellLoss(kernelId, known, state, null);
      this.options.runs.lose(kernelId, 'connection_lost');
    }
  }

  /** A connection is gone for good. With the last one the page sees no more of the kernel. */
  leave(kernelId: string, link: object): void {
    const known = this.known.get(kernelId);
    if (!known?.links.delete(link) || known.links.size > 0) return;
    known.counting = mayMiss(known.counting, 'not_connected');
    if (known.isDeathStated) this.known.delete(kernelId);
    else void this.look(kernelId, known);
  }

  /** Follows a kernel's count by a run that was just seen beginning. @param wasAlone no other run was going on */
  count(run: Run, wasAlone: boolean): void {
    const known = this.known.get(run.kernelId);
    if (!known || run.count === null) return;
    const counted = { count: run.count, stored: run.storeHistory, alone: wasAlone };
    let next = follow(known.counting, counted, known.rules.counts);
    // What this page missed, another one of this browser may have seen: then it is on record and no gap.
    if (next.gap) next = follow(this.furthest(run.kernelId, known), counted, known.rules.counts);
    const { counting, gap } = next;
    if (counting !== known.counting) this.keepCount(run.kernelId, known, counting);
    known.counting = counting;
    if (gap) this.gap(gapId(run.kernelId, known.process, gap), run.kernelId, gap);
  }

  /** Nothing is looked at for a while: what the counts jump by then has that cause. */
  blind(cause: string): void {
    for (const known of this.known.values()) known.counting = mayMiss(known.counting, cause);
  }

  /** Tells at once what was held back: the page goes, or looks away. */
  flush(): void {
    for (const [kernelId, known] of this.known) {
      this.tellStart(kernelId, known);
      if (isUp(known)) continue;
      for (const link of known.links.values()) if (link.lostAt !== null) this.tellLoss(kernelId, known, link, null);
    }
  }

  private furthest(kernelId: string, { counting, process }: Known): Counting {
    const followed = this.options.counts.recall(kernelId);
    return followed && followed.process === process ? further(counting, followed) : counting;
  }

  private keepCount(kernelId: string, { process }: Known, { last, credit }: Counting): void {
    if (process !== null && last !== null) this.options.counts.keep(kernelId, { process, last, credit });
  }

  private started(kernelId: string, known: Known, counting: Counting): void {
    known.counting = counting;
    if (known.start !== 'unseen') return;
    known.start = 'to be told';
    this.options.later(START_TOLD_MS, () => this.tellStart(kernelId, known));
  }

  private tellStart(kernelId: string, known: Known): void {
    if (known.start !== 'to be told') return;
    known.start = 'told';
    this.event('kernel.started', kernelId, known, null);
  }

  /** A message came from a process: is it another one than before? */
  private process(kernelId: string, known: Known, process: string): void {
    if (process === known.process || known.past.has(process)) return;
    const before = known.process;
    known.process = process;
    if (before === null) return;
    known.past.add(before);
    const reason = known.expected;
    const status: EndStatus = reason === 'automatic' ? 'kernel_died' : 'kernel_restarted';
    this.options.runs.over(kernelId, status, reason, before);
    this.event('kernel.restarted', kernelId, known, reason);
    Object.assign(known, { counting: FRESH, expected: null, isShutdownAsked: false, isDeathStated: false });
  }

  /** The process is about to end, or has: what it does not finish by itself ends with it. */
  private ending(kernelId: string, known: Known, why: 'requested' | 'automatic' | 'shutdown'): void {
    if (why === 'shutdown') known.isShutdownAsked = true;
    else {
      known.expected = why;
      known.quietUntil = this.options.clock() + RESTART_MS;
    }
    if (why === 'automatic') this.died(kernelId, known, 'autorestarting');
    const status: EndStatus = why === 'requested' ? 'kernel_restarted' : 'kernel_died';
    this.options.runs.doom(kernelId, status, why === 'requested' ? null : why, known.process);
  }

  private dead(kernelId: string, known: Known, reason: 'dead' | 'shutdown'): void {
    const why = known.isShutdownAsked ? 'shutdown' : reason;
    this.died(kernelId, known, why);
    this.options.runs.over(kernelId, 'kernel_died', why, null);
    if (known.links.size === 0) this.known.delete(kernelId);
  }

  private died(kernelId: string, known: Known, reason: string): void {
    if (known.isDeathStated) return;
    known.isDeathStated = true;
    this.event('kernel.died', kernelId, known, reason);
  }

  private back(kernelId: string, known: Known, state: Link): void {
    this.tellLoss(kernelId, known, state, this.options.date());
    state.isLossTold = false;
    state.backSince = this.options.clock();
  }

  // A loss is told once: when the connection is back, or before that when Lab gives up or the page goes.
  private tellLoss(kernelId: string, known: Known, state: Link, to: string | null): void {
    known.counting = mayMiss(known.counting, 'connection_lost');
    if (state.isLossTold) return;
    state.isLossTold = true;
    // This page's own blindness, which no other page shares: its id is its own.
    this.gap(this.options.randomId(), kernelId, blindGap('connection_lost', state.lostAt, to));
  }

  // On reconnecting Lab asks for kernel_info. Its answer comes in the order of requests, so a run that began before
  // has ended by now, and if the server kept its last messages for us they were sent before. A run in a subshell or
  // in a kernel that answers out of order may go on: it is stated unknown and completed when its end is seen.
  private answered(kernelId: string, known: Known, link: object): void {
    const state = known.links.get(link);
    if (!state || state.backSince === null || state.lostAt === null) return;
    const { lostAt, backSince } = state;
    state.lostAt = state.backSince = null;
    const isMeant = (run: Run) =>
      run.busySeen === null ? micros(run.request.requestedAt) < micros(lostAt) : run.busySeen < backSince;
    this.options.later(BACKLOG_MS, () => this.options.runs.lose(kernelId, 'connection_lost', isMeant));
  }

  // Closing a notebook leaves the kernel running; changing the kernel or shutting it down ends it. Only the server knows.
  private async look(kernelId: string, known: Known): Promise<void> {
    const isRunning = await this.options.isRunning(kernelId);
    if (known.links.size > 0 || this.known.get(kernelId) !== known) return;
    if (isRunning === false) this.dead(kernelId, known, 'shutdown');
    else this.options.runs.lose(kernelId, 'connection_closed');
  }

  private gap(id: string, kernelId: string, gap: Gap): void {
    this.options.state({ id, type: 'capture.gap', kernel_id: kernelId, ...gap });
  }

  // What every page sees alike has an id that follows from it. A kernel starts once; each of its processes comes up
  // and dies once, and a process is known by the session of its messages.
  private event(type: KernelEventType, kernelId: string, known: Known, reason: string | null): void {
    const { pathOf, state } = this.options;
    known.path = pathOf(kernelId) ?? known.path;
    state({
      id: observationId(type, kernelId, type === 'kernel.started' ? null : known.process),
      type,
      kernel_id: kernelId,
      kernel_name: known.name,
      notebook_path: known.path,
      reason
    });
  }

  private readonly known = new Map<string, Known>();
}

function newlyKnown(name: string | null): Known {
  return {
    name,
    rules: DEFAULT_RULES,
    counting: LATE,
    hasAnswered: false,
    process: null,
    past: new Set(),
    expected: null,
    quietUntil: -Infinity,
    isShutdownAsked: false,
    start: 'unseen',
    isDeathStated: false,
    path: null,
    links: new Map()
  };
}

/** Two pages that miss the same runs of a process between the same numbers tell of one gap. */
function gapId(kernelId: string, process: string | null, { reason, gap_from, gap_to }: Gap): string {
  return observationId('capture.gap', kernelId, process, reason, gap_from ?? null, gap_to ?? null);
}

function newLink(isUp: boolean): Link {
  return { isUp, lostAt: null, isLossTold: false, backSince: null };
}

function isUp(known: Known): boolean {
  for (const link of known.links.values()) if (link.isUp) return true;
  return false;
}
