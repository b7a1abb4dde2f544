import pg from 'pg';
import { OWN_CELLS, readNotebooks } from '../../scripts/seed/cells.mjs';
import { makePeople } from '../../scripts/seed/people.mjs';
import { makeMonths } from '../../scripts/seed/store.mjs';

/** Tehran is so far ahead of UTC. ms */
const AHEAD_MS = 3.5 * 3_600_000;
const DAY_MS = 86_400_000;
/** By `getUTCDay` of a day in Tehran: Thursday is short, Friday is free. */
const SHARE_OF_DAY = [1, 1, 1, 1, 0.35, 0.04, 1];

/**
 * Fills an empty record with a made-up company, in SQL: working days of ten hours in Tehran, sessions of two hours in one
 * notebook and kernel, 4 % errors, one code in eight changed before it ran, the others among those of public notebooks,
 * some far more often than others.
 * @param {{ rows: number, users: number, days: number }} size
 * @param {(text: string) => void} say
 */
export async function fill(superuser, { rows, users, days }, say) {
  const client = new pg.Client({ connectionString: superuser });
  await client.connect();
  try {
    const last = Math.floor((Date.now() - 600_000 + AHEAD_MS) / DAY_MS) * DAY_MS;
    const calendar = Array.from({ length: days }, (_, i) => last - (days - 1 - i) * DAY_MS);
    await makeMonths(client, calendar[0] - DAY_MS, Date.now());
    await client.query('SELECT setseed(0.5)');
    await makeParts(client, users);
    const share = day => SHARE_OF_DAY[new Date(day).getUTCDay()];
    const whole = calendar.reduce((sum, day) => sum + share(day), 0);
    let due = 0;
    let made = 0;
    for (const [number, day] of calendar.entries()) {
      due += (share(day) / whole) * rows;
      const count = Math.round(due) - made;
      made += count;
      // The last day is over by now, whatever the hour: what is newest is what people look at.
      const begins = day === last ? Date.now() - 11 * 3_600_000 : day - AHEAD_MS + 8 * 3_600_000;
      if (count) await client.query(DAY, [new Date(begins), count]);
      if (number % 10 === 9) say(`${made.toLocaleString('en-US')} rows`);
    }
    await client.query(ROLLUPS);
    await client.query(PRESENCE);
  } finally {
    await client.end();
  }
}

/** Statistics and the visibility map, as autovacuum leaves them. */
export async function vacuum(superuser) {
  const client = new pg.Client({ connectionString: superuser });
  await client.connect();
  await client.query('VACUUM (ANALYZE)');
  await client.query('CHECKPOINT');
  await client.end();
}

async function makeParts(client, users) {
  const people = makePeople(users, 1);
  const codes = [...new Set(readNotebooks(process.env.SEED_CELLS ?? OWN_CELLS).flat())].slice(0, 6_000);
  await client.query('CREATE TEMP TABLE people (n int PRIMARY KEY, username text, notebooks text[], kernel text)');
  await client.query('INSERT INTO people SELECT * FROM json_populate_recordset(NULL::people, $1)', [
    JSON.stringify(people.map(({ username, notebooks, kernel }, n) => ({ n, username, notebooks, kernel })))
  ]);
  await client.query('CREATE TEMP TABLE codes (n int PRIMARY KEY, code text)');
  await client.query('INSERT INTO codes SELECT n - 1, code FROM unnest($1::text[]) WITH ORDINALITY AS c (code, n)', [codes]); // prettier-ignore
  await client.query(`CREATE TEMP TABLE faults (n int PRIMARY KEY, name text, words text)`);
  await client.query(`INSERT INTO faults VALUES
    (0, 'NameError', 'name ''df'' is not defined'), (1, 'KeyError', '''مبلغ'''), (2, 'TypeError', 'unsupported operand'),
    (3, 'ValueError', 'could not convert string to float'), (4, 'ModuleNotFoundError', 'No module named ''geemap'''),
    (5, 'FileNotFoundError', '[Errno 2] No such file or directory'), (6, 'ZeroDivisionError', 'division by zero'),
    (7, 'MemoryError', 'Unable to allocate 14.9 GiB'), (8, 'KeyboardInterrupt', '')`);
  await client.query('ANALYZE people; ANALYZE codes');
}

// Chances of one row each are drawn once, in `drawn`; what follows from them is computed from there.
const DAY = `
  WITH drawn AS MATERIALIZED (
    SELECT i, $1::timestamptz + ((i - 1 + random()) / $2 * interval '10 hours') AS at,
           floor(power(random(), 1.6) * (SELECT count(*) FROM people))::int AS person,
           floor(power(random(), 2) * (SELECT count(*) FROM codes))::int AS cell,
           random() AS changed, random() AS fate, exp(3.5 + 1.7 * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())) AS took,
           CASE WHEN random() < 0.12 THEN 400 ELSE 2 END * exp(0.8 * (random() + random() + random() - 1.5)) AS queued,
           random() AS error
      FROM generate_series(1, $2::int) AS i),
  placed AS (
    SELECT d.*, p.username, p.kernel, md5(p.username || floor(extract(epoch FROM at) / 7200)) AS session, p.notebooks
      FROM drawn d JOIN people p ON p.n = d.person),
  ran AS (
    SELECT placed.*, ('x' || substr(session, 1, 6))::bit(24)::int / 16777216.0 AS place, md5(session || i) AS key,
           CASE WHEN fate < 0.04 THEN 'error' WHEN fate < 0.052 THEN 'interrupted' WHEN fate < 0.056 THEN 'aborted'
                WHEN fate < 0.0561 THEN 'unknown' ELSE 'success' END AS status
      FROM placed)
  INSERT INTO code_execution_logs (id, username, cell_number, code, execution_time_ms, status, error_message, timestamp,
    notebook_path, cell_id, client, kernel_id, kernel_name, msg_id, session_id, requested_at, queued_ms, silent,
    store_history, error_name, error_traceback, output_types, output_bytes, page_id, page_seq, observed_at, stored_at,
    completed_at)
  SELECT (lpad(to_hex(floor(extract(epoch FROM r.at) * 1000)::bigint), 12, '0') || '8' || substr(key, 1, 3) || 'a' || substr(key, 5, 15))::uuid,
         r.username, r.i % 400,
         CASE WHEN changed < 0.03 THEN c.code || E'\\n# بررسی تراکنش‌های ' || floor(changed * 1e8)::int
              WHEN changed < 0.12 THEN c.code || E'\\nprint(' || floor(changed * 1e8)::int || ')' ELSE c.code END,
         CASE WHEN r.status IN ('aborted', 'unknown') THEN NULL ELSE round(took::numeric, 3) END, r.status,
         f.name || ': ' || f.words, r.at,
         CASE WHEN place > 0.95 THEN NULL ELSE r.notebooks[1 + floor(power(place, 2.2) * array_length(r.notebooks, 1))::int] END,
         substr(md5(c.n || session), 1, 8), CASE WHEN place > 0.95 THEN 'console' WHEN place > 0.92 THEN 'agent' ELSE 'notebook' END,
         session::uuid::text, r.kernel, 'm' || key, session, r.at - queued * interval '1 ms',
         CASE WHEN r.status = 'aborted' THEN NULL ELSE round(queued::numeric, 3) END, false, true, f.name,
         CASE WHEN f.n IS NOT NULL THEN repeat('-', 75) || E'\\n' || f.name || E' Traceback (most recent call last)\\n' || left(c.code, 200) END,
         ARRAY['text/plain'], floor(took)::bigint, session::uuid, r.i, r.at + took * interval '1 ms',
         r.at + interval '400 ms', CASE WHEN r.status = 'unknown' THEN NULL ELSE r.at + interval '400 ms' END
    FROM ran r JOIN codes c ON c.n = r.cell
    LEFT JOIN faults f ON f.n = CASE r.status WHEN 'error' THEN floor(power(error, 2) * 8)::int WHEN 'interrupted' THEN 8 END
   ORDER BY r.i`;

const ROLLUPS = `
  INSERT INTO execution_rollups
  SELECT username, date_bin('15 minutes', timestamp, 'epoch'), status, count(*), coalesce(sum(execution_time_ms), 0)
    FROM code_execution_logs GROUP BY 1, 2, 3`;

/** Of everyone one page that is open, and one run that is under way. */
const PRESENCE = `
  WITH latest AS (
    SELECT DISTINCT ON (username) * FROM code_execution_logs
     WHERE timestamp > (SELECT max(timestamp) - interval '1 day' FROM code_execution_logs) ORDER BY username, timestamp DESC),
  pages AS (
    INSERT INTO page_presence (page_id, username, extension_version, lab_version, capturing, waiting, refused)
    SELECT page_id, username, '0.1.0', '4.6.4', true, 0, 0 FROM latest)
  INSERT INTO code_execution_logs (id, username, cell_number, code, status, timestamp, notebook_path, cell_id, client,
    kernel_id, kernel_name, msg_id, requested_at, page_id, page_seq, observed_at, stored_at)
  SELECT overlay(id::text placing 'b' from 20 for 1)::uuid, username, 401, code, 'running', timestamp + interval '1 s',
         notebook_path, cell_id, client, kernel_id, kernel_name, msg_id || 'r', timestamp, page_id, 100000, timestamp, stored_at
    FROM latest`;
