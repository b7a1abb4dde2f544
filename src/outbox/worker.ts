// The outbox's thread: it serializes, stores and sends, so that the page's own thread does none of it.
import { OutboxDatabase } from './database.js';
import type { ToOutbox } from './messages.js';
import { serveOutbox } from './serve.js';
import { browserSurroundings, globalLocks } from './surroundings.js';

const thread = globalThis as unknown as Pick<Worker, 'postMessage' | 'onmessage'>;
const outbox = serveOutbox({
  surroundings: browserSurroundings,
  database: new OutboxDatabase(),
  locks: globalLocks(),
  tell: message => thread.postMessage(message)
});
thread.onmessage = ({ data }: MessageEvent<ToOutbox>) => outbox.hear(data);
