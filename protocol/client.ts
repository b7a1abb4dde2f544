import { describeProblem, type Problem } from './problems.js';
import type { Absence, Activity, Check, LiveChange, PortalSettings, Stats } from './api.js';
import type { LiveRuns } from './live.js';
import type { ActivityPage, ExecutionDetail, ExecutionSummary } from './executions.js';
import type { Coverage, PeoplePage, PersonDetail, RunningNow, UserActivity } from './people.js';
import type { Me } from './sign-in.js';
import type { Analytics } from './api-analytics.js';
import type { Anomalies, Anomaly, AnomalyKind, AnomalyState, Review, SeenAlert, Verdict } from './api-anomalies.js';
import type { Completion, Facets, SearchAnswer } from './api-search.js';

export { oneAtATime } from './one-at-a-time.js';

/**
 * Why a request failed: `problem` (the server said so), `unreachable` (no answer, or a proxy's word for it),
 * `unreadable` (something other than our server answered: a captive portal, a sign-in page).
 */
export type FailureReason = 'problem' | 'unreachable' | 'unreadable';

/** A request that the server answered with a problem, or that never got a true answer (`problem` undefined). */
export class RequestFailed extends Error {
  constructor(
    message: string,
    readonly problem?: Problem,
    readonly reason: FailureReason = problem ? 'problem' : 'unreachable'
  ) {
    super(message);
    this.name = 'RequestFailed';
  }
}

/** The questions a browser asks the server, each with its typed answer. All throw {@link RequestFailed}. */
export interface Client {
  me(): Promise<Me>;
  portal(): Promise<PortalSettings>;
  /** @param tz IANA time zone whose day is "today" */
  stats(tz?: string): Promise<Stats>;
  recentActivity(): Promise<Activity[]>;
  executions(limit?: number): Promise<ExecutionSummary[]>;
  /** One run whole. @param id the execution id */
  execution(id: string): Promise<ExecutionDetail>;
  /** A feed page by page. @param of `user`: whose, the caller's own by default; `cursor`: `next` of the page before */
  activity(of?: { user?: string; limit?: number; cursor?: string }): Promise<ActivityPage>;
  /** For admins: everyone, the latest active first. */
  allActivity(): Promise<UserActivity[]>;
  /** For auditors and admins, as the rest below. @param tz IANA time zone of the days */
  people(of?: { tz?: string; limit?: number; cursor?: string }): Promise<PeoplePage>;
  person(username: string, tz?: string): Promise<PersonDetail>;
  running(): Promise<RunningNow[]>;
  coverage(): Promise<Coverage>;
  /** Sign this browser in with a token; a cookie stands for it from then on. */
  signIn(token: string): Promise<Me>;
  signOut(): Promise<void>;
  checks(): Promise<Check[]>;
  /** What is known to be missing. @param range days as YYYY-MM-DD, and the IANA time zone whose days they are */
  absence(range: { from: string; to: string; tz: string }): Promise<Absence>;
  /** @param tz IANA time zone of the days in `created:` @param cursor an earlier answer's `next`, to the same `q` */
  search(question: { q: string; tz?: string; limit?: number; cursor?: string }): Promise<SearchAnswer>;
  facets(question: { q: string; tz?: string }): Promise<Facets>;
  complete(question: { qualifier: 'user' | 'notebook' | 'kernel'; prefix: string }): Promise<Completion>;
  analytics(question: AnalyticsQuestion): Promise<Analytics>;
  anomalies(question: AnomaliesQuestion): Promise<Anomalies>;
  /** Judges an alert. @param verdict null takes the one before back @param seen the alert as it was looked at */
  judge(id: string, verdict: Verdict | null, seen: SeenAlert, comment?: string): Promise<Anomaly>;
  /** @param day YYYY-MM-DD; today by default */
  review(question: { day?: string; tz?: string }): Promise<Review>;
  /** Follows what changes. @returns a function that ends it */
  live(handlers: LiveHandlers): () => void;
  /** For auditors and admins: follows what everyone runs, each change once. @returns a function that ends it */
  liveRuns(handlers: LiveRunsHandlers): () => void;
}

/** Which figures. Days are YYYY-MM-DD, both included. */
export interface AnalyticsQuestion {
  from?: string;
  to?: string;
  /** IANA time zone whose days and hours they are */
  tz?: string;
  user?: string;
  notebook?: string;
  /** milliseconds */
  slower_than?: number;
}

/** Which alerts. */
export interface AnomaliesQuestion {
  /** `open` by default: they wait for a verdict */
  state?: AnomalyState;
  kind?: AnomalyKind;
  user?: string;
  limit?: number;
  cursor?: string;
}

/** What to do as a live stream goes. */
export interface LiveHandlers {
  /** Something of the caller's changed. Comes once after every (re)connection, too: what was missed is asked anew. */
  onChange(change: LiveChange): void;
  onConnected(connected: boolean): void;
}

/** What to do as the stream of everyone's runs goes. */
export interface LiveRunsHandlers {
  onRuns(update: LiveRuns): void;
}

/** After this many ms without an answer a request counts as unanswered. */
export const PATIENCE_MS = 20_000;

/** What is used of an EventSource. */
export type EventStream = Pick<EventTarget, 'addEventListener'> & Pick<EventSource, 'readyState' | 'close'>;

/** Opens a stream of events at an address. */
export type OpenEvents = (url: string) => EventStream;

/** `EventSource.CLOSED`, as the HTML standard has it (9.2.2). */
const CLOSED = 2;

/** How long the stream waits before it is opened anew, in ms: doubled each time, up to the last. */
const REOPEN_MS = { first: 500, last: 30_000 };

/**
 * A client of one server.
 * @param base the server's address without a trailing slash; empty for the page's own
 * @param openEvents opens the stream, where the browser's own can't say who asks
 */
export function createClient(
  base: string,
  fetcher: typeof fetch = (...args) => fetch(...args),
  openEvents: OpenEvents = url => new EventSource(url)
): Client {
  const get = async <T>(path: string, query: object = {}): Promise<T> => {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query) as [string, string | number | undefined][])
      if (value !== undefined) search.set(name, String(value));
    const suffix = search.size ? `?${search}` : '';
    return answered<T>(() =>
      fetcher(base + path + suffix, {
        headers: { accept: 'application/json' },
        signal: AbortSignal.timeout(PATIENCE_MS)
      })
    );
  };
  const post = <T>(path: string, body: unknown): Promise<T> =>
    answered<T>(() =>
      fetcher(base + path, {
        method: 'POST',
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(PATIENCE_MS)
      })
    );
  return {
    me: () => get('/api/me'),
    portal: () => get('/api/portal'),
    stats: tz => get('/api/stats', { tz }),
    recentActivity: () => get('/api/recent-activity'),
    executions: limit => get('/api/v1/executions', { limit }),
    execution: id => get(`/api/executions/${encodeURIComponent(id)}`),
    activity: (of = {}) => get('/api/v1/activity', of),
    allActivity: () => get('/api/admin/all-activity'),
    people: (of = {}) => get('/api/v1/people', of),
    person: (username, tz) => get(`/api/v1/people/${encodeURIComponent(username)}`, { tz }),
    running: () => get('/api/v1/running'),
    coverage: () => get('/api/v1/coverage'),
    signIn: token => post('/api/sign-in', { token }),
    signOut: async () => void (await post('/api/sign-out', {})),
    checks: () => get('/api/checks'),
    absence: range => get('/api/absence', range),
    search: question => get('/api/v1/search', question),
    facets: question => get('/api/v1/facets', question),
    complete: question => get('/api/v1/complete', question),
    analytics: question => get('/api/analytics', question),
    anomalies: question => get('/api/anomalies', question),
    judge: (id, verdict, seen, comment) =>
      post(`/api/anomalies/${encodeURIComponent(id)}/verdict`, { verdict, seen, ...(comment && { comment }) }),
    review: question => get('/api/v1/review', question),
    live: handlers =>
      follow(() => openEvents(`${base}/api/live`), {
        event: 'change',
        onMessage: message => handlers.onChange(readChange(message)),
        onConnected: connected => handlers.onConnected(connected)
      }),
    liveRuns: handlers => followRuns(openEvents, `${base}/api/v1/live?of=everyone`, handlers)
  };
}

async function answered<T>(ask: () => Promise<Response>): Promise<T> {
  let response: Response;
  let text: string;
  try {
    response = await ask();
    text = await response.text();
  } catch (error) {
    throw new RequestFailed(String(error), undefined, 'unreachable');
  }
  const kind = response.headers.get('content-type') ?? '';
  if (response.ok && kind.startsWith('application/json')) return read<T>(text, response.status);
  if (kind.startsWith('application/problem+json')) {
    const problem = { ...describeProblem('internal'), ...read<Partial<Problem>>(text, response.status) };
    throw new RequestFailed(problem.detail ?? problem.title, problem);
  }
  // A gateway that can't reach our server says so with 502 to 504 and a page of its own.
  throw new RequestFailed(`HTTP ${response.status}`, undefined, response.status >= 502 ? 'unreachable' : 'unreadable');
}

function read<T>(text: string, status: number): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new RequestFailed(`HTTP ${status}: not JSON`, undefined, 'unreadable');
  }
}

interface Following {
  /** name of the events */
  event: string;
  onMessage(this: void, message: MessageEvent<string>): void;
  onConnected(this: void, connected: boolean): void;
}

// EventSource tries again by itself after a broken connection, but gives up for good when the answer was not a
// stream (a proxy's 502, a server that is starting): then it is opened anew here.
function follow(openEvents: () => EventStream, { event, onMessage, onConnected }: Following): () => void {
  let source: EventStream;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let delay = REOPEN_MS.first;
  const open = () => {
    source = openEvents();
    source.addEventListener('open', () => {
      delay = REOPEN_MS.first;
      onConnected(true);
    });
    source.addEventListener(event, message => onMessage(message as MessageEvent<string>));
    source.addEventListener('error', () => {
      onConnected(false);
      if (source.readyState !== CLOSED) return;
      // Jitter, so that a company's portals don't come back in one moment.
      timer = setTimeout(open, delay * (0.5 + Math.random() / 2));
      delay = Math.min(delay * 2, REOPEN_MS.last);
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}

// A stream that breaks says itself what it had last; one that is opened anew has to be told.
function followRuns(openEvents: OpenEvents, url: string, handlers: LiveRunsHandlers): () => void {
  let last = '';
  return follow(() => openEvents(last ? `${url}&after=${encodeURIComponent(last)}` : url), {
    event: 'runs',
    onMessage({ data, lastEventId }) {
      last = lastEventId;
      handlers.onRuns(JSON.parse(data) as LiveRuns);
    },
    onConnected: () => undefined
  });
}

function readChange(message: MessageEvent<string>): LiveChange {
  try {
    return JSON.parse(message.data) as LiveChange;
  } catch {
    // That something changed is known all the same, and its number is only for those who compare.
    return { sequence: 0 };
  }
}
