import { OutboxDatabase } from './database.js';
import type { FromOutbox, ToOutbox } from './messages.js';
import { serveOutbox } from './serve.js';
import { browserSurroundings, globalLocks } from './surroundings.js';

/** The wire from a page to its outbox. */
export interface Link {
  tell(message: ToOutbox): void;
  /** Ends the outbox; what it kept is on the disk. */
  close(): void;
}

/** What a page hears over its wire. */
export interface Hearing {
  onMessage: (message: FromOutbox) => void;
  /** the outbox's thread did not start, or failed: it must be taken for gone */
  onDeath: (reason: string) => void;
}

/** Opens a wire. Throws where it can't. */
export type OpenLink = (hearing: Hearing) => Link;

/**
 * An outbox in a thread of its own.
 * @param start makes the thread; throws where the page's policies forbid it
 */
export function openThread(start: () => Worker): OpenLink {
  return ({ onMessage, onDeath }) => {
    const worker = start();
    worker.onmessage = ({ data }: MessageEvent<FromOutbox>) => onMessage(data);
    // Fired when the script can't be loaded, too, and then tells nothing.
    worker.onerror = event => onDeath(event.message || 'the script could not be loaded');
    worker.onmessageerror = () => onDeath('a message could not be read');
    return { tell: message => worker.postMessage(message), close: () => worker.terminate() };
  };
}

/** An outbox in the page's own thread, for browsers and policies that allow no other. */
export const openInPage: OpenLink = ({ onMessage }) => {
  const outbox = serveOutbox({
    surroundings: browserSurroundings,
    database: new OutboxDatabase(),
    locks: globalLocks(),
    tell: onMessage
  });
  return { tell: message => outbox.hear(message), close: () => outbox.dispose() };
};
