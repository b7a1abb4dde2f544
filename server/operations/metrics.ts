import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { problemKind, type EventAnswer } from '@celltrail/protocol';
import { ProblemError } from '../problems.js';
import { type RecordFigures } from '../store/record-figures.js';

/** What is looked up when somebody scrapes, because nobody tells it. */
export interface Gauges {
  /** what waits to be stored, as events and as characters */
  waiting: () => { items: number; size: number };
  /** bytes of requests' bodies that are held */
  inFlight: () => number;
  /** open live streams */
  streams: () => number;
  /** figures of the record; rejects when the database does not answer */
  record: () => Promise<RecordFigures>;
}

/** The server's figures for Prometheus. Their labels are kinds and routes, never people. */
export interface Metrics {
  /** what became of the events of one batch */
  batch: (answers: readonly EventAnswer[]) => void;
  /** a batch that was turned away whole */
  turnedAway: (error: unknown) => void;
  /** one transaction */
  committed: (events: number, took_ms: number) => void;
  /** one request @param route the protocol's path @param took_ms milliseconds */
  answered: (request: { method: string; route: string; status: number; took_ms: number }) => void;
  /** Prometheus' text format 0.0.4 */
  text: () => Promise<{ type: string; text: string }>;
}

/** Every metric of the server's own: its name, and the sentence that the docs show. */
export const METRICS = {
  celltrail_events_total: 'Events that were answered, by outcome (stored, duplicate, refused) and reason of refusal.',
  celltrail_batches_total: 'Batches that were answered, by what was said: ok, or the problem.',
  celltrail_commit_seconds: 'How long a transaction of events took.',
  celltrail_commit_events: 'Events that one transaction took together.',
  celltrail_waiting_events: 'Events that wait for a transaction now.',
  celltrail_waiting_characters: 'Characters of those events.',
  celltrail_request_bytes: 'Bytes of request bodies that are held now, from their first byte to their answer.',
  celltrail_requests_total: 'Requests that were answered, by method, route and status.',
  celltrail_request_seconds: 'How long a request took, by route.',
  celltrail_live_streams: 'Screens that are connected to the live stream.',
  celltrail_database_up: '1 when the database answered this scrape, else 0.',
  celltrail_pages: 'Lab tabs that said something within the last two minutes, by whether they record (recording, off).',
  celltrail_browser_events: 'Events that browsers said they hold, by why: waiting, refused.',
  celltrail_missing_events: 'Events that pages numbered and that have not arrived.'
} as const;

type Name = keyof typeof METRICS;

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const EVENTS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000];

const named = <N extends Name>(name: N): { name: N; help: string } => ({ name, help: METRICS[name] });

/** Metrics in a registry of their own, with those of the process beside them. */
export function createMetrics(gauges: Gauges): Metrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  const events = new Counter({ ...named('celltrail_events_total'), labelNames: ['outcome', 'reason'], registers });
  const batches = new Counter({ ...named('celltrail_batches_total'), labelNames: ['answer'], registers });
  const commitSeconds = new Histogram({ ...named('celltrail_commit_seconds'), buckets: SECONDS, registers });
  const commitEvents = new Histogram({ ...named('celltrail_commit_events'), buckets: EVENTS, registers });
  const labelNames = ['method', 'route', 'status'];
  const requests = new Counter({ ...named('celltrail_requests_total'), labelNames, registers });
  const requestSeconds = new Histogram({
    ...named('celltrail_request_seconds'),
    labelNames: ['route'],
    buckets: SECONDS,
    registers
  });
  const lookAtRecord = addGauges(gauges, registers);
  return {
    batch(answers) {
      batches.inc({ answer: 'ok' });
      for (const answer of answers) events.inc({ outcome: answer.outcome, reason: reasonOf(answer) });
    },
    turnedAway: error => batches.inc({ answer: error instanceof ProblemError ? error.kind : 'internal' }),
    committed(count, took_ms) {
      commitEvents.observe(count);
      commitSeconds.observe(took_ms / 1000);
    },
    answered({ method, route, status, took_ms }) {
      requests.inc({ method, route, status });
      // A stream is open for as long as somebody looks: that is no answer's time.
      if (route !== '/api/live' && route !== '/api/v1/live') requestSeconds.observe({ route }, took_ms / 1000);
    },
    async text() {
      await lookAtRecord();
      return { type: register.contentType, text: await register.metrics() };
    }
  };
}

function reasonOf(answer: EventAnswer): string {
  return answer.outcome === 'refused' ? (problemKind(answer.problem) ?? 'other') : '';
}

/** @returns what has to be done before each scrape: one question fills several gauges */
function addGauges({ waiting, inFlight, streams, record }: Gauges, registers: Registry[]): () => Promise<void> {
  const gauge = (name: Name, look: () => number): void => {
    const made: Gauge = new Gauge({ ...named(name), registers, collect: () => made.set(look()) });
  };
  gauge('celltrail_waiting_events', () => waiting().items);
  gauge('celltrail_waiting_characters', () => waiting().size);
  gauge('celltrail_request_bytes', inFlight);
  gauge('celltrail_live_streams', streams);
  const up = new Gauge({ ...named('celltrail_database_up'), registers });
  const pages = new Gauge({ ...named('celltrail_pages'), labelNames: ['state'], registers });
  const held = new Gauge({ ...named('celltrail_browser_events'), labelNames: ['why'], registers });
  const missing = new Gauge({ ...named('celltrail_missing_events'), registers });

  return async () => {
    const figures = await record().catch(() => null);
    up.set(figures ? 1 : 0);
    // What an absent database would have said is left out instead of told as 0.
    pages.reset();
    held.reset();
    missing.remove();
    if (!figures) return;
    pages.set({ state: 'recording' }, figures.recording);
    pages.set({ state: 'off' }, figures.off);
    held.set({ why: 'waiting' }, figures.waiting);
    held.set({ why: 'refused' }, figures.refused);
    missing.set(figures.missing);
  };
}

/** A way to store batches, with what became of each counted. */
export function counted<Args extends unknown[]>(
  accept: (...args: Args) => Promise<EventAnswer[]>,
  metrics: Pick<Metrics, 'batch' | 'turnedAway'>
): (...args: Args) => Promise<EventAnswer[]> {
  return async (...args) => {
    try {
      const answers = await accept(...args);
      metrics.batch(answers);
      return answers;
    } catch (error) {
      metrics.turnedAway(error);
      throw error;
    }
  };
}
