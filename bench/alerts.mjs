// What the detectors find in a made-up company, and how much of it is nothing: a database of `npm run seed`, looked at
// from its beginning as the server does. Usage, after `npm run build`:
//   node bench/alerts.mjs --users N [--seed N] [--database URL]   (as they were given to the seed)
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makePeople } from '../scripts/seed/people.mjs';
import { lookForAnomalies } from '../server/lib/server/anomalies/runner.js';
import { createNamer } from '../server/lib/server/anomalies/named-runs.js';
import { readPolicy } from '../server/lib/server/anomalies/policy.js';
import { THRESHOLDS } from '../server/lib/server/anomalies/thresholds.js';
import { readConfig } from '../server/lib/server/config.js';
import { createLog } from '../server/lib/server/log.js';
import { openStore } from '../server/lib/server/store/open.js';
import { visitDatabase } from '../server/lib/server/store/provide.js';

const { values } = parseArgs({
  options: { database: { type: 'string' }, users: { type: 'string' }, seed: { type: 'string', default: '1' } }
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
const namer = createNamer();
const began = performance.now();
let looked = 0;
for (let taken; (taken = await lookForAnomalies(store.db, watch, { lagMs: 0, batch: 2_000 }, namer));) looked += taken;
const seconds = (performance.now() - began) / 1000;

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

console.log(`${looked} executions in ${days} person-days looked at in ${seconds.toFixed(0)} s, ${Math.round(looked / seconds)}/s\n`); // prettier-ignore
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
