import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test, type Browser, type BrowserContext } from '@playwright/test';
import { compare, faults, type Row, type Verdict } from './fidelity/compare.js';
import { type Scenario, type Stage } from './fidelity/scenario.js';
import { ALL } from './fidelity/scenarios/index.js';
import { KERNELSPECS } from './fidelity/scenarios/languages.js';
import { readTruth, type Truth } from './fidelity/truth.js';
import { Driver } from './parts/driver.js';
import { labVenv, type Lab } from './parts/lab.js';
import { type Psql } from './parts/psql.js';
import { type AuditServer } from './parts/server.js';
import { startWorkplace } from './parts/workplace.js';

/** What `npm test` plays, so that it stays quick; `npm run fidelity` plays them all. */
const QUICK = [
  'single runs',
  'Run All, each cell its own time',
  'a long queue and its waiting time',
  'a failure in the middle of Run All',
  'raises-exception goes on',
  'editing the cell while it runs',
  'deleting the cell while it runs',
  'editing a cell that waits in the queue',
  'hundreds of cells in quick succession',
  'every plane, bidi marks, NUL',
  'interrupt',
  'the same notebook in two tabs of one browser',
  'a code console'
];
const scenarios = process.env['FIDELITY'] === 'all' ? ALL : ALL.filter(({ name }) => QUICK.includes(name));
const verdicts = new Map<string, Verdict>();
const python = promisify(execFile);

let folder: string;
let server: AuditServer;
let lab: Lab;
let psql: Psql;
const truthFile = () => join(folder, 'truth.jsonl');
const keyOf = (run: { kernel_id: string; msg_id: string }) => `${run.kernel_id} ${run.msg_id}`;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'celltrail-fidelity-'));
  const startup = join(folder, 'ipython', 'profile_default', 'startup');
  mkdirSync(startup, { recursive: true });
  cpSync(join(import.meta.dirname, 'fidelity', 'truth.py'), join(startup, '00-truth.py'));
  writeKernelspecs();
  ({ server, lab, psql } = await startWorkplace(folder, { CELLTRAIL_TRUTH: truthFile() }));
});

test.afterAll(async () => {
  writeTable();
  await lab?.running.stop();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

for (const scenario of scenarios) {
  test(scenario.name, async ({ browser }) => {
    const verdict = await judge(scenario, browser);
    verdicts.set(scenario.name, verdict);
    expect(faults(verdict)).toEqual([]);
    expect(verdict.executions, 'the scenario ran something').toBeGreaterThan(0);
  });
}

/** Plays a scenario on pages of its own and holds what is on record against what its kernels wrote down. */
async function judge(scenario: Scenario, browser: Browser): Promise<Verdict> {
  const earlier = new Set(readTruth(truthFile()).map(keyOf));
  const recorded = new Set(rows().map(keyOf));
  const truth = () => readTruth(truthFile()).filter(run => !earlier.has(keyOf(run)));
  const fresh = () => rows().filter(row => !recorded.has(keyOf(row)));
  const context = await browser.newContext();
  const strangers: BrowserContext[] = [];
  try {
    const stage = await setStage(context, truth, async () => {
      const other = await browser.newContext();
      strangers.push(other);
      return other;
    });
    const expected = (await scenario.play(stage)) ?? new Map<string, string | null>();
    const visible = () => truth().filter(run => expected.get(run.code) !== null);
    await settled(fresh, () => visible().length);
    return compare(visible(), fresh(), expected);
  } finally {
    await shutDownKernels(context);
    for (const each of [context, ...strangers]) await each.close();
  }
}

/** Kernels of other languages, each started with the yardstick hooked in. */
function writeKernelspecs(): void {
  for (const [name, module] of Object.entries(KERNELSPECS)) {
    const spec = join(folder, 'data', 'kernels', name);
    mkdirSync(spec, { recursive: true });
    const hooked = join(import.meta.dirname, 'fidelity', 'hooked.py');
    const argv = [join(labVenv(), 'bin', 'python'), hooked, module, '-f', '{connection_file}'];
    writeFileSync(join(spec, 'kernel.json'), JSON.stringify({ argv, display_name: name, language: name }));
  }
}

async function setStage(
  context: BrowserContext,
  truth: () => Truth[],
  newBrowser: () => Promise<BrowserContext>
): Promise<Stage> {
  const open = async (where: BrowserContext) => {
    const driver = new Driver(await where.newPage(), lab);
    await driver.open();
    return driver;
  };
  const until = (count: number, counts: (run: Truth) => boolean) =>
    expect
      .poll(() => truth().filter(counts).length, { timeout: 60_000, intervals: [50] })
      .toBeGreaterThanOrEqual(count);
  return {
    driver: await open(context),
    lab,
    context,
    truth,
    another: () => open(context),
    stranger: async () => open(await newBrowser()),
    began: count => until(count, () => true),
    ended: count => until(count, run => run.took_ms !== null),
    audited: async (type, kernel) => {
      const events = () =>
        psql.rows<{ body: Record<string, unknown> }>(
          `SELECT body FROM audit_events WHERE type = '${type}' AND kernel_id = '${kernel}'`
        );
      await expect.poll(() => events().length, { timeout: 15_000 }).toBeGreaterThan(0);
      return events().map(({ body }) => body);
    },
    python: async (source, ...args) => {
      const env = { ...process.env, JUPYTER_RUNTIME_DIR: join(folder, 'runtime') };
      return (await python(join(labVenv(), 'bin', 'python'), ['-c', source, ...args], { env })).stdout;
    }
  };
}

/**
 * Delivery takes its time: waits until as much is stored as the kernels ran, for 15 s at most, and then until nothing
 * has changed for two seconds, so that what is too much is seen as well.
 */
async function settled(fresh: () => Row[], runs: () => number): Promise<void> {
  const deadline = Date.now() + 15_000;
  let before = '';
  for (let quiet = 0; quiet < 4 || (fresh().length < runs() && Date.now() < deadline);) {
    await new Promise(resolve => setTimeout(resolve, 500));
    const now = JSON.stringify(fresh().map(row => [row.msg_id, row.status]));
    quiet = now === before ? quiet + 1 : 0;
    before = now;
  }
}

async function shutDownKernels(context: BrowserContext): Promise<void> {
  const [page] = context.pages();
  await page?.evaluate(async () => {
    const kernels = window.jupyterapp.serviceManager.kernels as unknown as { shutdownAll(): Promise<void> };
    await kernels.shutdownAll();
  });
}

function rows(): Row[] {
  return psql.rows<Row>(
    'SELECT kernel_id, msg_id, code, code_json, status, execution_time_ms, cell_number, error_message, reason, client, timestamp FROM code_execution_logs'
  );
}

/** The table that the docs show. */
function writeTable(): void {
  const kinds = ['missing', 'phantom', 'duplicate', 'wrongCode', 'wrongStatus', 'wrongTime', 'wrongError'] as const;
  const lines = [...verdicts].map(
    ([name, verdict]) =>
      `| ${name} | ${verdict.executions} | ${verdict.rows} | ${kinds.map(kind => verdict[kind].length).join(' | ')} |`
  );
  const head =
    '| scenario | executions | rows | missing | phantom | duplicate | wrong code | wrong status | wrong time | wrong error |';
  const text = [head, head.replace(/[^|]+/g, '---'), ...lines, ''].join('\n');
  mkdirSync(join(import.meta.dirname, 'results'), { recursive: true });
  writeFileSync(join(import.meta.dirname, 'results', 'fidelity.md'), text);
  console.log(text);
}
