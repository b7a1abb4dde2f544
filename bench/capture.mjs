// What recording costs the page: JupyterLab with the extension against the same JupyterLab without it, in one Chromium.
// Usage, after `npm run build` and `node scripts/test.mjs ui`: node bench/capture.mjs [--quick] [--write]
// `--only cost` (or wall, layouts, growth, outputs) measures that alone, and tells all it knows of it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { ordinaryCells } from './parts/cells.mjs';
import { forcedLayouts } from './parts/layouts.mjs';
import { allocated, heapBytes, profiled } from './parts/profile.mjs';
import { openRoom, runCells, settled } from './parts/rooms.mjs';
import { collectionSizes } from './parts/sizes.mjs';
import { threadTimes } from './parts/stopwatch.mjs';
import { markdown, writeFigures } from './parts/table.mjs';
import { typescript } from './parts/typescript.mjs';

const { auditServer } = await typescript('../../ui-tests/parts/server.ts');
const { freePort } = await typescript('../../ui-tests/parts/ports.ts');

const QUICK = process.argv.includes('--quick');
const CELLS = QUICK ? 100 : 1_000;
const RUNS = QUICK ? 500 : 5_000;
/** Cells of them that V8 looks at. */
const LOOKED_AT = 300;
/** Cells that one page runs before the other has its turn. */
const BLOCK = QUICK ? 20 : 50;
/** Between two cells: long enough for each to be stored and sent by itself, which costs more than together. ms */
const PAUSE_MS = 60;
/** Outputs of 100 MB in all, in cells that JupyterLab itself survives. */
const FORMS = [
  { name: 'print', cells: 20, code: '# bench\nfor _ in range(5): print("x" * 1_000_000)' },
  {
    name: 'display',
    cells: 10,
    code: '# bench\nget_ipython().display_pub.publish({"application/x-bench": "x" * 10_000_000, "text/plain": "10 MB"})'
  }
];

/** Takes the outputs of every cell of the notebook away. */
const NOTHING = Array.from({ length: 40 }, () => '# bench\npass');

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding'
];

const folder = mkdtempSync(join(tmpdir(), 'celltrail-bench-'));
const open = [];
// What it started would outlive it: servers and kernels are in groups of their own.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void close().then(() => process.exit(130)));
try {
  const port = await freePort();
  const server = await auditServer({
    dataDir: join(folder, 'server'),
    labUrl: `http://127.0.0.1:${port}`,
    user: 'bench'
  });
  await server.start();
  open.push(() => server.stop());
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  open.push(() => browser.close());
  const common = { browser, folder, endpoint: server.url };
  const ours = await openRoom({ ...common, name: 'with', withUs: true, port });
  open.push(ours.close);
  const bare = await openRoom({ ...common, name: 'without', withUs: false });
  open.push(bare.close);

  const { codes, from } = ordinaryCells(Math.max(CELLS, RUNS));
  for (const room of [ours, bare]) await runCells(room, codes.slice(0, 50));
  say(`the server, two JupyterLabs and their pages are up; ${from}`);

  const parts = {
    wall: () => wallTimes(codes.slice(0, CELLS)),
    cost: () => mainThread(codes.slice(0, CELLS)),
    layouts: () => forcedLayouts(browser, ours, () => runCells(ours, codes.slice(0, 200), PAUSE_MS)),
    growth: () => heapGrowth(codes.slice(0, RUNS)),
    outputs: async () => {
      const outputs = [];
      for (const form of FORMS) outputs.push({ form: form.name, ...(await largeOutputs(form)) });
      return outputs;
    }
  };
  const only = process.argv[process.argv.indexOf('--only') + 1];
  const found = {};
  if (process.argv.includes('--only')) {
    await runCells(ours, codes.slice(0, 200));
    console.log(JSON.stringify(await parts[only](), null, 1));
  } else {
    for (const [name, measure] of Object.entries(parts)) say(name, (found[name] = await measure()));
    const block = markdown({ from, cells: CELLS, runs: RUNS, ...found });
    console.log(`\n${block}`);
    if (process.argv.includes('--write')) writeFigures(block);
  }

  /** The two pages in turn, so that what else the machine does meets both. */
  async function wallTimes(sources) {
    const taken = new Map([ours, bare].map(room => [room, []]));
    for (let at = 0; at < sources.length; at += BLOCK) {
      const turn = (at / BLOCK) % 2 ? [bare, ours] : [ours, bare];
      for (const room of turn) {
        const times = await runCells(room, sources.slice(at, at + BLOCK));
        taken.get(room).push(...times.map(([began, ended]) => ended - began));
      }
    }
    return { with: quantiles(taken.get(ours)), without: quantiles(taken.get(bare)) };
  }

  /** What our code takes of the main thread: how much by the stopwatch, and for what by V8's looks, which cost time. */
  async function mainThread(sources) {
    const cells = [];
    for (let at = 0; at < sources.length; at += BLOCK) {
      const block = async () => {
        await runCells(ours, sources.slice(at, at + BLOCK), PAUSE_MS);
        await settled(ours);
      };
      cells.push(...(await threadTimes(browser, ours, block)));
    }
    const { windows, ...most } = await profiled(ours, async () => {
      const times = await runCells(ours, sources.slice(0, LOOKED_AT), PAUSE_MS);
      await settled(ours);
      return times.map(([began]) => began);
    });
    const head = Object.fromEntries(Object.entries(most).map(([name, list]) => [name, list.slice?.(0, 16) ?? list]));
    return {
      ...quantiles(cells),
      slow: cells.filter(ms => ms > 1).length,
      profiled: { ...quantiles(windows), ...head }
    };
  }

  async function heapGrowth(sources) {
    const before = { with: await heapBytes(ours), without: await heapBytes(bare), sizes: await collectionSizes(ours) };
    const kept = await allocated(
      ours,
      async () => {
        for (let at = 0; at < sources.length; at += 250) {
          for (const room of [ours, bare]) await runCells(room, sources.slice(at, at + 250));
        }
        await settled(ours);
      },
      { made: false }
    );
    const after = { with: await heapBytes(ours), without: await heapBytes(bare), sizes: await collectionSizes(ours) };
    return { before, after, kept };
  }

  // Timed by itself: watching what is allocated takes time of its own.
  async function largeOutputs({ cells, code }) {
    const sources = Array.from({ length: cells }, () => code);
    const heap = {};
    const ms = {};
    const rooms = Object.entries({ with: ours, without: bare });
    for (const [key, room] of rooms) {
      const before = await heapBytes(room);
      const times = await runCells(room, sources);
      ms[key] = times.at(-1)[1] - times[0][0];
      heap[key] = (await heapBytes(room)) - before;
      await runCells(room, NOTHING);
    }
    const made = await allocated(ours, () => runCells(ours, sources), { made: true });
    await runCells(ours, NOTHING);
    return { heap, ms, made };
  }
} finally {
  await close();
}

/** Ends all that was started, the latest first. */
async function close() {
  for (let end = open.pop(); end; end = open.pop()) await end();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 });
}

function say(what, value) {
  console.error(`${new Date().toISOString().slice(11, 19)} ${what}`, value === undefined ? '' : JSON.stringify(value));
}

function quantiles(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share => sorted[Math.ceil(share * sorted.length) - 1];
  return {
    p50: at(0.5),
    p99: at(0.99),
    most: sorted.at(-1),
    mean: values.reduce((sum, v) => sum + v, 0) / values.length
  };
}
