import { problemKind, type EventAnswer, type Problem } from '@celltrail/protocol';
import { retryAfterMs } from './backoff.js';

/** What came back for a request. Status 0: nothing did. */
export interface Heard {
  status: number;
  /** the parsed JSON, undefined when it was none */
  body: unknown;
  retryAfter: string | null;
  /** why nothing came back; null when something did */
  failure: string | null;
}

/** An answer to one event; `unclear` is one this build can't read, and its event is kept. */
export type Answer = EventAnswer | { outcome: 'unclear' };

/** A request that led to nothing: everything is kept. */
export interface Failed {
  kind: 'failed';
  /** `expired`: the server does not know who we are, or knows another than the one whose events these are */
  reach: 'unreachable' | 'refused' | 'expired';
  /** in the server's words where it said something, else one of `OWN_PROBLEMS` or the browser's words */
  problem: string;
  /** nobody of ours said it, so that something on the way may dislike what was sent */
  mayBeContent: boolean;
  retryAfterMs: number | null;
}

/** What an answer to a batch means. Too large without a problem: something on the way said so, not our server. */
export type Verdict =
  | { kind: 'answered'; answers: readonly Answer[] }
  | { kind: 'too-large'; measure: 'events' | 'bytes'; problem: Problem | null }
  | Failed;

const OUTCOMES = ['stored', 'duplicate', 'refused'];

/**
 * What the answer to a batch means. Only a readable list with one answer per event acknowledges anything: a
 * captive portal, a proxy or another program on that port also answer 200.
 * @param events how many were sent
 */
export function verdictOf(heard: Heard, events: number, nowMs: number): Verdict {
  if (heard.status === 200) {
    const answers = field(heard.body, 'answers');
    if (Array.isArray(answers) && answers.length === events) {
      return { kind: 'answered', answers: answers.map(readAnswer) };
    }
    return failed(heard, nowMs, 'unreachable');
  }
  if (heard.status === 413 && events > 0) {
    const problem = ownProblem(heard.body);
    const isCount = problem !== null && problemKind(problem) === 'batch-too-large';
    return { kind: 'too-large', measure: isCount ? 'events' : 'bytes', problem };
  }
  return failed(heard, nowMs);
}

/** What a request that got no use from its answer means. */
export function failed(heard: Heard, nowMs: number, reach?: Failed['reach']): Failed {
  const problem = readProblem(heard.body);
  const nameless = heard.status === 200 ? 'not-our-server' : `HTTP ${heard.status}`;
  return {
    kind: 'failed',
    reach: reach ?? reachOf(heard.status, problem),
    problem: problem?.detail ?? problem?.title ?? heard.failure ?? nameless,
    mayBeContent: ownProblem(heard.body) === null && heard.status !== 429 && heard.status !== 503,
    retryAfterMs: retryAfterMs(heard.retryAfter, nowMs)
  };
}

/** A body that is a problem, or null. */
export function readProblem(body: unknown): Problem | null {
  const isProblem = typeof field(body, 'type') === 'string' && typeof field(body, 'title') === 'string';
  return isProblem ? (body as Problem) : null;
}

// A problem of a kind that our server has: a proxy's own problem is not the server's word on an event.
function ownProblem(body: unknown): Problem | null {
  const problem = readProblem(body);
  return problem !== null && problemKind(problem) !== undefined ? problem : null;
}

// Our server says 4xx as a problem; a 404 page of something else on that port is a server we did not reach. 401 and
// 403 may come from a proxy in front, in its own words.
function reachOf(status: number, problem: Problem | null): Failed['reach'] {
  const kind = problem === null ? undefined : problemKind(problem);
  if (status === 401 || kind === 'actor-changed') return 'expired';
  if (status === 403) return 'refused';
  const passing = status === 408 || status === 425 || status === 429;
  return status >= 400 && status < 500 && !passing && kind !== undefined ? 'refused' : 'unreachable';
}

function readAnswer(answer: unknown): Answer {
  const outcome = field(answer, 'outcome');
  if (typeof outcome !== 'string' || !OUTCOMES.includes(outcome)) return { outcome: 'unclear' };
  if (outcome === 'refused' && !readProblem(field(answer, 'problem'))) return { outcome: 'unclear' };
  return answer as EventAnswer;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
