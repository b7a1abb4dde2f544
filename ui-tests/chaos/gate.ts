import { createServer, request as ask, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http'; // prettier-ignore
import { type Socket } from 'node:net';
import { type Dice } from './dice.js';

/** What a server answered, whole. */
export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** One request of a browser, whole, on its way through the gate. */
export interface Crossing {
  request: IncomingMessage;
  body: Buffer;
  response: ServerResponse;
  /** Asks a server, as a load balancer would: the next one where the first does not listen. Null: none does. */
  forward: () => Promise<Reply | null>;
  /** Hands an answer on. */
  answer: (reply: Reply | null) => void;
  /** Sends a request that breaks off in the middle of its body. */
  breakOff: () => void;
}

/** What the gate does with every request while it lasts. */
export type Weather = (crossing: Crossing) => unknown;

/** The proxy between browsers and servers. */
export interface Gate {
  readonly port: number;
  /** null: fine */
  weather: Weather | null;
  /** Nobody listens here, until {@link Gate.open}. */
  shut(): Promise<void>;
  open(): Promise<void>;
  /** Ends every request that is under way. */
  breakAll(): void;
  close(): Promise<void>;
}

const fine: Weather = async ({ forward, answer }) => answer(await forward());

/** @param ports where the servers listen, or should */
export async function startGate(ports: readonly number[], dice: Dice): Promise<Gate> {
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => response.destroy());
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const crossing: Crossing = {
        request,
        body,
        response,
        forward: () => forward(dice.shuffle(ports), request, body),
        answer: reply => answer(response, reply),
        breakOff: () => breakOff(dice.pick(ports), request, body)
      };
      void (gate.weather ?? fine)(crossing);
    });
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  });
  const breakAll = (): void => sockets.forEach(socket => socket.resetAndDestroy());
  const port = await listen(server, 0);
  const shut = (): Promise<void> =>
    new Promise(resolve => {
      server.close(() => resolve());
      breakAll();
    });
  const gate: Gate = {
    port,
    weather: null,
    shut,
    open: async () => void (await listen(server, port)),
    breakAll,
    close: () => (server.listening ? shut() : Promise.resolve())
  };
  return gate;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}

async function forward(ports: readonly number[], request: IncomingMessage, body: Buffer): Promise<Reply | null> {
  for (const port of ports) {
    const reply = await askOne(port, request, body);
    if (reply !== 'refused') return reply;
  }
  return null;
}

// A server that accepted the connection may have acted: only one that refused it is passed over.
function askOne(port: number, request: IncomingMessage, body: Buffer): Promise<Reply | null | 'refused'> {
  return new Promise(resolve => {
    const out = ask(options(port, request, body), reply => {
      const chunks: Buffer[] = [];
      reply.on('data', (chunk: Buffer) => chunks.push(chunk));
      reply.on('error', () => resolve(null));
      reply.on('end', () => {
        resolve({ status: reply.statusCode ?? 502, headers: reply.headers, body: Buffer.concat(chunks) });
      });
    });
    out.on('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED' ? 'refused' : null));
    // The browser gave up: so does a proxy.
    const giveUp = (): void => void out.destroy();
    request.socket.once('close', giveUp);
    out.once('close', () => request.socket.off('close', giveUp));
    out.end(body);
  });
}

function breakOff(port: number, request: IncomingMessage, body: Buffer): void {
  const out = ask(options(port, request, body));
  out.on('error', () => undefined); // it is the purpose
  out.write(body.subarray(0, body.length / 2), () => out.destroy());
  request.socket.resetAndDestroy();
}

function options(port: number, request: IncomingMessage, body: Buffer) {
  const headers = { ...request.headers, host: `127.0.0.1:${port}`, 'content-length': String(body.length) };
  delete headers['transfer-encoding'];
  return { host: '127.0.0.1', port, method: request.method, path: request.url, headers, agent: false as const };
}

function answer(response: ServerResponse, reply: Reply | null): void {
  if (response.destroyed) return;
  if (!reply) return void response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>502 Bad Gateway</h1>');
  const headers = { ...reply.headers };
  delete headers['transfer-encoding'];
  response.writeHead(reply.status, { ...headers, 'content-length': reply.body.length }).end(reply.body);
}
