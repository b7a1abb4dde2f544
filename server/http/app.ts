import express, { type Express } from 'express';
import { type IdentityMode } from '../identity/mode.js';
import { type Streams } from '../live/stream.js';
import { type Wall } from '../live/wall.js';
import { type Log } from '../log.js';
import { type Metrics } from '../operations/metrics.js';
import { problem } from '../problems.js';
import { SERVER_VERSION } from '../version.js';
import { faultHandler, type Recognise } from './faults.js';
import { corsHeaders, hostGuard, originGuard } from './guards.js';
import { type InFlight } from './in-flight.js';
import { securityHeaders } from './headers.js';
import { mountRoutes, noQuery, otherMethods, requireRole } from './mount.js';
import { openApi } from './openapi.js';
import { portal } from './portal.js';
import { requestLog } from './request-log.js';
import { createHandlers, type UseCases } from './routes/index.js';
import { live, liveWall } from './routes/live.js';
import { scrape } from './routes/scrape.js';

/** What an app is made of. */
export interface AppParts {
  log: Log;
  identity: IdentityMode;
  cases: UseCases;
  streams: Streams;
  wall: Wall;
  metrics: Pick<Metrics, 'answered' | 'text'>;
  recognise: Recognise;
  /** bounds what requests' bodies take */
  inFlight: InFlight;
  /** folder of the built portal */
  publicFolder: string;
  /** milliseconds of a clock that never goes back */
  clock: () => number;
}

/**
 * The server's way in. The order is the subject: an id before anything can go wrong, headers before anything can
 * answer, whose name and whose page before anything is read, who asks (in each route) before a body is parsed.
 */
export function createApp({
  log,
  identity,
  cases,
  streams,
  wall,
  metrics,
  recognise,
  inFlight,
  publicFolder,
  clock
}: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  // Answers are asked for because they change, so they get no tag; `enabled` keeps the one that files have.
  app.set('etag', () => undefined);
  app.set('query parser', false); // queries are read in validate.ts, where a name that comes twice is seen

  app.use(requestLog(log, clock, metrics.answered));
  app.use(securityHeaders());
  app.use(hostGuard(identity));
  app.use(originGuard(identity));
  app.use(corsHeaders(identity));

  mountRoutes(app, createHandlers(cases, identity), identity, inFlight);
  app.route('/api/live').get(requireRole(identity, 'analyst'), noQuery, live(streams)).all(otherMethods('get'));
  app.route('/api/v1/live').get(requireRole(identity, 'auditor'), liveWall(wall)).all(otherMethods('get'));
  app.route('/metrics').get(requireRole(identity, 'auditor'), noQuery, scrape(metrics)).all(otherMethods('get'));
  const description = openApi(SERVER_VERSION);
  app
    .route('/openapi.json')
    .get((_request, response) => void response.json(description))
    .all(otherMethods('get'));
  app.use(portal(publicFolder));

  app.use(() => {
    throw problem('not-found', {});
  });
  app.use(faultHandler(log, recognise));
  return app;
}
