import { type Request, type Response } from 'express';
import { SESSION_COOKIE, readCookie } from '../identity/cookie.js';
import { type SessionCookie } from './route.js';

/**
 * The session cookie of a request and of its answer. Scripts can't read it, no other site's page can send it, and it
 * travels over TLS only where the page came by it: the origin guard let that origin pass.
 */
export function sessionCookie(request: Request, response: Response): SessionCookie {
  const write = (value: string, maxAgeS: number): void => {
    const secure = request.headers.origin?.startsWith('https://') ? '; Secure' : '';
    response.append(
      'Set-Cookie',
      `${SESSION_COOKIE}=${value}; Path=/; Max-Age=${maxAgeS}; HttpOnly; SameSite=Strict${secure}`
    );
  };
  return {
    value: readCookie(request.headers.cookie),
    address: request.socket.remoteAddress ?? '',
    set: write,
    clear: () => write('', 0)
  };
}
