// What sharing a transaction and sending rows as arrays is worth: events per second on the private Postgres, in one run.
// Usage, after `npm run build`: node bench/ingest.mjs [events per way, 20000 by default]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { makeEvent } from './parts/events.mjs';

const lib = path => import(new URL(`../server/lib/server/${path}`, import.meta.url));
const { provideDatabase } = await lib('store/provide.js');
const { openStore } = await lib('store/open.js');
const { createIngest } = await lib('ingest/accept.js');
const { createFeeds, keepFeeds } = await lib('follow/followers.js');
const { createLog } = await lib('log.js');

const EVENTS = Number(process.argv[2] ?? 20_000);
/** Tabs that send at once, each its next batch when the last was answered. */
const CLIENTS = 64;

const log = createLog('warn');
const dataDir = mkdtempSync(join(tmpdir(), 'celltrail-bench-'));
const database = await provideDatabase({ dbConnection: null, dataDir }, log);
const store = await openStore(database.ingest, { role: 'celltrail_ingest', log });
try {
  const ways = [
    ['a statement per row, committed each', EVENTS / 10, oneByOne],
    ['group commit, 1 event a request', EVENTS, count => grouped(count, 1)],
    ['group commit, 10 events a request', EVENTS, count => grouped(count, 10)],
    ['group commit, 100 events a request', EVENTS, count => grouped(count, 100)],
    ['the same, search and analytics keeping up', EVENTS, count => followed(() => grouped(count, 100))]
  ];
  await grouped(1_000, 10); // warms both sides up
  const rates = [];
  for (const [name, count, way] of ways) {
    const began = performance.now();
    await way(count);
    rates.push({ name, count, rate: (count / (performance.now() - began)) * 1000 });
  }
  console.log(`\n${'way'.padEnd(44)}${'events'.padStart(8)}${'events/s'.padStart(10)}${'ratio'.padStart(8)}`);
  for (const { name, count, rate } of rates)
    console.log(
      `${name.padEnd(44)}${String(count).padStart(8)}${rate.toFixed(0).padStart(10)}${(rate / rates[0].rate).toFixed(1).padStart(8)}`
    );
} finally {
  await store.close();
  await database.stop();
  rmSync(dataDir, { recursive: true });
}

/** The whole of ingest: checks, rows, rollups. */
async function grouped(count, size) {
  const ingest = createIngest({ store, log, now: Date.now, announce: () => undefined });
  let left = count;
  const client = async number => {
    while (left > 0) {
      const events = Array.from({ length: Math.min(size, left) }, makeEvent);
      left -= events.length;
      const answers = await ingest.accept({ username: `user-${number}` }, { events });
      if (answers.some(({ outcome }) => outcome !== 'stored')) throw new Error(JSON.stringify(answers));
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number)));
}

/** With all that follows the record at it all the time; in a server it is 90 s behind, and has the quiet minutes, too. */
async function followed(way) {
  const end = keepFeeds(createFeeds(store.db), log, 50, 0);
  await way();
  await end();
}

/** Rows alone, each its own statement and commit, over as many connections as the pool has. */
async function oneByOne(count) {
  const pool = new pg.Pool({ connectionString: database.ingest, max: 10 });
  const columns = Object.keys(makeEvent()).filter(name => name !== 'type');
  const names = [...columns, 'username', 'completed_at'];
  const text = `INSERT INTO code_execution_logs (${names}) VALUES (${names.map((_, i) => `$${i + 1}`)}) ON CONFLICT DO NOTHING`;
  let left = count;
  const client = async number => {
    while (left-- > 0) {
      const event = makeEvent();
      await pool.query({
        name: 'one',
        text,
        values: [...columns.map(name => event[name]), `user-${number}`, new Date()]
      });
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number)));
  await pool.end();
}
