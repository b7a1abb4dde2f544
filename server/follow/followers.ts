import { type Kysely } from 'kysely';
import { type Log } from '../log.js';
import { feedAnalytics } from '../store/analytics/feed.js';
import { type Database } from '../store/schema.js';
import { feedSearch } from '../store/search/feed.js';
import { keepUp, LAG_MS } from './catch-up.js';

/** What is made from the record, a part at a time. */
export interface Feed {
  /** as `the index of search` */
  name: string;
  /** rows of a part */
  batch: number;
  /** @param lagMs commits younger than that are left for later @returns how many it took; null where another server is at it */
  feed: (lagMs: number, batch: number) => Promise<number | null>;
}

const EVERY_MS = 10_000;

/** All that answers are told from and that is made from the record of a database. */
export function createFeeds(db: Kysely<Database>): Feed[] {
  return [
    { name: 'the index of search', batch: 2_000, feed: (lagMs, batch) => feedSearch(db, lagMs, batch) },
    { name: 'the figures of analytics', batch: 5_000, feed: (lagMs, batch) => feedAnalytics(db, lagMs, batch) }
  ];
}

/**
 * Keeps it up with the record, beside ingest and off its path. What it has not reached yet is looked at by whoever asks,
 * so that answers are whole all the same.
 * @returns a function that ends it, after the parts at hand
 */
export function keepFeeds(feeds: readonly Feed[], log: Log, everyMs = EVERY_MS, lagMs = LAG_MS): () => Promise<void> {
  const ends = feeds.map(({ name, batch, feed }) =>
    keepUp({ step: () => feed(lagMs, batch), batch, everyMs, failed: `${name} is behind; trying again` }, log)
  );
  return async () => void (await Promise.all(ends.map(end => end())));
}
