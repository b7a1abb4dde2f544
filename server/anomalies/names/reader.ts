import { Worker } from 'node:worker_threads';
import { type Log } from '../../log.js';
import { unread, type Reading } from './reading.js';
import { THREAD_FILE } from './thread-file.js';

/** Reads codes beside the server's own thread, so that none of them keeps anybody waiting. */
export interface Reader {
  /**
   * One after the other, in the order asked. A code that takes too long, or that its thread dies of, is unread; the next
   * one has a new thread.
   * @throws Error where no thread starts, or it is closed meanwhile
   */
  read(code: string): Promise<Reading>;
  /** Ends the thread, also in the middle of a code. */
  close(): Promise<void>;
}

/** Reading takes a millisecond; a code of 100 KB that is written for it takes many seconds, also on a quick machine. */
const LIMIT_MS = 5_000;
/** A code that wants more memory than that, in MB, ends its thread. */
const MEMORY_MB = 256;

/** A reader. Its thread begins with the first code. @param start a thread that says something once it is there */
export function createReader(log: Log, { limitMs = LIMIT_MS, start = startThread } = {}): Reader {
  let thread: Promise<Worker> | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let closed = false;

  const begin = (): Promise<Worker> => {
    const worker = start();
    worker.on('error', error => log.warn({ error: error.message }, 'the thread that reads codes died'));
    worker.on('exit', () => {
      if (thread === begun) thread = undefined;
    });
    const begun = untilUp(worker);
    return begun;
  };
  const next = async (code: string): Promise<Reading> => {
    if (closed) throw new Error('the reader of codes is closed');
    const worker = await (thread ??= begin());
    const answer = await answerOf(worker, code, limitMs);
    if (typeof answer !== 'string') return answer;
    if (closed) throw new Error('the reader of codes is closed');
    await worker.terminate();
    return unread(answer);
  };
  return {
    read(code) {
      const reading = turn.then(() => next(code));
      turn = reading.catch(() => undefined);
      return reading;
    },
    async close() {
      closed = true;
      const worker = await thread?.catch(() => undefined);
      await worker?.terminate();
    }
  };
}

function startThread(): Worker {
  // It needs nothing of what the server was started with, and there are secrets among that.
  return new Worker(THREAD_FILE, {
    name: 'celltrail-names',
    env: {},
    argv: [],
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB }
  });
}

function untilUp(worker: Worker): Promise<Worker> {
  return new Promise((resolve, reject) => {
    worker.once('message', () => {
      worker.unref(); // From now on it keeps nobody from ending.
      resolve(worker);
    });
    worker.once('exit', code => reject(new Error(`the thread that reads codes ended with ${code} before it began`)));
  });
}

function answerOf(worker: Worker, code: string, limitMs: number): Promise<Reading | 'too_slow' | 'failed'> {
  return new Promise(resolve => {
    const end = (answer: Reading | 'too_slow' | 'failed'): void => {
      clearTimeout(timer);
      worker.off('message', end).off('exit', died);
      resolve(answer);
    };
    const died = (): void => end('failed');
    // Where this thread was held that long the answer may be here already: it is handed over before an immediate is.
    const timer = setTimeout(() => setImmediate(end, 'too_slow' as const), limitMs);
    worker.once('message', end).once('exit', died);
    worker.postMessage(code);
  });
}
