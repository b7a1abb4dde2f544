import { type Kysely } from 'kysely';
import { type Log } from '../log.js';
import { feedSearch } from '../store/search/feed.js';
import { type Database } from '../store/schema.js';

/** A transaction of ingest ends within its statements' and its idle time; until then an older commit may come. ms */
const LAG_MS = 90_000;
const BATCH = 2_000;
const EVERY_MS = 10_000;

/**
 * Keeps the index of search up with the record, beside ingest. What it has not reached yet is found all the same.
 * @returns a function that ends it, after the batch at hand
 */
export function followForSearch(db: Kysely<Database>, log: Log, everyMs = EVERY_MS): () => Promise<void> {
  let ended = false;
  let timer: NodeJS.Timeout | undefined;
  const catchUp = async (): Promise<void> => {
    try {
      let taken: number | null = BATCH;
      while (!ended && taken === BATCH) taken = await feedSearch(db, LAG_MS, BATCH);
    } catch (error) {
      log.warn({ error: (error as Error).message }, 'the index of search is behind; trying again');
    }
    if (!ended) {
      timer = setTimeout(() => void (running = catchUp()), everyMs);
      timer.unref();
    }
  };
  let running = catchUp();
  return async () => {
    ended = true;
    clearTimeout(timer);
    await running;
  };
}
