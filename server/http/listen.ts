import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, type Socket } from 'node:net';
import { PAGE_HEARTBEAT_MS } from '@celltrail/protocol';
import { createRate } from './rate.js';

/** The ports this server answers on. */
export interface Listener {
  readonly port: number;
  /** the addresses that could be had, of those that were asked for */
  readonly hosts: readonly string[];
  /** Whether so many connections come that what takes the loop long keeps others waiting for theirs. */
  readonly pouring: () => boolean;
  /** Take no more connections. Resolves when the last request in flight was answered, or cut off after `graceMs`. */
  close(graceMs: number): Promise<void>;
}

/** An address that can't be had. Says which, and what to do. */
export class ListenError extends Error {
  constructor(
    message: string,
    readonly fix: string
  ) {
    super(message);
    this.name = 'ListenError';
  }
}

/**
 * Answers on one port of several addresses. An address that this machine doesn't have (IPv6 is often missing) is
 * left out as long as another one works.
 * @param port 0 for any free one
 * @throws ListenError when a port is taken or forbidden, or no address works
 */
export async function listen(hosts: readonly string[], port: number, answer: RequestListener): Promise<Listener> {
  const servers: Limited[] = [];
  const had: string[] = [];
  const arrivals = createRate(ARRIVALS_HALF_MS);
  let taken = port;
  try {
    for (const host of hosts) {
      const limited = createLimited(answer, () => arrivals.note());
      const bound = await bind(limited.server, host, taken);
      if (bound === null) continue;
      taken = bound;
      servers.push(limited);
      had.push(host);
    }
    if (!servers.length) throw new ListenError(`This machine has none of ${hosts.join(', ')}.`, 'Correct AUDIT_HOST.');
  } catch (error) {
    await Promise.all(servers.map(server => close(server, 0)));
    throw error;
  }
  return {
    port: taken,
    hosts: had,
    pouring: () => arrivals.perSecond() > MANY_ARRIVALS,
    close: async graceMs => void (await Promise.all(servers.map(server => close(server, graceMs))))
  };
}

/** Connections that may wait to be taken; the system has a bound of its own. Who finds no place tries again after 1, 3, 7 s. */
const BACKLOG = 8192;

/**
 * From so many new connections a second on they pour in. libuv takes one in each turn of its loop: where each turn reads
 * bodies for tens of milliseconds, ten thousand pages that come back took 18 s to be let in, and so did everyone else.
 */
const MANY_ARRIVALS = 100;
const ARRIVALS_HALF_MS = 500;

/**
 * How long a connection is kept for the next request. A page that is open has one connection all day: its heartbeats come
 * within this time, also in a tab in the background, where browsers run timers once a minute. While a whole company comes
 * back, it need not wait for a new one.
 */
const KEEP_ALIVE_MS = 2.5 * PAGE_HEARTBEAT_MS;

/** A server and, of each of its connections, how many requests it is answering. */
interface Limited {
  server: Server;
  sockets: Map<Socket, number>;
}

function createLimited(answer: RequestListener, arrived: () => void): Limited {
  const server = createServer({ maxHeaderSize: 16 * 1024, connectionsCheckingInterval: 5000 });
  // Whoever sends a header or a body in drips holds a connection for that long and no longer.
  server.headersTimeout = 10_000;
  server.requestTimeout = 60_000;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.maxHeadersCount = 100;
  const sockets = new Map<Socket, number>();
  server.on('connection', socket => {
    arrived();
    sockets.set(socket, 0);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('request', (request, response) => {
    const { socket } = request;
    sockets.set(socket, (sockets.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const left = (sockets.get(socket) ?? 1) - 1;
      if (!socket.destroyed) sockets.set(socket, left);
      if (!left && !server.listening) socket.destroySoon();
    });
    answer(request, response);
  });
  return { server, sockets };
}

/** @returns the port, or null when this machine has no such address */
function bind(server: Server, host: string, port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT') return resolve(null);
      reject(listenError(error, host, port));
    });
    server.listen({ host, port, backlog: BACKLOG, ipv6Only: host.includes(':') }, () =>
      resolve((server.address() as AddressInfo).port)
    );
  });
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new ListenError(
        `Port ${port} on ${host} is in use by another program.`,
        'Stop that program (perhaps another celltrail), or choose another port with AUDIT_PORT.'
      );
    case 'EACCES':
      return new ListenError(
        `Port ${port} on ${host} is not ours to take.`,
        'Choose a port above 1023 with AUDIT_PORT.'
      );
    case 'ENOTFOUND':
      return new ListenError(`There is no address ${host}.`, 'Correct AUDIT_HOST.');
    default:
      return error;
  }
}

/** Ends what is idle at once, what answers when it has, all of it after `graceMs`. */
async function close({ server, sockets }: Limited, graceMs: number): Promise<void> {
  const closed = new Promise<void>(resolve => server.close(() => resolve()));
  // Node closes what is idle between two requests; a connection that never sent one (browsers open them ahead of
  // time) or half of one would be waited for.
  for (const [socket, answering] of sockets) if (!answering) socket.destroy();
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(cut);
}
