// The thread that reads codes. It answers each message, a code, with its reading; the first thing it says is that it is there.
import { getPriority, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { readingOf } from './reading.js';

/** As nice as `nice` makes things. */
const NICE = 10;

// On Linux a thread has a priority of its own, and what ingest needs goes first; elsewhere it is the whole server's.
if (process.platform === 'linux' && getPriority() < NICE) setPriority(NICE);
const port = parentPort!;
port.on('message', (code: string) => port.postMessage(readingOf(code)));
port.postMessage(null);
