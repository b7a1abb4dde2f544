// What the detectors find in a made-up company, and how much of it is nothing: a database of `npm run seed`, looked at
// from its beginning as the server does; and how long nothing else got its turn in the thread that also takes events in.
// Usage, after `npm run build`:
//   node bench/alerts.mjs --users N [--seed N] [--database URL] [--hostile N]   (the first ones as they were given to the seed)
// --hostile adds so many cells that are written to be slow to read.
import { fileURLToPath } from 'node:url';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { executionId } from '../protocol/lib/index.js';
import { makePeople } from '../scripts/seed/people.mjs';
import { insertRows } from '../scripts/seed/store.mjs';
import { lookForAnomalies } from '../server/lib/server/anomalies/runner.js';
import { createReader } from '../server/lib/server/anomalies/names/reader.js';
import { createReadings } from '../server/lib/server/anomalies/readings.js';
import { readPolicy } from '../server/lib/server/anomalies/policy.js';
import { THRESHOLDS } from '../server/lib/server/anomalies/thresholds.js';
import { readConfig } from '../server/lib/server/config.js';
import { createLog } from '../server/lib/server/log.js';
import { openStore } from '../server/lib/server/store/open.js';
import { visitDatabase } from '../server/lib/server/store/provide.js';

const { values } = parseArgs({
  options: {
    database: { type: 'string' },
    users: { type: 'string' },
    seed: { type: 'string', default: '1' },
    hostile: { type: 'string', default: '0' }
  }
});
/** Which story of scripts/seed/people.mjs each kind is there to find. */
const STORY = { excessive_failures: 'storm', policy_access: 'cards', unusual_hour: 'night', unusual_volume: 'flood', first_use: 'explorer' }; // prettier-ignore

const policy = readPolicy(fileURLToPath(new URL('../docs/policy-example.yml', import.meta.url)));
const watch = { policy: policy.filter(({ tables }) => tables.length), thresholds: THRESHOLDS, roleOf: () => 'analyst' };
const log = createLog('warn');
const { database: url } = values;
const database = await visitDatabase(
  readConfig({ ...process.env, ...(url && { AUDIT_DB_CONNECTION: url }) }).config,
  log
);
const store = await openStore(database.owner, { role: 'celltrail_ingest', log });
await addHostile(database.owner, Number(values.hostile));
const reader = createReader(log);
const readings = createReadings(reader);
const turns = monitorEventLoopDelay({ resolution: 5 });
turns.enable();
const began = performance.now();
let looked = 0;
for (let taken; (taken = await lookForAnomalies(store.db, watch, readings, { lagMs: 0, batch: 2_000 }));) looked += taken; // prettier-ignore
const seconds = (performance.now() - began) / 1000;
turns.disable();
await reader.close();

const people = makePeople(Number(values.users), Number(values.seed));
const stories = new Map(people.map(({ username, story }) => [username, story]));
const alerts = await store.db.selectFrom('anomalies').select(['kind', 'username']).execute();
const { days } = await store.db
  .selectFrom('execution_rollups')
  .select(({ fn, ref }) =>
    fn
      .count(fn('concat', [ref('username'), fn('date', ['bucket'])]))
      .distinct()
      .as('days')
  )
  .executeTakeFirstOrThrow();
await store.close();
await database.stop();

console.log(`${looked} executions in ${days} person-days looked at in ${seconds.toFixed(0)} s, ${Math.round(looked / seconds)}/s`); // prettier-ignore
console.log(`Nothing else had its turn for ${Math.round(turns.max / 1e6)} ms at most, p99.9 ${(turns.percentile(99.9) / 1e6).toFixed(1)} ms`); // prettier-ignore
const unread = alerts.filter(({ kind }) => kind === 'unread_code');
console.log(`Codes that could not be read whole: ${unread.length} alerts, of ${[...new Set(unread.map(({ username }) => username))].join(', ') || 'nobody'}\n`); // prettier-ignore
console.log('| kind | alerts | of its story | people of its story found | of others |\n|---|---|---|---|---|');
for (const [kind, story] of Object.entries(STORY)) {
  const found = alerts.filter(alert => alert.kind === kind);
  const right = found.filter(({ username }) => stories.get(username) === story);
  const all = people.filter(person => person.story === story).length;
  const who = new Set(right.map(({ username }) => username)).size;
  console.log(
    `| \`${kind}\` | ${found.length} | ${right.length} | ${who} of ${all} | ${found.length - right.length} |`
  );
}

/** Adds cells of a person `hostile` to the last day: as long as codes are read, and much work for their length. */
async function addHostile(owner, count) {
  if (!count) return;
  const client = new pg.Client(owner);
  await client.connect();
  const { rows } = await client.query('SELECT * FROM code_execution_logs ORDER BY timestamp DESC LIMIT 1');
  const cells = Array.from({ length: count }, (_, i) => {
    const requested_at = new Date(rows[0].requested_at.getTime() - i * 1000);
    const [kernel_id, msg_id] = ['hostile', String(i)];
    const id = executionId(requested_at.toISOString(), kernel_id, msg_id);
    return { ...rows[0], id, username: 'hostile', kernel_id, msg_id, requested_at, timestamp: requested_at, code: 'Path('.repeat(20_000) }; // prettier-ignore
  });
  await insertRows(client, cells);
  await client.end();
}
