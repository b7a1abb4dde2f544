import { sql, type Kysely } from 'kysely';
import { type Anomalies, type Anomaly, type AnomalyKind, type AnomalyState, type SeenAlert, type Verdict } from '@celltrail/protocol'; // prettier-ignore
import { type Database, type Instant } from './schema.js';

/** Which alerts. */
export interface AnomalyFilter {
  /** whose; null for everyone's */
  username: string | null;
  kind: AnomalyKind | null;
  state: AnomalyState;
}

/** The last verdict was of a smaller alert. Two instants and no figures: what shrank and grew again has grown. */
const GROWN = sql<boolean>`(v.verdict IS NOT NULL AND a.grown_at IS DISTINCT FROM v.grown_at)`;
/** The verdict as it stands. */
const STANDING = sql<Verdict | null>`(CASE WHEN NOT ${GROWN} THEN v.verdict END)`;

/** An alert with its verdicts, as it travels. */
const ALERT = sql`
  a.id, a.kind, a.username, a.begins, a.ends, a.found_at, a.figure, a.unit, a.normal, a.names, a.evidence,
  a.evidence_count, a.grown_at, ${GROWN} AS grown, v.history`;

/** Instants in JSON come with the session's offset: they are written out in UTC here. */
const VERDICTS = sql`
  LATERAL (
    SELECT coalesce(jsonb_agg(jsonb_build_object('verdict', verdict, 'comment', comment, 'by', said_by, 'at',
                                to_char(said_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                                'figure', figure, 'evidence_count', evidence_count)
                              ORDER BY said_at, id), '[]') AS history,
           (array_agg(verdict ORDER BY said_at DESC, id DESC))[1] AS verdict,
           (array_agg(grown_at ORDER BY said_at DESC, id DESC))[1] AS grown_at
      FROM anomaly_verdicts WHERE anomaly_id = a.id) AS v`;

type AlertRow = Omit<Anomaly, 'verdict'>;

/** Alerts, newest first. @param after begins behind that place */
export async function listAnomalies(
  db: Kysely<Database>,
  { username, kind, state }: AnomalyFilter,
  after: { timestamp: Instant; id: string } | null,
  limit: number
): Promise<Anomaly[]> {
  const { rows } = await sql<AlertRow>`
    SELECT ${ALERT} FROM anomalies a, ${VERDICTS}
     WHERE (${username}::text IS NULL OR a.username = ${username}) AND (${kind}::text IS NULL OR a.kind = ${kind})
       AND CASE ${state} WHEN 'all' THEN true WHEN 'open' THEN ${STANDING} IS NULL WHEN 'grown' THEN ${GROWN}
                         ELSE ${STANDING} = ${state} END
       AND (${after?.id ?? null}::uuid IS NULL
            OR (a.begins, a.id) < (${after?.timestamp ?? null}::timestamptz, ${after?.id ?? null}::uuid))
     ORDER BY a.begins DESC, a.id DESC LIMIT ${limit}`.execute(db);
  return rows.map(judged);
}

/** How many alerts stand how. @param username whose; null for everyone's */
export async function countAnomalies(
  db: Kysely<Database>,
  username: string | null,
  kind: AnomalyKind | null
): Promise<Anomalies['counts']> {
  const { rows } = await sql<Anomalies['counts']>`
    SELECT count(*) FILTER (WHERE ${STANDING} IS NULL) AS open, count(*) FILTER (WHERE ${GROWN}) AS grown,
           count(*) FILTER (WHERE ${STANDING} = 'fine') AS fine,
           count(*) FILTER (WHERE ${STANDING} = 'not_fine') AS not_fine,
           count(*) FILTER (WHERE ${STANDING} = 'needs_look') AS needs_look
      FROM anomalies a
      LEFT JOIN (SELECT DISTINCT ON (anomaly_id) anomaly_id, verdict, grown_at FROM anomaly_verdicts
                  ORDER BY anomaly_id, said_at DESC, id DESC) AS v ON v.anomaly_id = a.id
     WHERE (${username}::text IS NULL OR a.username = ${username}) AND (${kind}::text IS NULL OR a.kind = ${kind})`.execute(
    db
  );
  return rows[0]!;
}

/** One alert. @returns null where there is none of that id */
export async function readAnomaly(db: Kysely<Database>, id: string): Promise<Anomaly | null> {
  const { rows } = await sql<AlertRow>`
    SELECT ${ALERT} FROM anomalies a, ${VERDICTS} WHERE a.id = ${id}::uuid`.execute(db);
  return rows[0] ? judged(rows[0]) : null;
}

/** Alerts of a time, and alerts that were judged in it. */
export async function anomaliesOf(
  db: Kysely<Database>,
  { begins, ends }: { begins: Instant; ends: Instant }
): Promise<{ alerts: Anomaly[]; judged: Anomaly[] }> {
  const [alerts, others] = await Promise.all([
    sql<AlertRow>`
      SELECT ${ALERT} FROM anomalies a, ${VERDICTS}
       WHERE a.begins >= ${begins}::timestamptz AND a.begins < ${ends}::timestamptz ORDER BY a.begins, a.id`.execute(
      db
    ),
    sql<AlertRow>`
      SELECT ${ALERT} FROM anomalies a, ${VERDICTS}
       WHERE a.id IN (SELECT anomaly_id FROM anomaly_verdicts
                       WHERE said_at >= ${begins}::timestamptz AND said_at < ${ends}::timestamptz)
       ORDER BY a.begins, a.id`.execute(db)
  ]);
  return { alerts: alerts.rows.map(judged), judged: others.rows.map(judged) };
}

/**
 * Keeps alerts. One that is known already gets what is known of it by now; its verdicts stay, and where it grew it waits
 * for one again.
 */
export async function keepAnomalies(
  db: Kysely<Database>,
  alerts: readonly Omit<Anomaly, 'found_at' | 'grown_at' | 'grown' | 'verdict' | 'history'>[]
): Promise<void> {
  if (!alerts.length) return;
  // Of two hours of the day none is the higher one.
  const higher = sql`(excluded.figure > a.figure AND a.unit <> 'hour')`;
  // An array in an array parameter would have to be a matrix: evidence and names travel as JSON.
  await sql`
    INSERT INTO anomalies AS a (id, kind, username, begins, ends, figure, unit, normal, names, evidence, evidence_count)
    SELECT u.id, u.kind, u.username, u.begins, u.ends, u.figure, u.unit, u.normal,
           ARRAY(SELECT jsonb_array_elements_text(u.names)), ARRAY(SELECT jsonb_array_elements_text(u.evidence)::uuid),
           u.evidence_count
      FROM jsonb_to_recordset(${JSON.stringify(alerts)}::jsonb)
           AS u (id uuid, kind text, username text, begins timestamptz, ends timestamptz, figure float8, unit text,
                 normal jsonb, names jsonb, evidence jsonb, evidence_count bigint)
     ORDER BY u.id
    ON CONFLICT (id) DO UPDATE SET ends = excluded.ends, figure = excluded.figure, normal = excluded.normal,
       names = excluded.names, evidence = excluded.evidence, evidence_count = excluded.evidence_count,
       grown_at = CASE WHEN excluded.evidence_count > a.evidence_count OR ${higher} THEN clock_timestamp()
                       ELSE a.grown_at END
     WHERE a.evidence_count <> excluded.evidence_count OR ${higher}`.execute(db);
}

/** What a reviewer says of an alert. */
export interface Saying {
  verdict: Verdict | null;
  comment: string | null;
  said_by: string;
  /** the alert as they saw it; null: as it is now */
  seen: SeenAlert | null;
}

/** Keeps what a reviewer says, and of what. Every verdict stays. @returns false where there is no such alert */
export async function addVerdict(
  db: Kysely<Database>,
  id: string,
  { verdict, comment, said_by, seen }: Saying
): Promise<boolean> {
  // Whoever saw the alert as it is has seen what it says; of one that was smaller then only they know what it said.
  const earlier = sql<boolean>`(${seen !== null}::boolean AND a.grown_at IS DISTINCT FROM ${seen?.grown_at ?? null}::timestamptz)`;
  const { rows } = await sql`
    INSERT INTO anomaly_verdicts (anomaly_id, verdict, comment, said_by, figure, evidence_count, grown_at)
    SELECT a.id, ${verdict}::text, ${comment}::text, ${said_by}::text,
           CASE WHEN ${earlier} THEN ${seen?.figure ?? null}::float8 ELSE a.figure END,
           CASE WHEN ${earlier} THEN ${seen?.evidence_count ?? null}::bigint ELSE a.evidence_count END,
           CASE WHEN ${earlier} THEN ${seen?.grown_at ?? null}::timestamptz ELSE a.grown_at END
      FROM anomalies a WHERE a.id = ${id}::uuid RETURNING id`.execute(db);
  return rows.length > 0;
}

function judged(row: AlertRow): Anomaly {
  const last = row.history.at(-1);
  return { ...row, verdict: last?.verdict && !row.grown ? last : null };
}
