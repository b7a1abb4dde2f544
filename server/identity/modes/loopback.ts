import { isLoopbackName, originKey, splitHost } from '../loopback-name.js';
import { type IdentityMode, type IdentitySettings } from '../mode.js';

const LOOPBACK_ADDRESSES = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

/**
 * For one person's machine: whoever can connect is the configured user, and admin. What stands between that and
 * the rest of the world is that only this machine can connect (addresses), that no other name leads here (`Host`:
 * DNS rebinding makes a stranger's name point to 127.0.0.1) and that no other site's page may use the browser as
 * its messenger (`Origin`).
 * @throws Error when the server is to listen on an address that others can reach
 */
export function loopback(settings: IdentitySettings): IdentityMode {
  const open = settings.hosts.filter(host => !LOOPBACK_ADDRESSES.test(host));
  if (open.length) throw new Error(`AUDIT_AUTH=loopback listens on this machine only, not on ${open.join(', ')}`);
  const origins = [...settings.allowedOrigins, ...(settings.labUrl ? [settings.labUrl] : [])];
  const allowed = new Set(origins.map(originKey).filter(key => key !== undefined));
  return {
    name: 'loopback',
    sessions: null,
    servesHost(host, port) {
      const parts = splitHost(host ?? '');
      return parts !== undefined && isLoopbackName(parts.name) && (parts.port === null || parts.port === port);
    },
    acceptsOrigin(origin, port) {
      const key = originKey(origin);
      return key !== undefined && (key === originKey(`http://localhost:${port}`) || allowed.has(key));
    },
    authenticate: () => Promise.resolve({ username: settings.user, role: 'admin' })
  };
}
