import pg from 'pg';

/** What the questions are about, from the record itself. */
export async function lookAround(connection, url) {
  const client = new pg.Client({ connectionString: connection });
  await client.connect();
  const list = async text => (await client.query(text)).rows.map(row => Object.values(row)[0]);
  const users = await list('SELECT username FROM execution_rollups GROUP BY 1 ORDER BY sum(executions) DESC, 1');
  const latest = `SELECT * FROM code_execution_logs ORDER BY timestamp DESC LIMIT 200000`;
  const notebooks = await list(`SELECT notebook_path FROM (${latest}) AS l WHERE notebook_path IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 20`); // prettier-ignore
  const ids = await list(`SELECT id FROM (${latest}) AS l ORDER BY md5(id::text) LIMIT 40`);
  const [newest] = await list('SELECT max(timestamp) FROM code_execution_logs');
  await client.end();
  const deep = { users: users.slice(0, 5), cursors: [] };
  for (const user of deep.users) deep.cursors.push(await pageOf(url, user, 100));
  const day = before => new Date(newest.getTime() + 3.5 * 3_600_000 - before * 86_400_000).toISOString().slice(0, 10);
  return { users, notebooks, ids, deep, day };
}

async function pageOf(url, user, wanted) {
  let cursor = '';
  for (let page = 1; page < wanted; page += 4) {
    const reply = await fetch(`${url}/api/v1/activity?limit=200&user=${user}${cursor && `&cursor=${cursor}`}`);
    const { next } = await reply.json();
    if (!next) return cursor;
    cursor = next;
  }
  return cursor;
}

/**
 * Asks a question again and again, one at a time.
 * @param cpuMs processor time so far
 * @returns {Promise<{ p50: number, p95: number, cpu: number | null }>} ms from the request to the end of the answer, and
 *   ms of processor that one answer took, of the database and the server together
 */
export async function ask(url, { name, address }, times, cpuMs) {
  const taken = [];
  let before = null;
  for (let time = 0; time < times + 2; time++) {
    if (time === 2) before = cpuMs();
    const began = performance.now();
    const reply = await fetch(url + address(time));
    const body = await reply.text();
    // The first two warm the connection and the plans up.
    if (time > 1) taken.push(performance.now() - began);
    if (reply.status !== 200) throw new Error(`${name}: ${reply.status} ${body.slice(0, 300)} (${address(time)})`);
  }
  taken.sort((a, b) => a - b);
  const at = share => taken[Math.min(taken.length - 1, Math.floor(share * taken.length))];
  return { p50: at(0.5), p95: at(0.95), cpu: before === null ? null : (cpuMs() - before) / times };
}
