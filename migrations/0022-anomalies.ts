import { sql, type Kysely } from 'kysely';

/** What is out of the ordinary, and what reviewers say of it. Alerts follow from the record; verdicts are kept, each. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE anomalies (
      id uuid PRIMARY KEY,
      kind text NOT NULL,
      username text NOT NULL,
      begins timestamptz NOT NULL,
      ends timestamptz NOT NULL,
      found_at timestamptz NOT NULL DEFAULT now(),
      figure double precision NOT NULL,
      unit text NOT NULL,
      normal jsonb,
      names text[] NOT NULL,
      evidence uuid[] NOT NULL,
      evidence_count bigint NOT NULL
    );
    CREATE INDEX anomalies_begins ON anomalies (begins DESC, id);
    CREATE INDEX anomalies_username_begins ON anomalies (username, begins DESC);
    CREATE TABLE anomaly_verdicts (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      anomaly_id uuid NOT NULL,
      verdict text CHECK (verdict IN ('fine', 'not_fine', 'needs_look')),
      comment text,
      said_by text NOT NULL,
      said_at timestamptz NOT NULL DEFAULT clock_timestamp()
    );
    CREATE INDEX anomaly_verdicts_anomaly_id_said_at ON anomaly_verdicts (anomaly_id, said_at DESC);
    CREATE INDEX anomaly_verdicts_said_at ON anomaly_verdicts (said_at DESC);
    CREATE TRIGGER guard BEFORE UPDATE ON anomaly_verdicts FOR EACH ROW EXECUTE FUNCTION celltrail_refuse_change();
    COMMENT ON TABLE anomalies IS 'Celltrail: what is out of the ordinary. Made from the record; it can be made again.';
    COMMENT ON TABLE anomaly_verdicts IS 'Celltrail: what reviewers said of alerts. Rows are inserted; nothing else.';
    GRANT SELECT, INSERT ON anomalies, anomaly_verdicts TO celltrail_ingest;
    GRANT UPDATE (ends, figure, normal, names, evidence, evidence_count) ON anomalies TO celltrail_ingest;
    GRANT SELECT ON anomalies, anomaly_verdicts TO celltrail_reader;
    GRANT SELECT, DELETE ON anomalies, anomaly_verdicts TO celltrail_retention`.execute(db);
  for (const [column, words] of Object.entries(COLUMNS))
    await sql`COMMENT ON COLUMN ${sql.ref(column)} IS ${sql.lit(words)}`.execute(db);
}

/** Drops every alert and every verdict. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`DROP TABLE anomaly_verdicts; DROP TABLE anomalies`.execute(db);
}

const COLUMNS = {
  'anomalies.id': 'a hash of kind, person and what it is about: the same alert is never made twice',
  'anomalies.kind': 'excessive_failures, policy_access, unusual_hour, unusual_volume or first_use',
  'anomalies.username': 'whose executions it is about',
  'anomalies.begins': 'beginning of the time that the figure is of',
  'anomalies.ends': 'end of that time',
  'anomalies.found_at': 'when it was first found',
  'anomalies.figure': 'what was seen, in the unit beside it',
  'anomalies.unit': 'share (0 to 1), executions, hour (of the day) or names',
  'anomalies.normal':
    'what is usual for this person: typical, limit, and the days it is known from; null: a rule was broken',
  'anomalies.names': 'tables, functions, files, hosts, modules or notebooks it is about',
  'anomalies.evidence': 'ids of executions, at most 20',
  'anomalies.evidence_count': 'how many executions there are',
  'anomaly_verdicts.id': 'random',
  'anomaly_verdicts.anomaly_id': 'the alert it is about',
  'anomaly_verdicts.verdict': 'fine, not_fine or needs_look; null takes the one before back',
  'anomaly_verdicts.comment': 'why, in the words of whoever said it',
  'anomaly_verdicts.said_by': 'the admin who said it',
  'anomaly_verdicts.said_at': 'when; the last one counts'
};
