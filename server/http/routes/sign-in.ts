import { ROUTES } from '@celltrail/protocol/schemas';
import { type IdentityMode } from '../../identity/mode.js';
import { problem } from '../../problems.js';
import { SERVER_VERSION } from '../../version.js';
import { type Handlers } from '../route.js';
import { valid } from '../validate.js';

/** How a browser signs in and out; in a mode where nobody does, there is no such thing. */
export function signInRoutes(identity: IdentityMode): Pick<Handlers, 'postSignIn' | 'postSignOut'> {
  const { name, sessions } = identity;
  return {
    async postSignIn({ body, session }) {
      const { token } = valid(ROUTES.postSignIn.body, body, 'body');
      if (!sessions) throw problem('not-found', { detail: `nobody signs in where AUDIT_AUTH is ${name}` });
      const { actor, cookie, maxAgeS } = await sessions.open(token, session.address);
      session.set(cookie, maxAgeS);
      return { username: actor.username, role: actor.role, auth: name, server_version: SERVER_VERSION };
    },
    async postSignOut({ session }) {
      if (session.value !== undefined) await sessions?.close(session.value);
      session.clear();
      return { signed_out: true };
    }
  };
}
