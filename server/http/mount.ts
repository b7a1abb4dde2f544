import { type Request, type RequestHandler, type Router } from 'express';
import { z } from 'zod';
import { MAX_BODY_BYTES } from '@celltrail/protocol';
import { ROUTES } from '@celltrail/protocol/schemas';
import { type Actor, allows } from '../identity/actor.js';
import { type IdentityMode } from '../identity/mode.js';
import { problem, ProblemError } from '../problems.js';
import { jsonBody } from './body.js';
import { Download, sendDownload } from './download.js';
import { SMALL_BODY_BYTES, type InFlight } from './in-flight.js';
import { sessionCookie } from './session-cookie.js';
import { type Asked, type Handler, type Handlers, type RouteName } from './route.js';
import { queryOf, valid } from './validate.js';

const NO_QUERY = z.strictObject({});

/** Puts every route of the protocol's table where it belongs: role, query, body, answer, and 405 for other methods. */
export function mountRoutes(router: Router, handlers: Handlers, identity: IdentityMode, inFlight: InFlight): void {
  for (const name of Object.keys(ROUTES) as RouteName[]) {
    const { path, method, role } = ROUTES[name];
    const steps: RequestHandler[] = role === null ? [] : [requireRole(identity, role)];
    // Strangers have little to say, and must not take the room of those who have.
    if (method === 'post') steps.push(...jsonBody(inFlight, role === null ? SMALL_BODY_BYTES : MAX_BODY_BYTES));
    steps.push(answer(name, handlers[name], identity));
    router.route(path)[method](steps).all(otherMethods(method));
  }
}

/** Who asks, known once {@link requireRole} let them pass. */
export function actorOf(locals: Record<string, unknown>): Actor {
  return locals['actor'] as Actor;
}

/** Lets only those pass who may do what the role may. @throws `admin-only` and what the identity mode throws */
export function requireRole(identity: IdentityMode, role: Actor['role']): RequestHandler {
  return async (request, response, next) => {
    const actor = await identity.authenticate(request);
    if (!allows(actor.role, role)) {
      identity.refused?.(actor, request, pathOf(request));
      throw problem('admin-only', {});
    }
    response.locals['actor'] = actor;
    next();
  };
}

/** Refuses a query where none is looked at: whoever sends one expects it to matter. */
export const noQuery: RequestHandler = (request, _response, next) => {
  valid(NO_QUERY, queryOf(request.originalUrl), 'query');
  next();
};

/** Answers what a path does not do. RFC 9110 §15.5.6: with `Allow` */
export function otherMethods(method: 'get' | 'post'): RequestHandler {
  const allowed = method === 'get' ? 'GET, HEAD, OPTIONS' : 'POST, OPTIONS';
  return (request, response) => {
    response.setHeader('Allow', allowed);
    if (request.method === 'OPTIONS') return void response.status(204).end();
    throw problem('method-not-allowed', { fix: `use ${allowed}` });
  };
}

/** The path of the route that a request came to, as the table has it. */
function pathOf(request: Request): string {
  return (request.route as { path: string }).path;
}

function answer<N extends RouteName>(name: N, handler: Handler<N>, identity: IdentityMode): RequestHandler {
  const route = ROUTES[name];
  const schema = 'query' in route ? route.query.strict() : NO_QUERY;
  const paramsSchema = 'params' in route ? route.params : NO_QUERY;
  return async (request, response) => {
    const query = valid(schema, queryOf(request.originalUrl), 'query');
    const params = valid(paramsSchema, { ...request.params }, 'path');
    const session = sessionCookie(request, response);
    const actor = actorOf(response.locals);
    const asked = { actor, query, params, session, body: request.body as unknown };
    // The table says what each name takes; TypeScript can't follow that through a generic name.
    const result = await handler(asked as Asked<N>).catch((error: unknown) => {
      // The role is enough for the route, and not for whom the query names.
      if (error instanceof ProblemError && error.kind === 'admin-only') identity.refused?.(actor, request, pathOf(request)); // prettier-ignore
      throw error;
    });
    response.setHeader('Cache-Control', 'no-store');
    if (result instanceof Download) return sendDownload(request, response, result);
    response.json(result);
  };
}
