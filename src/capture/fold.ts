import type { Statement } from '@celltrail/protocol';
import { add, EMPTY } from './footprint.js';
import { finishedStatement, outcome, startedStatement, unseenStatement, type Outcome, type Run } from './run.js';
import type { KernelRules } from './rules.js';
import type { EndStatus, Seen, SeenEvent, SeenMessage } from './seen.js';

/** A run still going after this long is stated before its end, so that a machine that dies leaves evidence. ms */
export const STARTED_AFTER_MS = 1000;

/**
 * How long a run is held whose idle came and whose reply did not. Reply and idle travel on two sockets; and for
 * another client's run it lets the page that sent it, and knows its cell, speak first. ms
 */
export const REPLY_AWAITED_MS = 2000;

/** How long a run is held whose reply came and whose idle did not: large outputs may stand between. ms */
export const IDLE_AWAITED_MS = 10_000;

/** How long a run outlives the news of its kernel's end: jupyter_client gives a kernel 5 s to go by itself. ms */
export const DOOM_AWAITED_MS = 15_000;

/** What a step makes of a run. */
export interface Step {
  /** the run as it is now; undefined: it is over, or there never was one */
  run?: Run;
  statements: Statement[];
}

/**
 * Moves a run on by one thing that was seen. Whatever the order, the first of each kind counts, so that observers
 * who saw the same come to the same words; what comes twice changes nothing.
 */
export function step(run: Run | undefined, seen: Seen): Step {
  if (isMessage(seen)) {
    if (!run && seen.kind === 'output') return { statements: [] };
    return settle(take(run ?? opened(seen), seen), seen);
  }
  return run ? pass(run, seen) : { statements: [] };
}

interface KernelEnd {
  status: EndStatus;
  reason: string | null;
}

function isMessage(seen: Seen): seen is SeenMessage {
  return 'request' in seen;
}

function opened({ origin, request }: SeenMessage): Run {
  return {
    kernelId: origin.kernelId,
    kernelName: origin.kernelName,
    request,
    own: false,
    context: null,
    code: null,
    silent: null,
    storeHistory: null,
    busyAt: null,
    inputAt: null,
    idleAt: null,
    isIdleHere: false,
    reply: null,
    failure: null,
    count: null,
    footprint: EMPTY,
    via: null,
    process: null,
    doom: null,
    stated: 'nothing',
    busySeen: null,
    endSeen: null
  };
}

function take(before: Run, seen: SeenMessage): Run {
  const run = { ...before, context: before.context ?? seen.context ?? null, process: before.process ?? seen.process };
  if (run.doom && seen.process && seen.process !== run.doom.process) run.doom = null;
  run.via ??= seen.origin.via;
  switch (seen.kind) {
    case 'request':
      run.own = true;
      run.code ??= seen.code;
      run.silent ??= seen.silent;
      run.storeHistory ??= seen.storeHistory;
      break;
    case 'busy':
      run.busyAt ??= seen.at;
      run.busySeen ??= seen.origin.clock;
      break;
    case 'input':
      run.inputAt ??= seen.at;
      run.busySeen ??= seen.origin.clock;
      run.code ??= seen.code;
      run.count ??= seen.count;
      break;
    case 'output':
      // Every connection of the page to this kernel carries the same outputs: one of them counts.
      if (run.via === seen.origin.via) run.footprint = add(run.footprint, seen.footprint);
      break;
    case 'error':
      run.failure ??= seen.failure;
      break;
    case 'reply':
      run.reply ??= {
        at: seen.at,
        status: seen.status,
        startedAt: seen.startedAt,
        count: seen.count,
        failure: seen.failure
      };
      run.endSeen ??= seen.origin.clock;
      break;
    case 'idle':
      run.idleAt ??= seen.at;
      if (run.via === seen.origin.via) run.isIdleHere = true;
      run.endSeen ??= seen.origin.clock;
  }
  return run;
}

function settle(run: Run, seen: SeenMessage): Step {
  const { rules } = seen.origin;
  return rules.endIsLast && isWhole(run) ? finish(run, concluded(run, rules)) : { run, statements: [] };
}

/**
 * Whether nothing is missing that a kernel sends. If something is (another client's run has no reply here, a socket
 * may be slow, a kernel may leave out `busy`), a tick ends the run after a while. Idle by another connection of the
 * page may come before the outputs by this one.
 */
function isWhole({ busyAt, inputAt, isIdleHere, reply, silent }: Run): boolean {
  if (!reply || !isIdleHere || !busyAt) return false;
  return inputAt !== null || silent === true || (reply.status !== 'ok' && reply.status !== 'error');
}

function pass(run: Run, seen: SeenEvent): Step {
  const { clock, rules } = seen.origin;
  const isEnded = run.reply !== null || run.idleAt !== null;
  switch (seen.kind) {
    case 'tick':
      if (isEnded) return ended(run, clock) ? finish(run, concluded(run, rules)) : { run, statements: [] };
      if (run.doom && clock >= run.doom.until) return kill(run, run.doom);
      return start(run, clock);
    case 'doomed': {
      const { status, reason, process } = seen;
      const doom = run.doom ?? { status, reason, process, until: clock + DOOM_AWAITED_MS };
      return { run: { ...run, doom }, statements: [] };
    }
    case 'over':
      // A null process stands for all of them: the kernel is gone for good.
      if (seen.process !== null && run.process !== null && run.process !== seen.process) return { run, statements: [] };
      if (isEnded) return finish(run, concluded(run, rules));
      // Not taken up yet, and no word of a restart before: it may be waiting for the new process.
      if (run.process === null && !run.doom && seen.process !== null && run.stated !== 'unknown') {
        return pass(run, { ...seen, kind: 'doomed' });
      }
      return kill(run, run.doom ?? seen);
    case 'lost':
      return isEnded ? finish(run, concluded(run, rules)) : lose(run, seen.reason);
  }
}

function ended(run: Run, clock: number): boolean {
  return clock - (run.endSeen ?? clock) >= (run.idleAt ? REPLY_AWAITED_MS : IDLE_AWAITED_MS);
}

function start(run: Run, clock: number): Step {
  const patience = STARTED_AFTER_MS + (run.own ? 0 : REPLY_AWAITED_MS);
  const isDue = run.busySeen !== null && clock - run.busySeen >= patience;
  if (!isDue || run.stated !== 'nothing' || run.code === null) return { run, statements: [] };
  return { run: { ...run, stated: 'running' }, statements: [startedStatement(run)] };
}

/**
 * How a run ended. jupyter_client interrupts a kernel to restart it or shut it down, and that is said beside the
 * interruption; where a kernel shows it only in its reply, and none was seen, the run did not end by itself.
 */
function concluded(run: Run, rules: KernelRules): Outcome {
  if (run.doom && !run.reply && !run.failure && !rules.interruptsOnIOPub) return killed(run.doom);
  const end = outcome(run, rules);
  return run.doom && end.status === 'interrupted' ? { ...end, reason: run.doom.reason ?? run.doom.status } : end;
}

function killed({ status, reason }: KernelEnd): Outcome {
  return { status, failure: null, reason };
}

/**
 * A kernel's end. What it had taken up ended with it. What it never took up was not handled by any kernel and makes
 * no row: `aborted` is what a kernel itself refused. And what was not looked at for a while, and of which nothing was
 * seen since, may have ended in peace long ago: it stays unknown.
 */
function kill(run: Run, by: KernelEnd): Step {
  const isTakenUp = (run.busyAt ?? run.inputAt) !== null && run.stated !== 'unknown';
  if (run.process === null && !isTakenUp) return { statements: [] };
  return finish(run, killed(by));
}

/** States what can be said now and keeps the run: whoever sees its end completes it. */
function lose(run: Run, reason: string): Step {
  if (run.code === null || run.stated === 'unknown') return { run, statements: [] };
  const statement = finishedStatement(run, { status: 'unknown', failure: null, reason });
  // The connection whose outputs were counted may be gone; the next one to carry any is as good.
  return { run: { ...run, stated: 'unknown', via: null, process: null }, statements: [statement] };
}

function finish(run: Run, end: Outcome): Step {
  if (run.code === null) return { statements: [unseenStatement(run)] };
  // An open row may become closed, not open again.
  if (end.status === 'unknown' && run.stated === 'unknown') return { statements: [] };
  return { statements: [finishedStatement(run, end)] };
}
