import { sql, type Kysely } from 'kysely';
import { type Anomaly, type AnomalyKind, type Verdict } from '@celltrail/protocol';
import { type Database, type Instant } from './schema.js';

/** Which alerts. */
export interface AnomalyFilter {
  /** whose; null for everyone's */
  username: string | null;
  kind: AnomalyKind | null;
  /** `open`: nobody judged yet */
  state: 'open' | 'all' | Verdict;
}

/** An alert with its verdicts, as it travels. */
const ALERT = sql`
  a.id, a.kind, a.username, a.begins, a.ends, a.found_at, a.figure, a.unit, a.normal, a.names, a.evidence,
  a.evidence_count, v.history`;

/** Instants in JSON come with the session's offset: they are written out in UTC here. */
const VERDICTS = sql`
  LATERAL (
    SELECT coalesce(jsonb_agg(jsonb_build_object('verdict', verdict, 'comment', comment, 'by', said_by, 'at',
                                to_char(said_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
                              ORDER BY said_at, id), '[]') AS history,
           (array_agg(verdict ORDER BY said_at DESC, id DESC))[1] AS verdict
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
       AND CASE ${state} WHEN 'all' THEN true WHEN 'open' THEN v.verdict IS NULL ELSE v.verdict = ${state} END
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
): Promise<Record<'open' | Verdict, number>> {
  const { rows } = await sql<Record<'open' | Verdict, number>>`
    SELECT count(*) FILTER (WHERE verdict IS NULL) AS open, count(*) FILTER (WHERE verdict = 'fine') AS fine,
           count(*) FILTER (WHERE verdict = 'not_fine') AS not_fine,
           count(*) FILTER (WHERE verdict = 'needs_look') AS needs_look
      FROM anomalies a
      LEFT JOIN (SELECT DISTINCT ON (anomaly_id) anomaly_id, verdict FROM anomaly_verdicts
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

/** Keeps alerts. One that is known already gets what is known of it by now; its verdicts stay. */
export async function keepAnomalies(
  db: Kysely<Database>,
  alerts: readonly Omit<Anomaly, 'found_at' | 'verdict' | 'history'>[]
): Promise<void> {
  if (!alerts.length) return;
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
       names = excluded.names, evidence = excluded.evidence, evidence_count = excluded.evidence_count
     WHERE a.evidence_count <> excluded.evidence_count`.execute(db);
}

/** Keeps what a reviewer says. Every verdict stays. */
export async function addVerdict(
  db: Kysely<Database>,
  said: { anomaly_id: string; verdict: Verdict | null; comment: string | null; said_by: string }
): Promise<void> {
  await db.insertInto('anomaly_verdicts').values(said).execute();
}

function judged(row: AlertRow): Anomaly {
  const last = row.history.at(-1);
  return { ...row, verdict: last?.verdict ? last : null };
}
