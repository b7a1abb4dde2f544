import { sql, type Kysely, type Selectable } from 'kysely';
import { type Database, type PresenceTable } from './schema.js';
import { unnest } from './unnest.js';

/** What a page says of itself, and whose it is. */
export type PresenceRow = Omit<Selectable<PresenceTable>, 'first_seen' | 'last_seen'> & {
  /** number of its last event so far; null when it does not say */
  last_seq: number | null;
};

/** Writes down how pages stand now. @param pages in the order they spoke; the last word of each counts */
export async function seePages(db: Kysely<Database>, pages: readonly PresenceRow[]): Promise<void> {
  if (!pages.length) return;
  const last = new Map(pages.map(page => [`${page.username}\0${page.page_id}`, page]));
  const sorted = [...last.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, page]) => page);
  const columns = {
    page_id: 'uuid',
    username: 'text',
    extension_version: 'text',
    lab_version: 'text',
    capturing: 'boolean',
    fault: 'text',
    browser_id: 'uuid',
    keeping: 'text',
    waiting: 'bigint',
    refused: 'bigint'
  } as const;
  await sql`
    INSERT INTO page_presence AS p (page_id, username, extension_version, lab_version, capturing, fault, browser_id,
                                    keeping, waiting, refused)
    SELECT * FROM ${unnest('u', columns, sorted)}
    ON CONFLICT (username, page_id) DO UPDATE
       SET extension_version = excluded.extension_version, lab_version = excluded.lab_version,
           capturing = excluded.capturing, fault = excluded.fault,
           browser_id = excluded.browser_id, keeping = excluded.keeping, waiting = excluded.waiting,
           refused = excluded.refused, last_seen = greatest(p.last_seen, now())`.execute(db);
}
