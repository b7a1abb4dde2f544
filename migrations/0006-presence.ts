import { sql, type Kysely } from 'kysely';

/** Which Lab tabs are open and how their capture stands: not part of the record, only of how it is doing. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE page_presence (
      page_id uuid NOT NULL,
      username text NOT NULL,
      extension_version text NOT NULL,
      lab_version text,
      capturing boolean NOT NULL,
      waiting bigint NOT NULL,
      refused bigint NOT NULL,
      first_seen timestamptz NOT NULL DEFAULT now(),
      last_seen timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (username, page_id)
    );
    CREATE INDEX page_presence_last_seen ON page_presence (last_seen DESC);
    COMMENT ON TABLE page_presence IS 'Celltrail: the Lab tabs that send events, as they last said they stand.';
    COMMENT ON COLUMN page_presence.page_id IS 'the Lab tab';
    COMMENT ON COLUMN page_presence.username IS 'the authenticated person who has it open';
    COMMENT ON COLUMN page_presence.extension_version IS 'of the audit extension in it';
    COMMENT ON COLUMN page_presence.lab_version IS 'of JupyterLab';
    COMMENT ON COLUMN page_presence.capturing IS 'whether it records';
    COMMENT ON COLUMN page_presence.waiting IS 'events in its outbox that were not acknowledged yet';
    COMMENT ON COLUMN page_presence.refused IS 'events it keeps because the server refused them for good';
    COMMENT ON COLUMN page_presence.first_seen IS 'its first word';
    COMMENT ON COLUMN page_presence.last_seen IS 'its last word';
    GRANT SELECT, INSERT ON page_presence TO celltrail_ingest;
    GRANT UPDATE (extension_version, lab_version, capturing, waiting, refused, last_seen)
      ON page_presence TO celltrail_ingest;
    GRANT SELECT ON page_presence TO celltrail_reader;
    GRANT SELECT, DELETE ON page_presence TO celltrail_retention`.execute(db);
}

/** Drops presence; the pages say it again with their next word. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`DROP TABLE page_presence`.execute(db);
}
