import { describeProblem, type AuditEvent, type EventBatch, type ProblemType } from '@celltrail/protocol';

/** What a server of these tests does with a request. */
export type Behaviour = (path: string, batch: EventBatch | null) => Response | Promise<Response>;

/** A server in memory: stores each event once, as the real one promises, and misbehaves on demand. */
export class FakeServer {
  username = 'ana';
  /** what it stored, by page and sequence */
  readonly stored = new Map<string, { event: AuditEvent; actor: string }>();
  readonly batches: EventBatch[] = [];
  /** how requests were made */
  readonly requests: { url: string; init: RequestInit | undefined }[] = [];
  /** null: as it should */
  behaviour: Behaviour | null = null;

  readonly fetch = (async (url: string, init?: RequestInit): Promise<Response> => {
    this.requests.push({ url, init });
    const path = new URL(url).pathname;
    const batch = typeof init?.body === 'string' ? (JSON.parse(init.body) as EventBatch) : null;
    await Promise.resolve();
    const aborted = new Promise<never>((_, reject) => {
      if (init?.signal?.aborted) reject(new DOMException('aborted', 'AbortError'));
      init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
    });
    return Promise.race([aborted, this.behaviour ? this.behaviour(path, batch) : this.serve(path, batch)]);
  }) as typeof globalThis.fetch;

  /** As it should be. */
  serve(path: string, batch: EventBatch | null): Response {
    if (path === '/api/me')
      return answer({ username: this.username, role: 'analyst', auth: 'token', server_version: '0' });
    if (!batch) throw new Error(`no such path in this test: ${path}`);
    if (batch.actor !== this.username) return refusal('actor-changed');
    this.batches.push(batch);
    const answers = batch.events.map(event => {
      const key = keyOf(event);
      const outcome = this.stored.has(key) ? 'duplicate' : 'stored';
      if (outcome === 'stored') this.stored.set(key, { event, actor: this.username });
      return { outcome };
    });
    return answer({ answers });
  }

  /** The sequence numbers it stored, in the order they came. */
  get sequences(): number[] {
    return [...this.stored.values()].map(({ event }) => event.page_seq);
  }
}

/** A JSON answer. */
export function answer(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
}

/** A problem of ours. */
export function refusal(kind: ProblemType, headers: Record<string, string> = {}): Response {
  const problem = describeProblem(kind);
  return answer(problem, problem.status, { 'content-type': 'application/problem+json', ...headers });
}

function keyOf(event: AuditEvent): string {
  return `${event.page_id} ${event.page_seq}`;
}
