import { sql, type Kysely } from 'kysely';

/**
 * What admins ask, as views that any tool for reports can read. They run with the rights of whoever asks, and only
 * readers may. Counts per day, hour and person come from the rollups: their cost does not grow with the record.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const { name, says, query, columns } of VIEWS) {
    await sql`CREATE VIEW ${sql.id(name)} WITH (security_invoker = true) AS ${sql.raw(query)}`.execute(db);
    await sql`COMMENT ON VIEW ${sql.id(name)} IS ${sql.lit(`Celltrail: ${says}`)}`.execute(db);
    for (const [column, words] of Object.entries(columns))
      await sql`COMMENT ON COLUMN ${sql.id(name, column)} IS ${sql.lit(words)}`.execute(db);
    await sql`GRANT SELECT ON ${sql.id(name)} TO celltrail_reader`.execute(db);
  }
}

/** Drops the views; they hold nothing of their own. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`DROP VIEW ${sql.join(VIEWS.map(({ name }) => sql.id(name)))}`.execute(db);
}

interface View {
  name: string;
  says: string;
  query: string;
  columns: Readonly<Record<string, string>>;
}

/** As in the portal: what was aborted never ran, what is open has no end that was seen; neither counts as ended. */
const FAILED = "('error', 'interrupted', 'kernel_died', 'kernel_restarted')";
const OPEN = "('running', 'unknown')";

/** Counts by status. @param count what a row stands for, as `count(*)` */
const counts = (count: string): string => `
         coalesce(${count}, 0)::bigint AS executions,
         coalesce(${count} FILTER (WHERE status = 'success'), 0)::bigint AS succeeded,
         coalesce(${count} FILTER (WHERE status IN ${FAILED}), 0)::bigint AS failed,
         coalesce(${count} FILTER (WHERE status = 'aborted'), 0)::bigint AS aborted,
         coalesce(${count} FILTER (WHERE status IN ${OPEN}), 0)::bigint AS still_open`;
const SHARES = `
         failed::double precision / nullif(succeeded + failed, 0) AS failed_share,
         total_time_ms, total_time_ms / nullif(succeeded + failed, 0) AS average_ms`;

const FIGURES = {
  executions: 'how many runs there are, whatever became of them',
  succeeded: 'those that ended well',
  failed: 'those that ended with an error, were interrupted, or whose kernel died or was restarted',
  aborted: 'those that waited behind a failure and never ran',
  still_open: 'those that run, or whose end nobody saw',
  failed_share: 'failed of succeeded and failed, 0 to 1; null where none ended',
  total_time_ms: 'milliseconds that kernels were at work for them',
  average_ms: 'total_time_ms of each that succeeded or failed'
};

/** Figures per person and span of time, of the rollups. @param span SQL of the span that a bucket lies in */
const overTime = (name: string, span: string): string => `
    SELECT ${name}, username, executions, succeeded, failed, aborted, still_open, ${SHARES}
      FROM (SELECT ${span} AS ${name}, username, sum(total_time_ms) AS total_time_ms, ${counts('sum(executions)')}
              FROM execution_rollups GROUP BY 1, 2) AS counted
     WHERE executions > 0`;

const DAILY: View = {
  name: 'daily_activity',
  says: 'what each person ran on each day.',
  query: overTime('day', 'bucket::date'),
  columns: {
    day: "day of the session's time zone: SET timezone TO 'Asia/Tehran' for Tehran's",
    username: 'whose runs',
    ...FIGURES
  }
};

const HOURLY: View = {
  name: 'hourly_activity',
  says: 'what each person ran in each hour.',
  query: overTime('hour', "date_trunc('hour', bucket)"),
  columns: { hour: "beginning of the hour, in the session's time zone", username: 'whose runs', ...FIGURES }
};

/** A page that was silent for two minutes is closed or cut off: the portal says so, too. */
const PAGES = `
      SELECT username, count(*) FILTER (WHERE open) AS pages_open,
             count(*) FILTER (WHERE open AND capturing AND fault IS NULL) AS pages_recording,
             array_agg(DISTINCT fault) FILTER (WHERE open AND fault IS NOT NULL) AS faults, max(last_seen) AS last_seen
        FROM (SELECT *, last_seen > now() - interval '2 minutes' AS open FROM page_presence) AS page
       GROUP BY username`;
/** Pages of one browser share an outbox: what it holds is the latest word of each browser within a week. */
const OUTBOXES = `
      SELECT username, sum(waiting)::bigint AS waiting, sum(refused)::bigint AS refused
        FROM (SELECT DISTINCT ON (username, browser_id) username, waiting, refused FROM page_presence
               WHERE last_seen > now() - interval '7 days' ORDER BY username, browser_id, last_seen DESC) AS latest
       GROUP BY username`;
const CAPTURE = `
       CASE WHEN coalesce(pages_open, 0) = 0 THEN 'silent'
            WHEN pages_recording < pages_open THEN 'off' ELSE 'recording' END AS capture`;
const EVERYONE = 'SELECT username FROM execution_rollups UNION SELECT username FROM page_presence';

const USERS: View = {
  name: 'user_summary',
  says: 'each person who ran something or had JupyterLab open, with figures over all time.',
  query: `
    SELECT known.username, ${Object.keys(FIGURES)
      .filter(name => !/share|average|time/.test(name))
      .map(name => `coalesce(${name}, 0) AS ${name}`)
      .join(', ')}, ${SHARES},
       coalesce(today, 0)::bigint AS today, coalesce(last_7_days, 0)::bigint AS last_7_days,
       oldest.timestamp AS first_active, newest.timestamp AS last_active, ${CAPTURE}
      FROM (${EVERYONE}) AS known
      LEFT JOIN (
        SELECT username, sum(total_time_ms) AS total_time_ms, ${counts('sum(executions)')},
               sum(executions) FILTER (WHERE bucket >= date_trunc('day', now())) AS today,
               sum(executions) FILTER (WHERE bucket >= date_trunc('day', now()) - interval '6 days') AS last_7_days
          FROM execution_rollups GROUP BY username) AS counted USING (username)
      LEFT JOIN (${PAGES}) AS pages USING (username)
      LEFT JOIN LATERAL (
        SELECT timestamp FROM code_execution_logs AS l WHERE l.username = known.username
         ORDER BY timestamp LIMIT 1) AS oldest ON true
      LEFT JOIN LATERAL (
        SELECT timestamp FROM code_execution_logs AS l WHERE l.username = known.username
         ORDER BY timestamp DESC LIMIT 1) AS newest ON true`,
  columns: {
    username: 'who',
    ...FIGURES,
    today: "runs since midnight of the session's time zone",
    last_7_days: 'runs since the midnight six days before',
    first_active: 'when their first run on record began',
    last_active: 'when their last run began; null for somebody who only had JupyterLab open',
    capture:
      'recording: every open Lab tab records; off: one does not, or misses runs; silent: none has been heard for two minutes'
  }
};

const CODE = `left(code, 200) AS code_preview`;
const PREVIEW = { code_preview: 'the first 200 characters of the code' };

const SLOW: View = {
  name: 'slow_executions',
  says: 'runs that took longer than a second. Name a range of timestamp: it keeps the question quick.',
  query: `
    SELECT id, timestamp, username, notebook_path, cell_number, execution_time_ms, queued_ms, status, kernel_name, client,
           ${CODE}
      FROM code_execution_logs WHERE execution_time_ms > 1000`,
  columns: {
    id: 'of the execution: /portal/executions/{id} shows it',
    timestamp: 'when the kernel began',
    username: 'who ran it',
    notebook_path: "the notebook's path",
    cell_number: 'the number in brackets beside the cell',
    execution_time_ms: 'milliseconds the kernel took',
    queued_ms: "milliseconds it waited in the kernel's queue before",
    status: 'how it ended',
    kernel_name: 'the kernel specification',
    client: 'where it came from: notebook, console, …',
    ...PREVIEW
  }
};

const RUNNING: View = {
  name: 'running_executions',
  says: 'what kernels are at, as far as anybody told.',
  query: `
    SELECT id, timestamp, username, notebook_path, cell_number, now() - timestamp AS running_for, kernel_id, kernel_name,
           EXISTS (SELECT FROM page_presence AS p WHERE p.page_id = l.page_id
                      AND p.last_seen > now() - interval '2 minutes') AS page_open, ${CODE}
      FROM code_execution_logs AS l WHERE status = 'running'`,
  columns: {
    id: 'of the execution: /portal/executions/{id} shows it',
    timestamp: 'when the kernel began',
    username: 'who runs it',
    notebook_path: "the notebook's path",
    cell_number: 'the number in brackets beside the cell',
    running_for: 'how long it has been running',
    kernel_id: 'the kernel it keeps busy',
    kernel_name: 'the kernel specification',
    page_open: 'whether the Lab tab that told it is still heard: without it nobody tells the end',
    ...PREVIEW
  }
};

const ERRORS: View = {
  name: 'error_summary',
  says: 'errors by day, person and class.',
  query: `
    SELECT timestamp::date AS day, username, error_name, count(*) AS times, count(DISTINCT notebook_path) AS notebooks,
           max(timestamp) AS last_at, left((array_agg(error_message ORDER BY timestamp DESC))[1], 200) AS last_message
      FROM code_execution_logs WHERE status = 'error' GROUP BY 1, 2, 3`,
  columns: {
    day: "day of the session's time zone",
    username: 'whose runs',
    error_name: 'class of the error, as ZeroDivisionError',
    times: 'how many runs ended with it',
    notebooks: 'in how many notebooks',
    last_at: 'when the last of them began',
    last_message: 'the first 200 characters of what the last of them said'
  }
};

const NOTEBOOKS: View = {
  name: 'notebook_summary',
  says: 'each notebook, with figures over all time. It reads every execution: minutes at tens of millions.',
  query: `
    SELECT notebook_path, people, executions, succeeded, failed, aborted, still_open, ${SHARES},
           p95_ms, first_active, last_active
      FROM (SELECT notebook_path, count(DISTINCT username) AS people, ${counts('count(*)')},
                   sum(execution_time_ms) AS total_time_ms,
                   percentile_cont(0.95) WITHIN GROUP (ORDER BY execution_time_ms) AS p95_ms,
                   min(timestamp) AS first_active, max(timestamp) AS last_active
              FROM code_execution_logs WHERE notebook_path IS NOT NULL GROUP BY notebook_path) AS counted`,
  columns: {
    notebook_path: "the notebook's path, as it was then",
    people: 'how many people ran something in it',
    ...FIGURES,
    p95_ms: 'milliseconds that 95 of 100 runs took at most',
    first_active: 'when its first run on record began',
    last_active: 'when its last run began'
  }
};

const COVERAGE: View = {
  name: 'capture_coverage',
  says: 'how recording stands, person by person, and what of theirs is known to be missing.',
  query: `
    SELECT known.username, ${CAPTURE}, coalesce(pages_open, 0) AS pages_open,
           coalesce(pages_recording, 0) AS pages_recording, coalesce(faults, '{}') AS faults,
           coalesce(waiting, 0) AS waiting, coalesce(refused, 0) AS refused, last_seen,
           coalesce(holes.missing, 0)::bigint AS missing_events,
           coalesce(told.gaps, 0) AS gaps_7_days, coalesce(told.missing, 0)::bigint AS missing_executions_7_days,
           told.turned_off_at
      FROM (${EVERYONE}) AS known
      LEFT JOIN (${PAGES}) AS pages USING (username)
      LEFT JOIN (${OUTBOXES}) AS outboxes USING (username)
      LEFT JOIN (SELECT username, sum(missing) AS missing FROM page_holes GROUP BY username) AS holes USING (username)
      LEFT JOIN (
        SELECT username, count(*) FILTER (WHERE type = 'capture.gap') AS gaps,
               sum((body->>'missing')::bigint) FILTER (WHERE type = 'capture.gap') AS missing,
               max(observed_at) FILTER (WHERE type = 'capture.disabled') AS turned_off_at
          FROM audit_events
         WHERE type IN ('capture.gap', 'capture.disabled') AND observed_at > now() - interval '7 days'
         GROUP BY username) AS told USING (username)`,
  columns: {
    username: 'who',
    capture: USERS.columns['capture']!,
    pages_open: 'Lab tabs that were heard within two minutes',
    pages_recording: 'those of them that record and miss nothing, as far as they know',
    faults: 'why open tabs may miss runs',
    waiting:
      "events that lie in this person's browsers and were not acknowledged yet, as these last said within seven days",
    refused: 'events that they keep because the server refused them for good',
    last_seen: 'when a Lab tab of this person was last heard',
    missing_events: 'events that tabs numbered and that did not come',
    gaps_7_days: 'how often in the last seven days something was known to be missing',
    missing_executions_7_days: 'how many runs that were, where the number is known',
    turned_off_at: 'when recording was last turned off, within the last seven days'
  }
};

const GAPS: View = {
  name: 'kernel_gaps',
  says: 'runs that are known to be missing, as the pages told.',
  query: `
    SELECT id, observed_at AS at, username, kernel_id, body->>'reason' AS reason, body->>'gap_from' AS gap_from,
           body->>'gap_to' AS gap_to, (body->>'missing')::bigint AS missing
      FROM audit_events WHERE type = 'capture.gap'`,
  columns: {
    id: 'of the event in audit_events',
    at: 'when it was seen',
    username: 'whose page told it',
    kernel_id: 'the kernel, where it is one',
    reason: 'execution_count, connection_lost, page_late, …',
    gap_from: 'the last that was seen: a count or a time',
    gap_to: 'the first seen after it',
    missing: 'how many runs are missing, where that is known'
  }
};

const ACCESS: View = {
  name: 'access_log',
  says: 'who read whose code, who was refused, and who exported what.',
  query: `
    SELECT id, observed_at AS at, username, type, body->>'role' AS role,
           coalesce(body->>'where', body->>'route', body->>'query') AS place, body->>'reason' AS reason,
           ARRAY(SELECT jsonb_array_elements_text(body->'of')) AS people,
           coalesce((body->>'rows')::bigint, jsonb_array_length(body->'executions')) AS executions
      FROM audit_events WHERE type IN ('access.read', 'access.denied', 'export.started', 'export.made')`,
  columns: {
    id: 'of the event in audit_events; its body says which executions',
    at: 'when',
    username: "who; '-' where nobody can tell",
    type: 'access.read, access.denied, export.started or export.made',
    role: 'what they may do',
    place: 'the screen, the route, or the search that was exported',
    reason: 'why it was refused, or why an export was cut off',
    people: 'whose code it was',
    executions: 'how many executions were shown or exported'
  }
};

const VIEWS: readonly View[] = [DAILY, HOURLY, USERS, SLOW, RUNNING, ERRORS, NOTEBOOKS, COVERAGE, GAPS, ACCESS];
