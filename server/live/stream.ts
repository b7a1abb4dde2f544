import { type ServerResponse } from 'node:http';
import { type LiveChange } from '@celltrail/protocol';
import { type Bus } from './bus.js';

/** Time in ms between two signs of life on a silent stream: proxies cut what is silent for a minute, most of them. */
export const HEARTBEAT_MS = 15_000;

/** Time in ms after which a browser opens a stream again that broke. */
const RETRY_MS = 2000;

/** The open streams of `GET /api/live`. */
export interface Streams {
  /** how many are open */
  readonly size: number;
  /** Make a stream of a response that nothing was written to yet. It is told of `username`'s changes only. */
  open(username: string, response: ServerResponse): void;
  /** End all streams; the bus is not told any more. */
  close(): void;
}

/**
 * Streams fed by a bus. WHATWG HTML §9.2 Server-sent events
 *
 * Every stream begins with a change, so that a browser asks anew after each (re)connection and nothing that it
 * missed has to be kept for it. A reader that is slower than its stream is cut off instead of buffered for: it comes
 * back, and that first change catches it up.
 */
export function createStreams(bus: Bus): Streams {
  const streams = new Map<ServerResponse, () => void>();

  const heartbeat = setInterval(() => {
    for (const response of streams.keys()) sendOrCut(response, ': still here\n\n');
  }, HEARTBEAT_MS);
  heartbeat.unref();

  return {
    get size() {
      return streams.size;
    },
    open(username, response) {
      openStream(response);
      response.write(changeText({ sequence: bus.sequence }));
      const unsubscribe = bus.subscribe(username, change => sendOrCut(response, changeText(change)));
      streams.set(response, unsubscribe);
      response.on('close', () => {
        unsubscribe();
        streams.delete(response);
      });
    },
    close() {
      clearInterval(heartbeat);
      for (const [response, unsubscribe] of streams) {
        unsubscribe();
        response.end();
      }
      streams.clear();
    }
  };
}

/** Makes a stream of a response that nothing was written to yet. */
export function openStream(response: ServerResponse): void {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    // `no-transform` keeps proxies from compressing, which would hold changes back; the last line is nginx's.
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no'
  });
  response.write(`retry: ${RETRY_MS}\n\n`);
}

/** Writes to a stream; a reader that is slower than its stream is cut off, and comes back. */
export function sendOrCut(response: ServerResponse, text: string): void {
  if (response.writableNeedDrain) return void response.destroy();
  response.write(text);
}

/** One change as it travels. */
export function changeText(change: LiveChange): string {
  return `event: change\nid: ${change.sequence}\ndata: ${JSON.stringify(change)}\n\n`;
}
