import { sql, type Kysely } from 'kysely';

/** Every event that is not an execution; and other versions of an execution that is on record already. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE audit_events (
      id uuid PRIMARY KEY,
      type text NOT NULL,
      username text NOT NULL,
      observed_at timestamptz NOT NULL,
      stored_at timestamptz NOT NULL DEFAULT now(),
      page_id uuid,
      page_seq bigint,
      kernel_id text,
      body jsonb NOT NULL
    );
    CREATE INDEX audit_events_username_observed_at ON audit_events (username, observed_at DESC);
    CREATE INDEX audit_events_type_observed_at ON audit_events (type, observed_at DESC);
    COMMENT ON TABLE audit_events IS 'Celltrail: every event that is not an execution. Rows are inserted; nothing else.';
    COMMENT ON COLUMN audit_events.id IS 'random UUID that its maker gave it; of a contradiction a hash of what it says';
    COMMENT ON COLUMN audit_events.type IS
      'as capture.gap or kernel.died; execution.contradicted and event.contradicted keep another version of one identity';
    COMMENT ON COLUMN audit_events.username IS 'the authenticated person whose page sent it';
    COMMENT ON COLUMN audit_events.observed_at IS 'when it was made, by the clock of its maker';
    COMMENT ON COLUMN audit_events.stored_at IS 'when it was committed';
    COMMENT ON COLUMN audit_events.page_id IS 'the Lab tab that told it; null for events of the server';
    COMMENT ON COLUMN audit_events.page_seq IS 'number of the event in its page, without holes';
    COMMENT ON COLUMN audit_events.kernel_id IS 'the kernel it is about, where there is one';
    COMMENT ON COLUMN audit_events.body IS
      'the event whole; original_json, where it is there, is its exact JSON with NUL and lone surrogates escaped';
    CREATE FUNCTION celltrail_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $refuse$
    BEGIN
      RAISE EXCEPTION 'rows of % can not change', TG_TABLE_NAME USING ERRCODE = 'CT001';
    END $refuse$;
    COMMENT ON FUNCTION celltrail_refuse_change() IS 'Refuses every change of a row, whoever asks.';
    CREATE TRIGGER guard BEFORE UPDATE ON audit_events FOR EACH ROW EXECUTE FUNCTION celltrail_refuse_change();
    GRANT SELECT, INSERT ON audit_events TO celltrail_ingest;
    GRANT SELECT ON audit_events TO celltrail_reader;
    GRANT SELECT, DELETE ON audit_events TO celltrail_retention`.execute(db);
}

/** Drops every such event on record. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`DROP TABLE audit_events; DROP FUNCTION celltrail_refuse_change()`.execute(db);
}
