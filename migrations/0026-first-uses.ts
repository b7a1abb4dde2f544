import { sql, type Kysely } from 'kysely';

/** Which tables and hosts each person's codes named, and since when: by it a first use is told. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE first_uses (
      username text NOT NULL,
      kind text NOT NULL,
      name text NOT NULL,
      first_at timestamptz NOT NULL,
      PRIMARY KEY (username, kind, name)
    );
    CREATE INDEX first_uses_username_first_at ON first_uses (username, first_at);
    COMMENT ON TABLE first_uses IS 'Celltrail: what people''s codes named, and since when. Made from the record.';
    COMMENT ON COLUMN first_uses.username IS 'whose code';
    COMMENT ON COLUMN first_uses.kind IS 'table or host';
    COMMENT ON COLUMN first_uses.name IS 'as the code names it, at most 200 characters';
    COMMENT ON COLUMN first_uses.first_at IS 'timestamp of the first execution that named it';
    GRANT SELECT, INSERT ON first_uses TO celltrail_ingest;
    GRANT UPDATE (first_at) ON first_uses TO celltrail_ingest;
    GRANT SELECT ON first_uses TO celltrail_reader;
    GRANT SELECT, DELETE ON first_uses TO celltrail_retention`.execute(db);
}

/** Drops what was named; it can be made again. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`DROP TABLE first_uses`.execute(db);
}
