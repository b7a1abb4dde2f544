import { sql, type Kysely } from 'kysely';

/**
 * Figures that analytics are told from, so that what they cost does not grow with the rows: counts, and durations by
 * size, per quarter of an hour and per day. Filled from a cursor, off the commit's path.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE analytics_rollups (
      kind text NOT NULL CHECK (kind IN ('cell', 'all', 'user', 'notebook')),
      begins timestamptz NOT NULL,
      username text NOT NULL,
      notebook_path text NOT NULL,
      executions bigint NOT NULL,
      succeeded bigint NOT NULL,
      failed bigint NOT NULL,
      timed bigint NOT NULL,
      total_ms double precision NOT NULL,
      waited bigint NOT NULL,
      waited_ms double precision NOT NULL,
      times bytea NOT NULL,
      waits bytea NOT NULL,
      PRIMARY KEY (kind, begins, username, notebook_path)
    );
    CREATE INDEX analytics_rollups_username ON analytics_rollups (username, begins) WHERE kind = 'cell';
    CREATE INDEX analytics_rollups_notebook_path ON analytics_rollups (notebook_path, begins) WHERE kind = 'cell';
    CREATE TABLE analytics_notable (
      id uuid PRIMARY KEY,
      timestamp timestamptz NOT NULL,
      username text NOT NULL,
      notebook_path text,
      execution_time_ms double precision,
      error_name text
    );
    CREATE INDEX analytics_notable_timestamp ON analytics_notable (timestamp);
    CREATE TABLE analytics_unsettled (
      id uuid PRIMARY KEY,
      timestamp timestamptz NOT NULL,
      username text NOT NULL,
      notebook_path text,
      status text NOT NULL,
      execution_time_ms double precision,
      queued_ms double precision
    );
    GRANT SELECT, INSERT, UPDATE, DELETE ON analytics_rollups, analytics_notable, analytics_unsettled TO celltrail_ingest;
    GRANT SELECT ON analytics_rollups, analytics_notable, analytics_unsettled TO celltrail_reader;
    GRANT SELECT, DELETE ON analytics_rollups, analytics_notable, analytics_unsettled TO celltrail_retention`.execute(
    db
  );
  for (const [name, words] of Object.entries(TABLES))
    await sql`COMMENT ON TABLE ${sql.ref(name)} IS ${sql.lit(words)}`.execute(db);
  for (const [name, words] of Object.entries(COLUMNS))
    await sql`COMMENT ON COLUMN ${sql.ref(name)} IS ${sql.lit(words)}`.execute(db);
}

/** Drops the figures; they can be made again. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    DROP TABLE analytics_unsettled; DROP TABLE analytics_notable; DROP TABLE analytics_rollups;
    DELETE FROM follow_cursors WHERE name = 'analytics'`.execute(db);
}

const TABLES = {
  analytics_rollups: 'Celltrail: figures of code_execution_logs by time. Made from the record; they can be made again.',
  analytics_notable: 'Celltrail: which executions failed or took a second and more. Made from the record.',
  analytics_unsettled:
    'Celltrail: what analytics counted of executions that may change still, to be taken back then. Made from the record.'
};

const COLUMNS = {
  'analytics_rollups.kind':
    'cell: 15 minutes of one person in one notebook; all: 15 minutes of everyone; user, notebook: a UTC day of one',
  'analytics_rollups.begins': 'when the 15 minutes or the day begin',
  'analytics_rollups.username': 'whose executions; empty where they are of everyone',
  'analytics_rollups.notebook_path':
    'in which notebook; empty where they are of every notebook, or of none; a long path is cut and ends in a hash',
  'analytics_rollups.executions': 'how many',
  'analytics_rollups.succeeded': 'of those, how many succeeded',
  'analytics_rollups.failed': 'how many ended in an error, an interrupt or with their kernel',
  'analytics_rollups.timed': 'how many have a time',
  'analytics_rollups.total_ms': 'sum of their execution_time_ms',
  'analytics_rollups.waited': 'how many have a queued_ms',
  'analytics_rollups.waited_ms': 'its sum',
  'analytics_rollups.times':
    'execution_time_ms by size: pairs of a bucket and a count, each 16 bits, little-endian; buckets as in server/store/analytics/sketch.ts',
  'analytics_rollups.waits': 'queued_ms likewise',
  'analytics_notable.id': 'of the execution',
  'analytics_notable.timestamp': 'its timestamp',
  'analytics_notable.username': 'its username',
  'analytics_notable.notebook_path': 'its notebook_path',
  'analytics_notable.execution_time_ms': 'its execution_time_ms',
  'analytics_notable.error_name': 'class of its error; null: there was none',
  'analytics_unsettled.id': 'of the execution',
  'analytics_unsettled.timestamp': 'its timestamp when it was counted',
  'analytics_unsettled.username': 'its username then',
  'analytics_unsettled.notebook_path': 'its notebook_path then',
  'analytics_unsettled.status': 'its status then',
  'analytics_unsettled.execution_time_ms': 'its execution_time_ms then',
  'analytics_unsettled.queued_ms': 'its queued_ms then'
};
