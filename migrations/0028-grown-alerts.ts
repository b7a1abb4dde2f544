import { sql, type Kysely } from 'kysely';

/** An alert that grows after a verdict waits for one again: since when it is what it is, and of what each verdict was. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE anomalies ADD COLUMN grown_at timestamptz;
    ALTER TABLE anomaly_verdicts
      ADD COLUMN figure double precision, ADD COLUMN evidence_count bigint, ADD COLUMN grown_at timestamptz;
    GRANT UPDATE (grown_at) ON anomalies TO celltrail_ingest`.execute(db);
  for (const [column, words] of Object.entries(COLUMNS))
    await sql`COMMENT ON COLUMN ${sql.ref(column)} IS ${sql.lit(words)}`.execute(db);
}

/** Drops when alerts grew and what verdicts were of. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE anomaly_verdicts DROP COLUMN figure, DROP COLUMN evidence_count, DROP COLUMN grown_at;
    ALTER TABLE anomalies DROP COLUMN grown_at`.execute(db);
}

const COLUMNS = {
  'anomalies.kind': 'excessive_failures, policy_access, unusual_hour, unusual_volume, first_use or unread_code',
  'anomalies.names':
    'tables, functions, files, hosts, errors or notebooks it is about; of unread_code why: too_slow, too_long, too_many_names, failed',
  'anomalies.grown_at': 'when it grew last: more evidence, or a higher figure; null: it is as it was found',
  'anomaly_verdicts.figure': 'figure of the alert that was judged; null: the verdict is older than this column',
  'anomaly_verdicts.evidence_count': 'and its executions',
  'anomaly_verdicts.grown_at': 'and its grown_at: where the alert has another one by now, it has grown since'
};
