import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RIVALS_VENV, ROOT, TEST_VENV } from '../places.mjs';
import { runProgram } from '../programs.mjs';
import { pythonEnv, venvPython } from '../venv.mjs';
import { countJest, countJunit, countPlaywright, sum } from './reports.mjs';

const LIMIT_MS = 25 * 60_000;
/** A hundred scenarios, on a machine that does other things beside. */
const LONG_LIMIT_MS = 90 * 60_000;
const LINTS = ['lint:types', 'lint:code', 'lint:arrows', 'lint:format', 'lint:docs'];

/**
 * @typedef {(env: NodeJS.ProcessEnv) => Promise<import('./reports.mjs').Count>} Part
 * Some of the tests: runs them with their output shown, and counts them.
 */

/** Types, code, arrows between rooms and format, side by side: each counts as one. @type {Part} */
async function lint(env) {
  const counts = LINTS.map(async script => {
    const { code, output } = await runProgram('npm', ['run', '--silent', script], { ...options(env), show: false });
    console.log(`${output.trim()}${output.trim() && '\n'}  ${code === 0 ? 'ok' : 'FAILED'}  ${script}`);
    return { passed: Number(code === 0), failed: Number(code !== 0), skipped: 0 };
  });
  return sum(await Promise.all(counts));
}

/** @type {Part} */
const jest = env =>
  reported(countJest, report => ['npx', ['jest', '--ci', '--json', `--outputFile=${report}`], options(env)]);

/** The tests of these scripts. @type {Part} */
async function scripts(env) {
  const files = (await readdir(join(ROOT, 'scripts'), { recursive: true })).filter(name => name.endsWith('.test.mjs'));
  const reporters = report => [
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=junit',
    `--test-reporter-destination=${report}`
  ];
  const paths = files.sort().map(name => join('scripts', name));
  return reported(countJunit, report => [process.execPath, ['--test', ...reporters(report), ...paths], options(env)]);
}

/** @type {Part} */
const pytest = env =>
  reported(countJunit, report => [
    venvPython(TEST_VENV),
    ['-m', 'pytest', `--junitxml=${report}`],
    // Without -P, Python would put this folder on the path, and the tests would see the tree instead of the wheel.
    options({ ...pythonEnv(env), PYTHONSAFEPATH: '1' })
  ]);

/** The whole system in a real browser. @type {Part} */
const ui = env => playwright(env, ['--project=embedded', '--project=debian-15']);

/** Every kind of fault once, while browsers and servers work, in about two minutes; the long way is `npm run chaos`. @type {Part} */
const chaos = env =>
  reported(JSON.parse, report => [
    process.execPath,
    ['scripts/chaos.mjs', '--brief', '--quiet', '--seed', '7', '--rate', '60'],
    options({ ...env, CHAOS_REPORT: report })
  ]);

/** Every scenario of the fidelity suite. @type {Part} */
const fidelity = env => scenarios({ ...env, FIDELITY: 'all' });

/** Each worker has an installation of its own, and a scenario waits as well as works. */
const SIDE_BY_SIDE = '--workers=3';

/** The quick scenarios of the fidelity suite, unless the environment asks for all. @type {Part} */
const scenarios = env => playwright(env, ['--project=fidelity', SIDE_BY_SIDE], { limitMs: LONG_LIMIT_MS });

/** The same scenarios on other recorders, for the comparison in docs/fidelity.md. @type {Part} */
const rivals = env =>
  playwright({ ...env, RIVALS: '1' }, ['--project=rivals', SIDE_BY_SIDE], {
    venv: RIVALS_VENV,
    limitMs: LONG_LIMIT_MS
  });

/** Every part by its name, in the order they run: the quickest to tell comes first. */
export const PARTS = { lint, jest, scripts, pytest, chaos, ui, scenarios };

/** Parts that take long, and run only when they are named. */
export const ON_REQUEST = { fidelity, rivals };

/** What `npm test -- whole` runs: every scenario in the place of the quick ones. */
export const WHOLE = [...Object.keys(PARTS).filter(name => name !== 'scenarios'), 'fidelity'];

async function playwright(env, args, { venv = TEST_VENV, limitMs = LIMIT_MS } = {}) {
  const report = join(ROOT, 'ui-tests', 'results', 'report.json');
  await rm(report, { force: true });
  const call = ['playwright', 'test', '-c', 'ui-tests', ...args];
  const ran = await runProgram('npx', call, { ...options({ ...env, CELLTRAIL_LAB_VENV: venv }), limitMs });
  return countReport(report, ran, countPlaywright);
}

async function reported(count, call) {
  const folder = await mkdtemp(join(tmpdir(), 'celltrail-test-'));
  try {
    const report = join(folder, 'report');
    return await countReport(report, await runProgram(...call(report)), count);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * A runner's word and its exit code have to agree: one that failed without naming a test, or that ran none, has
 * failed once.
 */
async function countReport(report, { code }, count) {
  const told = existsSync(report) ? count(await readFile(report, 'utf8')) : { passed: 0, failed: 0, skipped: 0 };
  const ranNone = told.passed + told.failed === 0;
  if (ranNone) console.log(`  FAILED  it ran no test (exit code ${code})`);
  else if (code !== 0 && !told.failed) console.log(`  FAILED  exit code ${code} although no test failed`);
  return ranNone || (code !== 0 && !told.failed) ? { ...told, failed: told.failed + 1 } : told;
}

const options = env => ({ cwd: ROOT, env, show: true, limitMs: LIMIT_MS });
