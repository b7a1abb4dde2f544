// A company's pages that come back all at once after an outage, while other pages go on: how long fresh events wait.
// Usage, after `npm run build`: node bench/herd.mjs [--clients 10000] [--events 50] [--fresh 40] [--write]
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { table, writeParts } from '../scripts/marked.mjs';
import { Sender } from './parts/sender.mjs';
import { typescript } from './parts/typescript.mjs';

const { embeddedEngine } = await typescript('../../ui-tests/chaos/engine.ts');
const { server } = await typescript('../../ui-tests/chaos/server.ts');
const { freePort } = await typescript('../../ui-tests/parts/ports.ts');

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '10000' },
    events: { type: 'string', default: '50' },
    fresh: { type: 'string', default: '40' },
    write: { type: 'boolean', default: false }
  }
});
const [clients, events, fresh] = [values.clients, values.events, values.fresh].map(Number);
/** Between two events of a page that goes on, ms, on average. */
const PAUSE_MS = 1_000;
/** How long fresh events are measured before the herd comes, and after it went. */
const CALM_MS = 10_000;

const folder = mkdtempSync(join(tmpdir(), 'celltrail-herd-'));
const dataDir = join(folder, 'data');
const engine = embeddedEngine(dataDir);
const target = server(await freePort(), { AUDIT_DATA_DIR: dataDir, AUDIT_USER: 'bench' }, join(folder, 'log'));
try {
  await target.start();
  const going = new AbortController();
  const samples = { kept: [], opened: [] };
  const take = () => ({ kept: samples.kept.splice(0), opened: samples.opened.splice(0) });
  const worker = await gather();
  // An analyst who thought for longer than the server keeps a connection opens a new one.
  const pages = Object.entries(samples).flatMap(([kind, taken]) =>
    Array.from({ length: fresh / 2 }, () => goOn(new Sender(target.port, kind === 'kept'), taken, going.signal))
  );
  await sleep(CALM_MS);
  const calm = take();
  worker.postMessage('come back');
  const herd = await told(worker);
  await worker.terminate();
  const during = take();
  going.abort();
  await Promise.all(pages);
  const peakBytes = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${target.pid}/status`, 'utf8'))[1]) * 1024;
  const [stored] = await engine.query('SELECT count(*)::int AS rows, count(DISTINCT code)::int AS codes FROM code_execution_logs'); // prettier-ignore
  const sent = clients * events + [calm, during, samples].flatMap(({ kept, opened }) => [...kept, ...opened]).length;
  const text = describe({ calm, during, herd, peakBytes, sent, ...stored });
  console.log(text);
  if (values.write) writeParts('docs/figures.md', { 'bench-herd': text });
  process.exitCode = stored.rows === sent && stored.codes === sent ? 0 : 1;
} finally {
  await target.end('SIGTERM');
  engine.end();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 });
}

/** A page whose analyst works: an event now and then, each timed until it is answered for. */
async function goOn(sender, taken, signal) {
  while (!signal.aborted) {
    await sleep(Math.random() * 2 * PAUSE_MS);
    const began = performance.now();
    await sender.deliver(1);
    taken.push(performance.now() - began);
  }
}

/** The herd is in a thread of its own, so that it takes nobody's time here. @returns it, with all it will send made */
async function gather() {
  const worker = new Worker(new URL('./parts/herd.mjs', import.meta.url), { workerData: { port: target.port, clients, events } }); // prettier-ignore
  await told(worker);
  return worker;
}

/** What the thread says next. */
function told(worker) {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

function describe({ calm, during, herd, peakBytes, sent, rows, codes }) {
  const ms = value => `${Math.round(value).toLocaleString('en-US')} ms`;
  const whole = value => value.toLocaleString('en-US');
  const spread = taken => `${ms(quantile(taken, 0.5))} / ${ms(quantile(taken, 0.99))}`;
  const lines = [
    ['pages that come back', `${whole(clients)} with ${events} events each`],
    ['fresh events meanwhile', whole(during.kept.length + during.opened.length)],
    ['**a fresh event is answered for, p50 / p99**', `**${spread(during.kept)}**`],
    ['the same on a new connection, p50 / p99', spread(during.opened)],
    ['both before the herd, p50 / p99', `${spread(calm.kept)}; ${spread(calm.opened)}`],
    ['all of the herd is stored after', `${(herd.took_ms / 1000).toFixed(1)} s, ${whole(Math.round((clients * events) / (herd.took_ms / 1000)))} events/s`], // prettier-ignore
    ['requests of the herd, and of these told to come later', `${whole(herd.requests)}, ${whole(herd.turnedAway)}`],
    ['requests that broke off', whole(herd.broken)],
    ["the server's memory at most", `${Math.round(peakBytes / 1024 / 1024)} MiB`],
    ['lost, doubled', `${whole(sent - codes)}, ${whole(rows - codes)}`]
  ];
  return table(['what', 'figure'], lines);
}

function quantile(values, share) {
  return [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(share * values.length) - 1)] ?? NaN;
}
