import { type IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { problem, type ProblemError } from '../../problems.js';
import { closeSession, findSession, findToken, openSession, type Bearer } from '../../store/tokens.js';
import { type Actor } from '../actor.js';
import { createCache } from '../cache.js';
import { readCookie } from '../cookie.js';
import { type Denial } from '../denials.js';
import { createFailures } from '../failures.js';
import { isLoopbackName, originKey, splitHost } from '../loopback-name.js';
import { configuredRole } from '../person-role.js';
import { type IdentityMode, type IdentityParts, type IdentitySettings } from '../mode.js';
import { digestOf, isTokenShaped, newCookie } from '../secret-text.js';

/** How long a browser stays signed in, in s: a working day that ran late, and no second one. */
export const SESSION_S = 12 * 60 * 60;

/**
 * For many people: whoever shows a token, or the cookie that stands for one, is the person it was made for. A secret
 * that was good a moment ago is not looked up again for {@link createCache}'s few seconds: revoking takes that long.
 */
export function token(settings: IdentitySettings, { db, clock, note }: IdentityParts): IdentityMode {
  const failures = createFailures(clock);
  const cache = createCache<{ actor: Actor; token_id: string }>(clock);
  const served = addressing(settings);

  const fail = (address: string, denial: Omit<Denial, 'address'>, answer: ProblemError): ProblemError => {
    failures.note(address);
    note({ ...denial, address });
    return answer;
  };
  /** Whose secret it is, from the cache or the store; guessing costs the guesser's address its turns. */
  const bearerOf = async (
    secret: string,
    address: string,
    find: typeof findToken
  ): Promise<{ actor: Actor; token_id: string }> => {
    const hash = digestOf(secret);
    const known = cache.get(hash);
    if (known) return known;
    const waitS = failures.waitS(address);
    if (waitS) {
      note({ username: '-', reason: 'too-many-failures', address });
      throw problem('too-many-failures', { fix: `try again in ${waitS} s` });
    }
    const bearer = await find(db(), hash);
    if (bearer?.state !== 'valid') throw fail(address, denialOf(bearer), problem('token-refused', { fix: FIX }));
    const { username, token_id } = bearer;
    const found = { actor: { username, role: bearer.role ?? configuredRole(username, settings) }, token_id };
    cache.set(hash, found);
    return found;
  };

  return {
    name: 'token',
    ...served,
    async authenticate(request) {
      const address = request.socket.remoteAddress ?? '';
      const bearer = bearerText(request);
      if (bearer !== undefined) {
        if (!isTokenShaped(bearer)) throw fail(address, denialOf(), problem('token-refused', { fix: FIX }));
        return (await bearerOf(bearer, address, findToken)).actor;
      }
      const cookie = mayUseCookie(request) ? readCookie(request.headers.cookie) : undefined;
      if (cookie === undefined) throw problem('not-signed-in', { fix: FIX });
      try {
        return (await bearerOf(cookie, address, findSession)).actor;
      } catch (error) {
        // A session that is over is no attack: the person signs in again.
        if ((error as ProblemError).kind === 'token-refused') throw problem('not-signed-in', { fix: FIX });
        throw error;
      }
    },
    refused: (actor, request, route) =>
      note({ username: actor.username, reason: 'role', address: request.socket.remoteAddress ?? '', route }),
    sessions: {
      async open(text, address) {
        if (!isTokenShaped(text)) throw fail(address, denialOf(), problem('token-refused', { fix: FIX }));
        const { actor, token_id } = await bearerOf(text, address, findToken);
        const cookie = newCookie();
        await openSession(db(), digestOf(cookie), token_id, SESSION_S);
        return { actor, cookie, maxAgeS: SESSION_S };
      },
      async close(cookie) {
        const hash = digestOf(cookie);
        cache.delete(hash);
        await closeSession(db(), hash);
      }
    }
  };
}

const FIX = 'sign in with a token of: celltrail token create';

function denialOf(bearer?: Bearer): Omit<Denial, 'address'> {
  if (!bearer) return { username: '-', reason: 'token-unknown' };
  const { username, token_id, state } = bearer;
  const reason = state === 'ended' ? 'session-ended' : state === 'revoked' ? 'token-revoked' : 'token-expired';
  return { username, reason, token_id };
}

/** RFC 6750 §2.1 @returns undefined where the request shows no credential of any kind in its header */
function bearerText({ headers }: IncomingMessage): string | undefined {
  if (headers.authorization === undefined) return undefined;
  return /^Bearer ([^\s]+)$/i.exec(headers.authorization)?.[1] ?? '';
}

/** Pages of other origins may send events with a token; a cookie is for our own pages only. */
function mayUseCookie({ headers }: IncomingMessage): boolean {
  const { origin, host } = headers;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host?.toLowerCase());
}

/**
 * Under which names the server answers and whose pages may use it. A name that somebody registered can be made to lead
 * here (DNS rebinding), an address can not: so addresses are served, and of names those of the configuration.
 */
function addressing({ allowedOrigins, labUrl }: IdentitySettings): Pick<IdentityMode, 'servesHost' | 'acceptsOrigin'> {
  const names = new Set(allowedOrigins.map(origin => new URL(origin).hostname));
  const allowed = new Set([...allowedOrigins, ...(labUrl ? [labUrl] : [])].map(originKey));
  const servesHost = (host: string | undefined): boolean => {
    const name = splitHost(host ?? '')?.name;
    if (name === undefined) return false;
    return isLoopbackName(name) || isIP(name.replace(/^\[|\]$/g, '')) !== 0 || names.has(name);
  };
  return {
    servesHost,
    acceptsOrigin(origin, port, host) {
      const key = originKey(origin);
      if (key === undefined) return false;
      const own = servesHost(host) && new URL(origin).host === host?.toLowerCase();
      return own || key === originKey(`http://localhost:${port}`) || allowed.has(key);
    }
  };
}
