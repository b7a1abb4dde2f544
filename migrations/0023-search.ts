import { sql, type Kysely } from 'kysely';

/** Forms of a letter or digit that are searched as one; `server/store/search/normal.ts` has the same list. */
const FROM =
  '\u064A\u0649\u0643\u0629\u06C0' +
  Array.from({ length: 10 }, (_, n) => String.fromCharCode(0x06f0 + n, 0x0660 + n)).join('') +
  '\u200B\u200C\u200D\u200E\u200F\uFEFF\u0640\u064B\u064C\u064D\u064E\u064F\u0650\u0651\u0652\u0670';
const TO = '\u06CC\u06CC\u06A9\u0647\u0647' + Array.from({ length: 10 }, (_, n) => String(n).repeat(2)).join('');

/**
 * What search finds texts by: each distinct text once, in its search form, with a trigram index; and which execution has
 * which. Filled from a cursor, off the commit's path: kept in it, a trigram index took ingest to 0.09 of its rate.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE FUNCTION celltrail_search_text(code text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
      SELECT translate(lower(code), ${sql.lit(FROM)}, ${sql.lit(TO)})
    $$;
    COMMENT ON FUNCTION celltrail_search_text(text) IS
      'A text as it is searched: lower case, one form of each letter and digit, without marks that nobody types.';
    CREATE TABLE search_texts (id uuid PRIMARY KEY, text text NOT NULL);
    CREATE TABLE search_links (id uuid PRIMARY KEY, text_id uuid NOT NULL);
    CREATE INDEX search_links_text_id ON search_links (text_id, id);
    CREATE TABLE follow_cursors (name text PRIMARY KEY, changed_at timestamptz NOT NULL, id uuid NOT NULL);
    CREATE INDEX code_execution_logs_changed_at ON code_execution_logs (coalesce(completed_at, stored_at), id);
    COMMENT ON TABLE search_texts IS 'Celltrail: each distinct code once, as it is searched. Made from the record.';
    COMMENT ON COLUMN search_texts.id IS 'the first 128 bits of the SHA-256 of the text';
    COMMENT ON COLUMN search_texts.text IS 'the code in the form of celltrail_search_text';
    COMMENT ON TABLE search_links IS 'Celltrail: which execution has which text. Made from the record.';
    COMMENT ON COLUMN search_links.id IS 'of the execution';
    COMMENT ON COLUMN search_links.text_id IS 'of its text';
    COMMENT ON TABLE follow_cursors IS 'Celltrail: how far what follows the record has come.';
    COMMENT ON COLUMN follow_cursors.name IS 'who follows';
    COMMENT ON COLUMN follow_cursors.changed_at IS 'up to which commit';
    COMMENT ON COLUMN follow_cursors.id IS 'and which execution of it';
    GRANT SELECT, INSERT ON search_texts, search_links, follow_cursors TO celltrail_ingest;
    GRANT UPDATE (changed_at, id) ON follow_cursors TO celltrail_ingest;
    GRANT SELECT ON search_texts, search_links, follow_cursors TO celltrail_reader;
    GRANT SELECT, DELETE ON search_texts, search_links TO celltrail_retention`.execute(db);
  // The extension is a trusted one, so the owner of a database may add it; where not, search walks without the index.
  await sql`
    DO $trigrams$
    BEGIN
      CREATE EXTENSION IF NOT EXISTS pg_trgm;
      CREATE INDEX search_texts_trigrams ON search_texts USING gin (text gin_trgm_ops);
    EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
      RAISE NOTICE 'without pg_trgm search is slower: let an administrator run CREATE EXTENSION pg_trgm';
    END $trigrams$`.execute(db);
}

/** Drops what search finds texts by; it can be made again. The extension stays: others may use it. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    DROP INDEX code_execution_logs_changed_at;
    DROP TABLE follow_cursors; DROP TABLE search_links; DROP TABLE search_texts;
    DROP FUNCTION celltrail_search_text(text)`.execute(db);
}
