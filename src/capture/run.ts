import {
  executionId,
  MAX_CODE_LENGTH,
  MAX_TEXT_LENGTH,
  observationId,
  type ExecutionStatus,
  type Statement
} from '@celltrail/protocol';
import type { Footprint } from './footprint.js';
import type { KernelRules } from './rules.js';
import type { Context, EndStatus, Request } from './seen.js';
import { earlier, elapsedMs } from './times.js';
import { errorFields, errorName, type Failure } from './traceback.js';

/** One execution as far as it was seen. A plain value: it survives a reload as JSON. */
export interface Run {
  kernelId: string;
  kernelName: string | null;
  request: Request;
  /** this page sent the request, so its reply comes here */
  own: boolean;
  context: Context | null;
  /** null while neither the request nor `execute_input` was seen */
  code: string | null;
  silent: boolean | null;
  storeHistory: boolean | null;
  /** the kernel took it up */
  busyAt: string | null;
  /** the kernel said the code out loud: it began to run it */
  inputAt: string | null;
  idleAt: string | null;
  /** idle came by the connection whose outputs are counted, so no more of them will */
  isIdleHere: boolean;
  reply: Reply | null;
  /** the `error` message on IOPub */
  failure: Failure | null;
  count: number | null;
  footprint: Footprint;
  /** the connection whose outputs are counted */
  via: string | null;
  /** the kernel process that handles it */
  process: string | null;
  doom: Doom | null;
  /** what was stated of it already */
  stated: 'nothing' | 'running' | 'unknown';
  /** the page's clock when the kernel took it up, ms */
  busySeen: number | null;
  /** the page's clock when the first of reply and idle came, ms */
  endSeen: number | null;
}

/** What the kernel answered. */
export interface Reply {
  at: string;
  status: string;
  startedAt: string | null;
  count: number | null;
  failure: Failure | null;
}

/** The kernel is about to end. */
export interface Doom {
  status: EndStatus;
  reason: string | null;
  /** the kernel process that ends; a run seen in another one is safe */
  process: string | null;
  /** the page's clock after which waiting is over, ms */
  until: number;
}

/** How a run ended. */
export interface Outcome {
  status: ExecutionStatus;
  failure: Failure | null;
  reason: string | null;
}

/** When the kernel began: `busy` or, should a kernel stamp it earlier, its reply's `started`. */
export function began(run: Run): string | undefined {
  return earlier(run.busyAt ?? run.inputAt ?? undefined, run.reply?.startedAt ?? undefined);
}

/**
 * How a run ended, from what was seen. The reply decides; where none was seen, IOPub does.
 *
 * A `KeyboardInterrupt` is an interruption. Whether somebody asked for it is not looked at: the request travels by
 * REST past every other observer, and two pages must come to the same words. (Code that raises it itself counts, too.)
 */
export function outcome(run: Run, rules: KernelRules): Outcome {
  const { reply, failure } = run;
  if (!reply) return outcomeWithoutReply(run, rules);
  if (reply.status === 'error') return failed(merge(reply.failure, failure));
  if (reply.status === 'ok') {
    return failure && rules.errorMessageDecides ? failed(failure) : { status: 'success', failure: null, reason: null };
  }
  // `aborted` never ran; kernels that answer `abort` to an interrupt (vector bash-interrupt) had begun.
  return { status: run.inputAt ? 'interrupted' : 'aborted', failure: null, reason: null };
}

function outcomeWithoutReply(run: Run, rules: KernelRules): Outcome {
  if (run.failure) return failed(run.failure);
  const isTold = rules.failuresOnIOPub && run.inputAt !== null && run.idleAt !== null;
  return isTold
    ? { status: 'success', failure: null, reason: null }
    : { status: 'unknown', failure: null, reason: 'no_reply' };
}

function failed(failure: Failure): Outcome {
  const isInterrupt = errorName(failure.ename) === 'KeyboardInterrupt';
  return { status: isInterrupt ? 'interrupted' : 'error', failure, reason: null };
}

// The server's rate limiter can drop the `error` message, and some kernels answer without the details.
function merge(reply: Failure | null, message: Failure | null): Failure {
  if (!reply) return message ?? { ename: '', evalue: '', traceback: [] };
  if (!message || reply.ename || reply.evalue) {
    return reply.traceback.length || !message ? reply : { ...reply, traceback: message.traceback };
  }
  return message;
}

/** The statement that a run is still going. */
export function startedStatement(run: Run): Statement {
  return { ...common(run), type: 'execution.started', status: 'running' };
}

/** The statement of a run's end, whole by itself. */
export function finishedStatement(run: Run, end: Outcome): Statement {
  const beganAt = began(run);
  const endedAt = earlier(run.reply?.at, run.idleAt ?? undefined);
  const isMeasured = end.status === 'success' || end.status === 'error' || end.status === 'interrupted';
  return {
    ...common(run),
    type: 'execution.finished',
    status: end.status,
    execution_time_ms: isMeasured && beganAt && endedAt ? elapsedMs(beganAt, endedAt) : null,
    ...(end.status === 'aborted' ? { timestamp: run.request.requestedAt, queued_ms: null, cell_number: null } : {}),
    ...(end.failure ? errorFields(end.failure) : {}),
    output_types: run.footprint.types.length ? [...run.footprint.types] : null,
    output_bytes: run.footprint.types.length ? run.footprint.bytes : null,
    reason: end.reason ?? cutReason(run)
  };
}

/** The statement of a run whose code no message told: a silent run of another client, or one that began earlier. */
export function unseenStatement(run: Run): Statement {
  const beganAt = began(run);
  const { requestedAt, msgId, sessionId } = run.request;
  return {
    type: 'execution.unseen',
    id: observationId('execution.unseen', executionId(requestedAt, run.kernelId, msgId)),
    kernel_id: run.kernelId,
    kernel_name: run.kernelName,
    msg_id: msgId,
    session_id: sessionId,
    timestamp: beganAt ?? requestedAt,
    execution_time_ms: beganAt && run.idleAt ? elapsedMs(beganAt, run.idleAt) : null
  };
}

function common(run: Run) {
  const beganAt = began(run);
  const { request, context } = run;
  return {
    id: executionId(request.requestedAt, run.kernelId, request.msgId),
    kernel_id: run.kernelId,
    kernel_name: run.kernelName,
    msg_id: request.msgId,
    session_id: request.sessionId,
    requested_at: request.requestedAt,
    code: (run.code ?? '').slice(0, MAX_CODE_LENGTH),
    timestamp: beganAt ?? request.requestedAt,
    queued_ms: beganAt ? elapsedMs(request.requestedAt, beganAt) : null,
    // A silent run has no number of its own: what is said of it repeats that of the run before.
    cell_number: run.silent ? null : (run.count ?? run.reply?.count ?? null),
    cell_id: context?.cellId?.slice(0, MAX_TEXT_LENGTH) ?? null,
    notebook_path: context?.notebookPath?.slice(0, MAX_TEXT_LENGTH) ?? null,
    client: context?.client ?? (run.own ? ('background' as const) : ('foreign' as const)),
    silent: run.silent,
    store_history: run.storeHistory
  };
}

// The store refuses longer codes; a run that is on record with a part of its code is better than none.
function cutReason(run: Run): string | null {
  const length = run.code?.length ?? 0;
  return length > MAX_CODE_LENGTH ? `code_cut: ${length} characters` : null;
}
