import { sql, type Kysely } from 'kysely';

/** In which browser a page is open, and whether that browser can keep its events. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE page_presence ADD COLUMN browser_id uuid, ADD COLUMN keeping text;
    COMMENT ON COLUMN page_presence.browser_id IS
      'the browser profile, by a random id that it keeps; its pages share one outbox. Null: it keeps nothing';
    COMMENT ON COLUMN page_presence.keeping IS
      'how it keeps events that were not acknowledged: disk, memory (lost when the tab closes), full (new ones are lost)';
    GRANT UPDATE (browser_id, keeping) ON page_presence TO celltrail_ingest`.execute(db);
}

/** Drops both; the pages say it again with their next word. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE page_presence DROP COLUMN browser_id, DROP COLUMN keeping`.execute(db);
}
