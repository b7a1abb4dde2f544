import cors from 'cors';
import { type Request, type RequestHandler } from 'express';
import { type IdentityMode } from '../identity/mode.js';
import { problem } from '../problems.js';
import { mayPassWithoutOrigin } from './fetch-metadata.js';

/** Stops requests that came under a name this server does not serve: DNS rebinding makes a stranger's name lead here. */
export function hostGuard(identity: IdentityMode): RequestHandler {
  return (request, _response, next) => {
    if (identity.servesHost(request.headers.host, request.socket.localPort)) return next();
    const fix =
      identity.name === 'loopback'
        ? `use http://localhost:${request.socket.localPort}`
        : "name the portal's address in AUDIT_ALLOWED_ORIGINS";
    throw problem('host-refused', { field: 'Host', fix });
  };
}

/** Stops requests that another site's page had the browser make. */
export function originGuard(identity: IdentityMode): RequestHandler {
  return (request, _response, next) => {
    const { origin } = request.headers;
    const passes =
      origin === undefined
        ? mayPassWithoutOrigin({
            method: request.method,
            path: request.path,
            site: header(request, 'sec-fetch-site'),
            mode: header(request, 'sec-fetch-mode'),
            dest: header(request, 'sec-fetch-dest')
          })
        : identity.acceptsOrigin(origin, request.socket.localPort, request.headers.host);
    if (passes) return next();
    throw problem('origin-refused', {
      field: origin === undefined ? 'Sec-Fetch-Site' : 'Origin',
      fix: "name the page's origin in AUDIT_ALLOWED_ORIGINS, or JupyterLab's address in AUDIT_LAB_URL"
    });
  };
}

/** Tells the browser that the origins that passed {@link originGuard} may read our answers. */
export function corsHeaders(identity: IdentityMode): RequestHandler {
  const answer = cors<Request>((request, done) => {
    const { origin } = request.headers;
    const accepted =
      origin !== undefined && identity.acceptsOrigin(origin, request.socket.localPort, request.headers.host);
    done(null, {
      origin: accepted ? origin : false,
      methods: ['GET', 'POST'],
      allowedHeaders: ['Content-Type', 'Authorization', 'Last-Event-ID'],
      exposedHeaders: ['Retry-After', 'X-Request-Id'],
      maxAge: 600
    });
  });
  return (request, response, next) => {
    // An OPTIONS that is no preflight is for the route, which says what it allows.
    const preflight = request.headers['access-control-request-method'] !== undefined;
    if (request.method === 'OPTIONS' && !preflight) return next();
    return answer(request, response, next);
  };
}

function header(request: Request, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}
