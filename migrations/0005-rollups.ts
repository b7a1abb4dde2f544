import { sql, type Kysely } from 'kysely';

/** Figures per person and quarter of an hour, so that what a dashboard costs does not grow with history. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE execution_rollups (
      username text NOT NULL,
      bucket timestamptz NOT NULL,
      status text NOT NULL,
      executions bigint NOT NULL,
      total_time_ms double precision NOT NULL,
      PRIMARY KEY (username, bucket, status)
    );
    COMMENT ON TABLE execution_rollups IS
      'Celltrail: figures of code_execution_logs, kept in the transaction that changes it.';
    COMMENT ON COLUMN execution_rollups.username IS 'whose executions';
    COMMENT ON COLUMN execution_rollups.bucket IS
      'the 15 minutes that begin then; every zone''s midnight is the beginning of one';
    COMMENT ON COLUMN execution_rollups.status IS 'status of the executions';
    COMMENT ON COLUMN execution_rollups.executions IS 'how many have that status now; 0 where all were completed since';
    COMMENT ON COLUMN execution_rollups.total_time_ms IS 'sum of their execution_time_ms';
    GRANT SELECT, INSERT ON execution_rollups TO celltrail_ingest;
    GRANT UPDATE (executions, total_time_ms) ON execution_rollups TO celltrail_ingest;
    GRANT SELECT ON execution_rollups TO celltrail_reader;
    GRANT SELECT, DELETE ON execution_rollups TO celltrail_retention`.execute(db);
}

/** Drops the figures; they can be counted again. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`DROP TABLE execution_rollups`.execute(db);
}
