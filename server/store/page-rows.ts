import { sql, type Kysely } from 'kysely';
import { type OpenPage } from '@celltrail/protocol';
import { type Database } from './schema.js';

/**
 * Lab tabs that said something within the last days, the latest first.
 * @param of usernames whose; null for everyone's
 * @param silentS a page that said nothing for so many seconds is no longer open
 */
export async function pageRows(
  db: Kysely<Database>,
  of: readonly string[] | null,
  days: number,
  silentS: number,
  limit: number
): Promise<OpenPage[]> {
  return db
    .selectFrom('page_presence')
    .select(['page_id', 'username', 'extension_version', 'lab_version', 'capturing', 'fault', 'waiting', 'refused'])
    .select(['first_seen', 'last_seen'])
    .select(sql<boolean>`last_seen > now() - make_interval(secs => ${silentS})`.as('open'))
    .where('last_seen', '>', sql<string>`now() - make_interval(days => ${days}::int)`)
    .$if(of !== null, query => query.where('username', '=', sql<string>`ANY(${sql.val([...of!])}::text[])`))
    .orderBy('last_seen', 'desc')
    .limit(limit)
    .execute();
}
