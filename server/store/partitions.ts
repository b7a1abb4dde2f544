import { sql, type Kysely } from 'kysely';
import { type Log } from '../log.js';
import { type Database } from './schema.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Makes the partitions of this and the coming months where they are missing. @returns their names */
export async function makePartitions(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{ made: string }>`SELECT celltrail_make_partitions() AS made`.execute(db);
  return rows.map(({ made }) => made);
}

/**
 * Makes partitions now and every day. A day on which it fails (somebody holds the table) is logged; months are made
 * three ahead, and what has none of its own is kept in the default partition.
 * @returns a function that ends it
 */
export function keepPartitions(db: Kysely<Database>, log: Log, everyMs = DAY_MS): () => void {
  const make = (): void => {
    makePartitions(db).then(
      made => made.length && log.info({ made }, 'partitions made'),
      (error: Error) => log.warn({ error: error.message }, 'partitions not made; trying again in a day')
    );
  };
  make();
  const timer = setInterval(make, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
