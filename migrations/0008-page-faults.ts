import { sql, type Kysely } from 'kysely';

/** Why a page's capture misses runs, as the page itself says. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE page_presence ADD COLUMN fault text;
    COMMENT ON COLUMN page_presence.fault IS
      'why it may miss runs although it records: no-connect-to, bypassed, or what failed; null: it misses nothing';
    GRANT UPDATE (fault) ON page_presence TO celltrail_ingest`.execute(db);
}

/** Drops it; the pages say it again with their next word. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE page_presence DROP COLUMN fault`.execute(db);
}
