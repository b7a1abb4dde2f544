import { existsSync } from 'node:fs';
import { type RequestListener } from 'node:http';
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type Kysely } from 'kysely';
import { createAccess } from './answers/access.js';
import { createAnswers } from './answers/answers.js';
import { createCursors } from './answers/cursors.js';
import { createExports, type Exports } from './answers/export/export.js';
import { createExecutionAnswers } from './answers/executions.js';
import { createPeopleAnswers } from './answers/people.js';
import { createAnalytics } from './answers/analytics/analytics.js';
import { createSearches } from './answers/search/search.js';
import { createInbox } from './anomalies/inbox.js';
import { PolicyError, readPolicy, type Policy } from './anomalies/policy.js';
import { watchForAnomalies, type Watch } from './anomalies/runner.js';
import { ConfigError, type Config } from './config.js';
import { createFeeds, keepFeeds } from './follow/followers.js';
import { createApp } from './http/app.js';
import { createInFlight } from './http/in-flight.js';
import { listen, type Listener } from './http/listen.js';
import { type UseCases } from './http/routes/index.js';
import { createIdentity } from './identity/authenticate.js';
import { createDenials } from './identity/denials.js';
import { roleOfPerson } from './identity/person-role.js';
import { createIngest, type Ingest } from './ingest/accept.js';
import { createBus, type Bus } from './live/bus.js';
import { createStreams, type Streams } from './live/stream.js';
import { createWall, type Wall } from './live/wall.js';
import { type Log } from './log.js';
import { runChecks } from './operations/checks.js';
import { counted, createMetrics } from './operations/metrics.js';
import { beginLife, type StopReason } from './operations/life.js';
import { ready } from './operations/ready.js';
import { problem, type ProblemError } from './problems.js';
import { changedRuns, thisMoment } from './store/changed-runs.js';
import { createAnnouncer } from './store/announce.js';
import { databaseProblem } from './store/database-problem.js';
import { listenForChanges } from './store/listen.js';
import { openStore, type Store } from './store/open.js';
import { keepPartitions } from './store/partitions.js';
import { provideDatabase, type ProvidedDatabase } from './store/provide.js';
import { recordFigures } from './store/record-figures.js';
import { type Database } from './store/schema.js';
import { recordServerEvent } from './store/server-events.js';

/** A server that runs. */
export interface RunningServer {
  /** addresses it answers on, without a trailing slash */
  urls: string[];
  portalUrl: string;
  database: Pick<ProvidedDatabase, 'readerHint' | 'embedded'>;
  /** where the record is, in words */
  dataPlace: string;
  /** Takes nothing more, commits what was accepted, ends the streams, stops the database if it is its own. */
  stop(reason?: StopReason): Promise<void>;
}

/** How long a request in flight has to be answered when the server stops, in ms. */
const GRACE_MS = 5000;

/** What ends a part of the server. */
type End = () => Promise<void> | void;

/**
 * Starts the server: its ports first, because a second start on them must end before it touches the first one's
 * database; then the database, then what stands on it. Who comes before all is there is told to come again.
 * @throws ListenError, DatabaseFault; then nothing is left running
 */
export async function startServer(config: Config, log: Log): Promise<RunningServer> {
  const ends: End[] = [];
  try {
    return await start(config, log, ends);
  } catch (error) {
    await endAll(ends);
    throw error;
  }
}

async function start(config: Config, log: Log, ends: End[]): Promise<RunningServer> {
  const policy = policyOf(config);
  let store: Store | undefined;
  // Nobody is asked who they are before the app is there, and it comes after the store.
  const db = () => store!.db;
  const note = createDenials(
    event => recordServerEvent(db(), event),
    log,
    () => new Date()
  );
  const identity = createIdentity(config, { db, clock: () => performance.now(), note });
  let answer = comeAgain(problem('database-unreachable', { detail: 'the server is starting' }));
  const listener = await listen(config.hosts, config.port, (request, response) => answer(request, response));
  ends.push(() => listener.close(0));

  const database = await provideDatabase(config, log);
  ends.push(() => database.stop());
  const opened = (store = await openStore(database.ingest, { role: 'celltrail_ingest', log }));
  ends.push(() => opened.close());
  ends.push(...startFollowers(config, policy, opened.db, log));
  const { bus, streams, wall } = openStreams(opened.db, log);
  ends.push(() => bus.close());
  const announcer = createAnnouncer(database.ingest, log);
  ends.push(() => announcer.close());
  const changes = listenForChanges(database.ingest, log, usernames => bus.changed(usernames));
  ends.push(() => changes.close());
  const pressure = { crowded: () => ingest.crowded(), pouring: listener.pouring };
  const inFlight = createInFlight(config.maxInFlightBytes, pressure);
  const metrics = createMetrics({
    waiting: () => ingest.waiting(),
    inFlight: () => inFlight.bytes(),
    streams: () => streams.size + wall.size,
    record: () => recordFigures(opened.db)
  });
  const ingest = createIngest({
    store: opened,
    log,
    now: () => Date.now(),
    announce: announcer.announce,
    onCommitted: metrics.committed
  });

  const place = { host: hostname(), port: listener.port };
  const life = beginLife({ db: opened.db, log, place, now: () => new Date() });
  const exports = createExports(opened.db, log, () => new Date());
  answer = createApp({
    log,
    identity,
    cases: {
      accept: counted(ingest.accept, metrics),
      ...createCases(opened.db, () => new Date()),
      exports,
      checks: actor => runChecks({ db: opened.db, actor, auth: identity.name }, log),
      ready: () => ready(opened.db),
      portal: { labUrl: config.labUrl, language: config.language }
    },
    streams,
    wall,
    metrics,
    recognise: databaseProblem,
    inFlight,
    publicFolder: PUBLIC_FOLDER,
    clock: () => performance.now()
  });
  const urls = listener.hosts.map(host => `http://${host.includes(':') ? `[${host}]` : host}:${listener.port}`);
  log.info({ urls, embedded: database.embedded }, 'server started');
  return {
    urls,
    portalUrl: `${friendliest(urls)}/portal`,
    database,
    dataPlace: database.embedded ? config.dataDir : 'the Postgres of AUDIT_DB_CONNECTION',
    stop: once(async reason => {
      answer = comeAgain(problem('stopping'));
      wall.close();
      await finish(streams, exports, ingest, listener);
      await life.ends(reason);
      await endAll(ends);
      log.info('server stopped');
    })
  };
}

/** What goes on beside the requests: room for what comes, and what follows the record. @returns what ends each */
function startFollowers(config: Config, policy: Policy, db: Kysely<Database>, log: Log): End[] {
  const { alerts: thresholds } = config;
  const roleOf: Watch['roleOf'] = (username, tokens) => roleOfPerson(config, username, tokens);
  return [
    keepPartitions(db, log),
    keepFeeds(createFeeds(db), log),
    ...(thresholds ? [watchForAnomalies(db, log, { policy, thresholds, roleOf })] : [])
  ];
}

/** The live streams: each person's own, and the wall of what everyone runs. Both are told by the bus. */
function openStreams(db: Kysely<Database>, log: Log): { bus: Bus; streams: Streams; wall: Wall } {
  const bus = createBus(() => performance.now());
  const wall = createWall(
    {
      thisMoment: () => thisMoment(db),
      changedRuns: (after, upTo, most) => changedRuns(db, after, upTo, most)
    },
    log
  );
  bus.subscribeToAll(wall.changed);
  return { bus, streams: createStreams(bus), wall };
}

/** What people ask, answered from one database. */
function createCases(
  db: Kysely<Database>,
  now: () => Date
): Pick<UseCases, 'answers' | 'executions' | 'people' | 'searches' | 'analytics' | 'inbox'> {
  const access = createAccess(db, now);
  const cursors = createCursors(db);
  return {
    answers: createAnswers(db, now),
    executions: createExecutionAnswers(db, access, cursors),
    people: createPeopleAnswers(db, access, cursors, now),
    searches: createSearches(db, access, cursors, () => performance.now()),
    analytics: createAnalytics(db, access, now),
    inbox: createInbox(db, cursors, now)
  };
}

/** @throws ConfigError where the policy file can't be used: a watch that looks for nothing must not look like one */
function policyOf({ policyFile }: Config): Policy {
  try {
    return readPolicy(policyFile);
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    throw new ConfigError([{ name: 'AUDIT_POLICY_FILE', fix: error.message }]);
  }
}

/** `localhost` is what people know; it leads to the two addresses that are the default, and to no other. */
function friendliest(urls: readonly string[]): string {
  return urls[0]!.replace(/\/\/(127\.0\.0\.1|\[::1\]):/, '//localhost:');
}

/** What was accepted is committed and answered before anything it needs goes away. */
async function finish(streams: Streams, exports: Exports, ingest: Ingest, listener: Listener): Promise<void> {
  streams.close();
  const exported = exports.close();
  const closed = listener.close(GRACE_MS);
  await ingest.drain();
  await closed; // cuts off whoever takes a file no further
  await exported;
}

/** Answers everything with a passing problem, while the server starts or stops. */
function comeAgain(passing: ProblemError): RequestListener {
  const wire = passing.toProblem();
  return (_request, response) => {
    response.writeHead(wire.status, {
      'Content-Type': 'application/problem+json',
      'Retry-After': '2',
      Connection: 'close'
    });
    response.end(JSON.stringify(wire));
  };
}

/** Ends the parts in the reverse order of their beginning. One that fails does not keep the others from ending. */
async function endAll(ends: End[]): Promise<void> {
  const faults: unknown[] = [];
  for (const end of ends.splice(0).reverse()) {
    try {
      await end();
    } catch (error) {
      faults.push(error);
    }
  }
  if (faults.length) throw new AggregateError(faults, 'not everything could be stopped');
}

/** Who stops it first says why. */
function once(stop: (reason: StopReason) => Promise<void>): (reason?: StopReason) => Promise<void> {
  let stopped: Promise<void> | undefined;
  return (reason = 'asked') => (stopped ??= stop(reason));
}

/** Where the built portal is: beside this file's source, or two folders above what it compiles to. */
const PUBLIC_FOLDER = fileURLToPath(
  new URL(existsSync(new URL('./package.json', import.meta.url)) ? './public' : '../../public', import.meta.url)
);
