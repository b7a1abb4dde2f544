import { createApp, type AppParts } from '../http/app.js';
import { createInFlight } from '../http/in-flight.js';
import { listen, type Listener } from '../http/listen.js';
import { type UseCases } from '../http/routes/index.js';
import { createIdentity } from '../identity/authenticate.js';
import { createBus, type Bus } from '../live/bus.js';
import { createStreams, type Streams } from '../live/stream.js';
import { type Wall } from '../live/wall.js';
import { createLog } from '../log.js';

/** An app without a database behind it: what the way in does by itself. */
export interface BareApp extends Listener {
  bus: Bus;
  streams: Streams;
  /** every line that was logged */
  logged: string[];
}

/** A wall that nobody watches. */
const NO_WALL: Wall = { size: 0, changed: () => undefined, open: () => undefined, close: () => undefined };

const never = () => Promise.reject(new Error('no test asked for this'));

/** Use cases that fail; a test replaces those it means. */
export const NO_CASES: UseCases = {
  accept: never,
  answers: { stats: never, recentActivity: never, executions: never, absence: never },
  executions: { detail: never, activity: never },
  people: { allActivity: never, people: never, person: never, running: never, coverage: never },
  searches: { search: never, facets: never, searchCode: never, complete: never },
  exports: { begin: never },
  analytics: never,
  inbox: { list: never, judge: never, review: never },
  checks: never,
  ready: () => Promise.resolve(),
  portal: { labUrl: 'http://localhost:8888/lab', language: null }
};

/** Starts an app on a free port of 127.0.0.1. */
export async function startBareApp(cases: Partial<UseCases> = {}, parts: Partial<AppParts> = {}): Promise<BareApp> {
  const logged: string[] = [];
  const bus = createBus(() => performance.now());
  const streams = createStreams(bus);
  const app = createApp({
    log: createLog('trace', { write: line => void logged.push(line) }),
    identity: createIdentity(
      {
        auth: 'loopback',
        hosts: ['127.0.0.1'],
        user: 'test_user',
        admins: [],
        auditors: [],
        allowedOrigins: ['https://notes.example'],
        labUrl: 'http://localhost:8888/lab'
      },
      { db: never as never, clock: () => performance.now(), note: () => undefined }
    ),
    cases: { ...NO_CASES, ...cases },
    streams,
    wall: NO_WALL,
    metrics: { answered: () => {}, text: never },
    recognise: () => undefined,
    inFlight: createInFlight(128 * 1024 * 1024),
    publicFolder: '/nonexistent',
    clock: () => performance.now(),
    ...parts
  });
  const listener = await listen(['127.0.0.1'], 0, app);
  return {
    ...listener,
    bus,
    streams,
    logged,
    close: async graceMs => {
      streams.close();
      bus.close();
      await listener.close(graceMs);
    }
  };
}
