import { describeProblem, type EventBatch } from '@celltrail/protocol';
import type { Life } from './life.js';

/** What the server and what stands before it do with requests. */
export const MOODS = ['fine', 'down', 'answer lost', 'half committed', 'portal', 'signed out', 'busy', 'garbled', 'narrow'] as const; // prettier-ignore

/** One of {@link MOODS}. */
export type Mood = (typeof MOODS)[number];

/** Bytes that the narrow proxy lets through. */
const NARROW_BYTES = 3_000;

interface Said {
  status: number;
  body: unknown;
  retryAfter?: string;
}

/** An audit server in memory, which books each event once, on whoever is signed in when it comes. */
export class MoodyServer {
  mood: Mood = 'fine';
  signedIn = 'ana';
  /** by event id: on whom it was booked */
  readonly booked = new Map<string, string>();
  /** ids of events that were refused for good */
  readonly refused = new Set<string>();
  /** ids that no server takes */
  readonly bad = new Set<string>();

  /** As a tab reaches it. */
  fetchOf(life: Life): typeof globalThis.fetch {
    return ((url: string, init?: RequestInit) => {
      const body = typeof init?.body === 'string' ? init.body : '';
      return life.step(() => this.respond(new URL(url).pathname, body));
    }) as typeof globalThis.fetch;
  }

  private respond(path: string, text: string): Response {
    if (this.mood === 'down') throw new TypeError('Failed to fetch');
    if (this.mood === 'portal') return response({ status: 200, body: undefined });
    if (this.mood === 'signed out') return response({ status: 401, body: undefined });
    if (this.mood === 'busy') return response({ status: 503, body: describeProblem('overloaded'), retryAfter: '3' });
    if (this.mood === 'narrow' && text.length > NARROW_BYTES) return response({ status: 413, body: undefined });
    if (path === '/api/me') return response({ status: 200, body: { username: this.signedIn, role: 'analyst' } });
    return this.take(JSON.parse(text) as EventBatch);
  }

  private take({ actor, events }: EventBatch): Response {
    if (actor !== this.signedIn) return response({ status: 409, body: describeProblem('actor-changed') });
    // Two transactions, and the connection broke between them.
    const taken = this.mood === 'half committed' ? events.slice(0, Math.ceil(events.length / 2)) : events;
    const answers = taken.map(({ id }) => this.book(id));
    if (this.mood === 'answer lost' || this.mood === 'half committed') throw new TypeError('Failed to fetch');
    if (this.mood === 'garbled') return response({ status: 200, body: { answers: answers.slice(1) } });
    return response({ status: 200, body: { answers } });
  }

  private book(id: string): unknown {
    if (this.bad.has(id)) {
      this.refused.add(id);
      return { outcome: 'refused', problem: describeProblem('field-invalid') };
    }
    if (this.booked.has(id)) return { outcome: 'duplicate' };
    this.booked.set(id, this.signedIn);
    return { outcome: 'stored' };
  }
}

// The real one is a stream, which comes to its end in its own time.
function response({ status, body, retryAfter }: Said): Response {
  const headers = { get: (name: string) => (name === 'retry-after' ? (retryAfter ?? null) : null) };
  const text = body === undefined ? '<h1>no JSON</h1>' : JSON.stringify(body);
  return { status, ok: status === 200, headers, text: () => Promise.resolve(text) } as unknown as Response;
}
