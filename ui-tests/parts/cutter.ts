import { createServer, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { type Duplex } from 'node:stream';

/** An HTTP proxy between a browser and the servers of a test, whose cables can be pulled. */
export interface Cutter {
  /** for the browser's `proxy` */
  server: string;
  /** Breaks every web socket to that port of 127.0.0.1 and lets nothing come to it, until {@link Cutter.mend}. */
  cut(port: number): void;
  mend(): void;
  close(): Promise<void>;
}

/** Starts one. Browsers tunnel web sockets through it by CONNECT, and send plain requests with the whole address. */
export async function startCutter(): Promise<Cutter> {
  const tunnels = new Map<Duplex, number>();
  let closed: number | null = null;
  const proxy = createServer((asked, answer) => {
    const url = new URL(asked.url ?? '');
    if (Number(url.port) === closed) return void asked.socket.destroy();
    const { method, headers } = asked;
    const forwarded = request(url, { method, headers }, reply => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
    });
    forwarded.on('error', () => answer.destroy());
    answer.on('close', () => forwarded.destroy());
    asked.pipe(forwarded);
  });
  proxy.on('connect', ({ url = '' }, client: Duplex, first: Buffer) => {
    const port = Number(url.split(':').pop());
    if (port === closed) return void client.destroy();
    const server = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      server.write(first);
      client.pipe(server).pipe(client);
    });
    const ends: (Duplex | Socket)[] = [client, server];
    for (const end of ends) {
      tunnels.set(end, port);
      const both = () => {
        for (const each of ends) {
          tunnels.delete(each);
          each.destroy();
        }
      };
      end.on('error', both).on('close', both);
    }
  });
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  const pull = (port: number | null) => {
    for (const [end, leadsTo] of [...tunnels]) if (port === null || leadsTo === port) end.destroy();
  };
  return {
    server: `http://127.0.0.1:${address.port}`,
    cut(port) {
      closed = port;
      pull(port);
    },
    mend() {
      closed = null;
    },
    close: () =>
      new Promise(resolve => {
        pull(null);
        proxy.close(() => resolve());
        proxy.closeAllConnections();
      })
  };
}
