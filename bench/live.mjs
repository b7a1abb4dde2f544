// What open dashboards cost ingest: events per second over HTTP with none and with many of them, in one run, by turns.
// Usage, after `npm run build`: node bench/live.mjs [--events 20000] [--dashboards 500] [--rounds 3] [--write]
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, get, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { table, writeParts } from '../scripts/marked.mjs';
import { makeEvent } from './parts/events.mjs';

const text = value => ({ type: 'string', default: value });
const { values: options } = parseArgs({
  options: { events: text('20000'), dashboards: text('500'), rounds: text('3'), watch: { type: 'string' }, write: { type: 'boolean' } } // prettier-ignore
});
/** Tabs that send at once, and events of one request. */
const [CLIENTS, SIZE] = [16, 100];

if (options.watch) await watch(options.watch, Number(options.dashboards));
else await compare();

/** In a process of its own: opens dashboards, half of them of one person and half of everyone, and reads what comes. */
async function watch(url, dashboards) {
  let updates = 0;
  const agent = new Agent({ maxSockets: Infinity });
  const opened = Array.from({ length: dashboards }, (_, i) => {
    const path = i % 2 ? '/api/v1/live?of=everyone' : '/api/live';
    return new Promise((resolve, reject) => {
      get(url + path, { agent }, reply => {
        if (reply.statusCode !== 200) return reject(new Error(`${path}: ${reply.statusCode}`));
        reply.on('data', part => (updates += String(part).split('\nid: ').length - 1));
        resolve();
      }).on('error', reject);
    });
  });
  await Promise.all(opened);
  process.on('message', () => process.send({ updates }));
  process.send({ open: dashboards });
}

async function compare() {
  const lib = path => import(new URL(`../server/lib/server/${path}`, import.meta.url));
  const { readConfig } = await lib('config.js');
  const { createLog } = await lib('log.js');
  const { startServer } = await lib('main.js');
  const { freePort } = await lib('store/cluster.js');
  const dataDir = mkdtempSync(join(tmpdir(), 'celltrail-bench-'));
  const port = await freePort();
  const env = { AUDIT_DATA_DIR: dataDir, AUDIT_PORT: String(port), AUDIT_HOST: '127.0.0.1', AUDIT_LOG_LEVEL: 'warn' };
  const server = await startServer(readConfig(env).config, createLog('warn'));
  const url = `http://127.0.0.1:${port}`;
  const rates = { none: [], many: [] };
  let updates = 0;
  try {
    await ingest(url, 2_000); // warms it up
    for (let round = 0; round < Number(options.rounds); round++) {
      rates.none.push(await ingest(url, Number(options.events)));
      const watcher = await openWatcher(url);
      rates.many.push(await ingest(url, Number(options.events)));
      updates += await watcher.close();
    }
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true });
  }
  report(rates, updates);
}

function report({ none, many }, updates) {
  const median = list => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
  const rows = [
    ['0', Math.round(median(none)).toLocaleString('en-US'), '1.00'],
    [options.dashboards, Math.round(median(many)).toLocaleString('en-US'), (median(many) / median(none)).toFixed(2)]
  ];
  const made = table(['open dashboards', 'events/s', 'ratio'], rows);
  console.log(`${made}\n${updates.toLocaleString('en-US')} updates came`);
  const words = `\`npm run bench:live\`: ${CLIENTS} senders of ${SIZE} events a request over HTTP, the median of ${options.rounds} rounds that take turns; half of the dashboards follow everyone, and all run in a process beside the server's on the same two cores.`;
  if (options.write) writeParts('docs/figures.md', { 'bench-live': `${words}\n\n${made}` });
}

async function openWatcher(url) {
  const child = fork(new URL(import.meta.url), ['--watch', url, '--dashboards', options.dashboards]);
  await answer(child);
  return {
    async close() {
      child.send('how many');
      const { updates } = await answer(child);
      child.kill();
      return updates;
    }
  };
}

function answer(child) {
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', code => reject(new Error(`the dashboards ended with ${code}`)));
  });
}

/** @returns events stored per second */
async function ingest(url, count) {
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  let left = count;
  const began = performance.now();
  const client = async () => {
    while (left > 0) {
      const events = Array.from({ length: Math.min(SIZE, left) }, makeEvent);
      left -= events.length;
      await post(url, agent, JSON.stringify({ protocol: 1, events }));
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  agent.destroy();
  return (count / (performance.now() - began)) * 1000;
}

function post(url, agent, body) {
  return new Promise((resolve, reject) => {
    const asked = request(
      `${url}/api/events`,
      {
        agent,
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }
      },
      reply => {
        // prettier-ignore
        let said = '';
        reply.setEncoding('utf8').on('data', part => (said += part));
        reply.on('end', () => (reply.statusCode === 200 && !said.includes('refused') ? resolve() : reject(new Error(said.slice(0, 300))))); // prettier-ignore
      }
    );
    asked.on('error', reject).end(body);
  });
}
