import { sql, type Kysely, type Selectable } from 'kysely';
import { type Database, type PresenceTable } from './schema.js';

const COLUMNS = [
  'username',
  'extension_version',
  'lab_version',
  'capturing',
  'fault',
  'browser_id',
  'keeping',
  'waiting',
  'refused',
  'last_seen'
] as const;

/** A Lab tab as it last said it stands. */
export type Page = Pick<Selectable<PresenceTable>, (typeof COLUMNS)[number]> & { secondsAgo: number };

/** A page says something every minute or so; one that was silent for twice as long is closed or cut off. Seconds */
export const PAGE_OPEN_S = 120;

/** Pages that are asked for at once; more are no help to anybody. */
const MOST = 1000;

/**
 * The Lab tabs that said something within the last days, the latest first.
 * @param username whose; null for everyone's
 */
export async function recentPages(db: Kysely<Database>, username: string | null, days: number): Promise<Page[]> {
  return db
    .selectFrom('page_presence')
    .select(COLUMNS)
    .select(sql<number>`extract(epoch FROM now() - last_seen)::float8`.as('secondsAgo'))
    .where('last_seen', '>', sql<string>`now() - make_interval(days => ${days})`)
    .$if(username !== null, query => query.where('username', '=', username!))
    .orderBy('last_seen', 'desc')
    .limit(MOST)
    .execute();
}
