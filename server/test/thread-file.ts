import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** In the place of server/anomalies/names/thread-file.ts: see jest.config.js. */
export const THREAD_FILE = pathToFileURL(join(__dirname, 'reading-thread.cjs'));
