import { type RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * The headers that tell a browser what our pages may do: nothing but what this server sent them. Styles may stand
 * in attributes, because the portal's components (Mantine) put theirs there; scripts may not. No HSTS and no
 * `upgrade-insecure-requests`: the server speaks plain http, and who puts TLS before it says so there.
 */
export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        fontSrc: ["'self'", 'data:'],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"]
      }
    },
    // A page opened by the portal (JupyterLab) is no business of the portal's.
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    frameguard: { action: 'deny' }, // what frame-ancestors says, for old browsers
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: false
  });
}
