import { type Kysely } from 'kysely';
import { type Log } from '../log.js';
import { feedSearch } from '../store/search/feed.js';
import { type Database } from '../store/schema.js';
import { keepUp, LAG_MS } from './catch-up.js';

const BATCH = 2_000;
const EVERY_MS = 10_000;

/**
 * Keeps the index of search up with the record, beside ingest. What it has not reached yet is found all the same.
 * @returns a function that ends it, after the batch at hand
 */
export function followForSearch(db: Kysely<Database>, log: Log, everyMs = EVERY_MS): () => Promise<void> {
  const step = () => feedSearch(db, LAG_MS, BATCH);
  return keepUp({ step, batch: BATCH, everyMs, failed: 'the index of search is behind; trying again' }, log);
}
