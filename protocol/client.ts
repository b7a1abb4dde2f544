import { describeProblem, type Problem } from './problems.js';
import type { Activity, Check, ExecutionSummary, LiveChange, Me, PortalSettings, Stats } from './api.js';

/** A request that the server answered with a problem, or that never got an answer (`problem` undefined). */
export class RequestFailed extends Error {
  constructor(
    message: string,
    readonly problem?: Problem
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
  checks(): Promise<Check[]>;
  /** Follows what changes. @returns a function that ends it */
  live(handlers: LiveHandlers): () => void;
}

/** What to do as a live stream goes. */
export interface LiveHandlers {
  /** Something of the caller's changed. Comes once after every (re)connection, too: what was missed is asked anew. */
  onChange(change: LiveChange): void;
  onConnected(connected: boolean): void;
}

/**
 * A client of one server.
 * @param base the server's address without a trailing slash; empty for the page's own
 */
export function createClient(base: string, fetcher: typeof fetch = (...args) => fetch(...args)): Client {
  const get = async <T>(path: string, query: Record<string, string | undefined> = {}): Promise<T> => {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, value);
    const suffix = search.size ? `?${search}` : '';
    let response: Response;
    try {
      response = await fetcher(base + path + suffix, { headers: { accept: 'application/json' } });
    } catch (error) {
      throw new RequestFailed(String(error));
    }
    if (!response.ok) throw await failure(response);
    return (await response.json()) as T;
  };
  return {
    me: () => get('/api/me'),
    portal: () => get('/api/portal'),
    stats: tz => get('/api/stats', { tz }),
    recentActivity: () => get('/api/recent-activity'),
    executions: limit => get('/api/v1/executions', { limit: limit?.toString() }),
    checks: () => get('/api/checks'),
    live: handlers => follow(`${base}/api/live`, handlers)
  };
}

async function failure(response: Response): Promise<RequestFailed> {
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json');
  const problem = isProblem
    ? ((await response.json()) as Problem)
    : describeProblem('internal', { detail: `HTTP ${response.status}` });
  return new RequestFailed(problem.detail ?? problem.title, problem);
}

function follow(url: string, handlers: LiveHandlers): () => void {
  const source = new EventSource(url);
  source.addEventListener('open', () => handlers.onConnected(true));
  source.addEventListener('error', () => handlers.onConnected(false));
  source.addEventListener('change', message =>
    handlers.onChange(JSON.parse((message as MessageEvent<string>).data) as LiveChange)
  );
  return () => source.close();
}
