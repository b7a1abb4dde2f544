import { sql, type Kysely } from 'kysely';

/**
 * What search looks at first: runs that are not like most (other than successes, with an error, slow ones) by time, so
 * that few rows are looked at for them; and when each execution of the index of texts was, so that only the partition
 * that holds it is asked for it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE INDEX code_execution_logs_unusual ON code_execution_logs (status, timestamp DESC) WHERE status <> 'success';
    CREATE INDEX code_execution_logs_errors ON code_execution_logs (timestamp DESC) WHERE error_message IS NOT NULL;
    CREATE INDEX code_execution_logs_slow ON code_execution_logs (timestamp DESC) WHERE execution_time_ms >= 1000;
    ALTER TABLE search_links ADD COLUMN timestamp timestamptz;
    UPDATE search_links k SET timestamp = l.timestamp FROM code_execution_logs l WHERE l.id = k.id;
    DELETE FROM search_links WHERE timestamp IS NULL;
    ALTER TABLE search_links ALTER COLUMN timestamp SET NOT NULL;
    COMMENT ON COLUMN search_links.timestamp IS 'when the execution began';
    DROP INDEX search_links_text_id;
    CREATE INDEX search_links_text_id ON search_links (text_id, timestamp, id);
    GRANT UPDATE (timestamp) ON search_links TO celltrail_ingest`.execute(db);
}

/** Drops them. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    REVOKE UPDATE (timestamp) ON search_links FROM celltrail_ingest;
    DROP INDEX search_links_text_id;
    ALTER TABLE search_links DROP COLUMN timestamp;
    CREATE INDEX search_links_text_id ON search_links (text_id, id);
    DROP INDEX code_execution_logs_slow; DROP INDEX code_execution_logs_errors; DROP INDEX code_execution_logs_unusual`.execute(
    db
  );
}
