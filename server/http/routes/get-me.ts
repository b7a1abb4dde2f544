import { type IdentityMode } from '../../identity/mode.js';
import { SERVER_VERSION } from '../../version.js';
import { type Handler } from '../route.js';

/** Say whom the server takes the caller for, and how it knows. */
export function getMe(identity: Pick<IdentityMode, 'name'>): Handler<'getMe'> {
  return ({ actor }) =>
    Promise.resolve({
      username: actor.username,
      role: actor.role,
      auth: identity.name,
      server_version: SERVER_VERSION
    });
}
