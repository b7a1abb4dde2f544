// How long people wait for each answer, on a made-up company's record. Usage, after `npm run build`:
// node bench/answers.mjs [--rows 1000000] [--users 200] [--days 90] [--postgres 15|embedded] [--times 20]
//   [--only WORD] questions whose group or name has it   [--folder DIR] keeps the record there, and takes it up again
//   [--write] puts the table into docs/figures.md
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ask, lookAround } from './answers/ask.mjs';
import { cpuMs } from './answers/cpu.mjs';
import { openCluster } from './answers/cluster.mjs';
import { fill, vacuum } from './answers/fill.mjs';
import { followers } from './answers/followers.mjs';
import { questions } from './answers/questions.mjs';
import { markdown } from './answers/report.mjs';
import { writeParts } from '../scripts/marked.mjs';

const lib = path => import(new URL(`../server/lib/server/${path}`, import.meta.url));
const { readConfig } = await lib('config.js');
const { createLog } = await lib('log.js');
const { startServer } = await lib('main.js');
const { freePort } = await lib('store/cluster.js');

const text = value => ({ type: 'string', default: value });
const { values: options } = parseArgs({
  options: {
    rows: text('1000000'),
    users: text('200'),
    days: text('90'),
    postgres: text('embedded'),
    times: text('20'),
    only: text(''),
    folder: { type: 'string' },
    write: { type: 'boolean', default: false }
  }
});
const size = { rows: Number(options.rows), users: Number(options.users), days: Number(options.days) };
const log = createLog('warn');
const began = performance.now();
const say = words => console.error(`${((performance.now() - began) / 1000).toFixed(0).padStart(5)} s  ${words}`);

const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'celltrail-bench-'));
mkdirSync(folder, { recursive: true });
const cluster = await openCluster(folder, options.postgres, log);
let server;
const close = async () => {
  await server?.stop();
  await cluster.stop();
  if (!options.folder) rmSync(folder, { recursive: true });
};
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void close().then(() => process.exit(130)));
try {
  if (!cluster.found) await fill(cluster.superuser, size, say);
  await followers(cluster, size.rows, log, say);
  if (!cluster.found) {
    await vacuum(cluster.superuser);
    await cluster.settle();
    say('filled');
  }
  await measure();
} finally {
  await close();
}

async function measure() {
  const port = await freePort();
  const { config } = readConfig({
    AUDIT_DB_CONNECTION: cluster.connection,
    AUDIT_PORT: String(port),
    AUDIT_HOST: '127.0.0.1',
    AUDIT_USER: 'reza.ahmadi',
    // What looks for alerts has ninety days to catch up with here, and a working server one second.
    AUDIT_ALERTS: 'off',
    AUDIT_LOG_LEVEL: 'warn'
  });
  server = await startServer(config, log);
  const url = `http://127.0.0.1:${port}`;
  const known = await lookAround(cluster.connection, url);
  const rows = [];
  console.log(`${'question'.padEnd(55)}${'p50'.padStart(7)}${'p95'.padStart(7)}${'CPU'.padStart(7)}  ms`);
  for (const question of questions(known)) {
    if (!`${question.group}: ${question.name}`.includes(options.only)) continue;
    const times = await ask(url, question, Number(options.times), () => cpuMs(cluster.folder));
    rows.push({ ...question, ...times });
    const { p50, p95, cpu } = times;
    console.log(`${question.group.padEnd(10)} ${question.name.padEnd(44)}${p50.toFixed(0).padStart(7)}${p95.toFixed(0).padStart(7)}${cpu?.toFixed(0).padStart(7) ?? ''}`); // prettier-ignore
  }
  const late = rows.filter(({ p95 }) => p95 >= 300);
  console.log(`\n${rows.length} questions, ${late.length} with a p95 of 300 ms and more`);
  if (options.write) writeParts('docs/figures.md', { [`bench-answers-${size.rows}`]: markdown(rows, size, options.postgres) }); // prettier-ignore
}
