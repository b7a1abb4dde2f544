import { createServer } from 'node:net';
import { Failure } from './failure.mjs';

const LOOPBACK = ['127.0.0.1', '::1'];
/** What a machine without IPv6 answers. */
const NO_SUCH_ADDRESS = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL']);

/**
 * Whether nothing listens on a port of these addresses.
 * @param {number} port
 * @param {string[]} [hosts]
 * @returns {Promise<boolean>}
 */
export async function isFree(port, hosts = LOOPBACK) {
  for (const host of hosts) {
    if (!(await canListen(port, host))) return false;
  }
  return true;
}

/**
 * The first free port from one on.
 * @param {number} from
 * @param {number} [tries]
 * @returns {Promise<number>}
 * @throws {Failure} when all of them are taken
 */
export async function nextFreePort(from, tries = 100) {
  for (let port = from; port < from + tries && port <= 65_535; port++) {
    if (await isFree(port)) return port;
  }
  throw new Failure(`No port from ${from} to ${from + tries - 1} is free.`, 'Stop what listens there and try again.');
}

function canListen(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', error => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else if (NO_SUCH_ADDRESS.has(error.code)) resolve(true);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true, ipv6Only: host.includes(':') }, () =>
      server.close(() => resolve(true))
    );
  });
}
