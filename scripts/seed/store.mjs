const COLUMNS = {
  id: 'uuid',
  username: 'text',
  cell_number: 'bigint',
  code: 'text',
  execution_time_ms: 'double precision',
  status: 'text',
  error_message: 'text',
  timestamp: 'timestamptz',
  notebook_path: 'text',
  cell_id: 'text',
  client: 'text',
  kernel_id: 'text',
  kernel_name: 'text',
  msg_id: 'text',
  session_id: 'text',
  requested_at: 'timestamptz',
  queued_ms: 'double precision',
  error_name: 'text',
  error_traceback: 'text',
  output_types: 'text[]',
  output_bytes: 'bigint',
  page_id: 'uuid',
  page_seq: 'bigint',
  observed_at: 'timestamptz',
  stored_at: 'timestamptz'
};
const NAMES = Object.keys(COLUMNS);
const BATCH = 4_000;
const QUARTER_MS = 15 * 60 * 1000;

const INSERT = `
  INSERT INTO code_execution_logs (${NAMES.join(', ')}, silent, store_history, completed_at)
  SELECT ${NAMES.map(name => (COLUMNS[name] === 'text[]' ? `u.${name}::text[]` : `u.${name}`)).join(', ')}, false, true, u.stored_at
    FROM unnest(${NAMES.map((name, i) => `$${i + 1}::${COLUMNS[name].replace('[]', '')}[]`).join(', ')}) AS u (${NAMES.join(', ')})
  ON CONFLICT (id) DO NOTHING RETURNING id`;

/** Whether executions are on record. */
export async function holdsRows(client) {
  const { rows } = await client.query('SELECT EXISTS (SELECT FROM code_execution_logs) AS holds');
  return rows[0].holds;
}

/** Makes the months that the rows need, where they are missing: ingest makes only the last and the coming ones. */
export async function makeMonths(client, from, until) {
  await client.query('SELECT celltrail_make_partitions()');
  const month = new Date(Date.UTC(new Date(from).getUTCFullYear(), new Date(from).getUTCMonth(), 1));
  for (; month.getTime() <= until; month.setUTCMonth(month.getUTCMonth() + 1)) {
    const next = new Date(month);
    next.setUTCMonth(month.getUTCMonth() + 1);
    const name = `code_execution_logs_${month.toISOString().slice(0, 7).replace('-', '_')}`;
    const { rows } = await client.query('SELECT to_regclass($1) IS NULL AS missing', [name]);
    if (!rows[0].missing) continue;
    const bounds = await client.query('SELECT celltrail_lowest_id($1) AS lowest, celltrail_lowest_id($2) AS beyond', [month, next]); // prettier-ignore
    const { lowest, beyond } = bounds.rows[0];
    await client.query(`CREATE TABLE ${name} PARTITION OF code_execution_logs FOR VALUES FROM ('${lowest}') TO ('${beyond}')`); // prettier-ignore
    await client.query(
      `COMMENT ON TABLE ${name} IS 'Executions requested in ${month.toISOString().slice(0, 7)} (UTC).'`
    );
  }
}

/** Inserts rows, each id once. @returns {Promise<object[]>} those that were not there */
export async function insertRows(client, rows) {
  const fresh = [];
  for (let at = 0; at < rows.length; at += BATCH) {
    const batch = rows.slice(at, at + BATCH);
    const { rows: made } = await client.query({ name: 'seed', text: INSERT, values: NAMES.map(name => batch.map(row => asParameter(row[name]))) }); // prettier-ignore
    if (made.length === batch.length) fresh.push(...batch);
    else {
      const ids = new Set(made.map(({ id }) => id));
      fresh.push(...batch.filter(({ id }) => ids.has(id)));
    }
  }
  return fresh;
}

function asParameter(value) {
  if (Array.isArray(value)) return `{${value.map(item => `"${item}"`).join(',')}}`;
  return value ?? null;
}

/** Adds a day's rows to the figures that ingest keeps beside them. */
export async function addRollups(client, rows) {
  const figures = new Map();
  for (const { username, timestamp, status, execution_time_ms } of rows) {
    const bucket = new Date(Math.floor(Date.parse(timestamp) / QUARTER_MS) * QUARTER_MS).toISOString();
    const key = `${username}\0${bucket}\0${status}`;
    const figure = figures.get(key) ?? { username, bucket, status, executions: 0, total: 0 };
    figure.executions++;
    figure.total += execution_time_ms ?? 0;
    figures.set(key, figure);
  }
  const all = [...figures.values()];
  await client.query(
    `INSERT INTO execution_rollups AS r (username, bucket, status, executions, total_time_ms)
     SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::bigint[], $5::float8[])
     ON CONFLICT (username, bucket, status) DO UPDATE
        SET executions = r.executions + excluded.executions, total_time_ms = r.total_time_ms + excluded.total_time_ms`,
    ['username', 'bucket', 'status', 'executions', 'total'].map(name => all.map(figure => figure[name]))
  );
}

/** Tells the planner what is there, and gives what was written its maps. */
export async function settle(client) {
  await client.query('VACUUM (ANALYZE) code_execution_logs');
  await client.query('VACUUM (ANALYZE) execution_rollups');
}
