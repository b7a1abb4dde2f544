import { buildServer, buildWheel, install } from '../build/everything.mjs';
import { describeFailure, Failure } from '../failure.mjs';
import { ensureWritable } from '../folders.mjs';
import { COLLABORATION, LAB_VENV, NEIGHBOURS, RIVALS_VENV, TEST_VENV, WORKSHOP } from '../places.mjs';
import { endPrograms } from '../programs.mjs';
import { seconds, step } from '../progress.mjs';
import { findPython } from '../python.mjs';
import { LAB_REQUIREMENTS } from '../start/lab.mjs';
import { ensureVenv } from '../venv.mjs';
import { COLLABORATION_PACKAGES, ensureNeighbours } from './neighbours.mjs';
import { ON_REQUEST, PARTS, WHOLE } from './parts.mjs';
import { closingLine, sum } from './reports.mjs';
import { ensureSystemPackages, ensureVenvModule } from './system-packages.mjs';

/** Kernels of other languages, for the fidelity suite. */
const KERNELS = ['bash_kernel>=0.10,<1', 'calysto_scheme>=2,<3', 'deno>=2.9,<3', 'xeus-python>=0.19,<1'];
const TEST_REQUIREMENTS = [...LAB_REQUIREMENTS, ...KERNELS, 'notebook>=7.4,<8', 'pytest>=8,<10'];
/** The same Lab with a recorder from PyPI in the place of ours. */
const RIVALS_REQUIREMENTS = [...TEST_REQUIREMENTS, 'jupyter-cell-logger==0.2.0'];
/** How a part counts that could not be run here. */
const LEFT_OUT = { passed: 0, failed: 0, skipped: 1 };
/** Parts that need no wheel. */
const WITHOUT_WHEEL = new Set(['lint', 'jest', 'chaos']);
const ALL = { ...PARTS, ...ON_REQUEST };

/**
 * `npm test`: sets itself up, runs the parts, and closes with how many passed and failed.
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} wanted names of parts; none: all but those on request;
 *   `whole`: those, and every scenario of the fidelity suite
 */
export async function run(env, wanted) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => interrupt(signal));
  const counts = [];
  let missing = [];
  try {
    const names = partNames(wanted);
    missing = await setUp(env, names);
    const leftOut = new Set(missing.flatMap(({ parts }) => parts));
    for (const name of names) counts.push(leftOut.has(name) ? LEFT_OUT : await runPart(name, env));
  } catch (error) {
    console.error(`\n${describeFailure(error)}\n`);
    counts.push({ passed: 0, failed: 1, skipped: 0 });
  }
  for (const { sentence } of missing) console.log(`\n  ${sentence}`);
  const total = sum(counts);
  console.log(`\n${closingLine(total)}`);
  process.exitCode = total.failed || !total.passed ? 1 : 0;
}

function partNames(wanted) {
  if (wanted.join() === 'whole') return WHOLE;
  const known = Object.keys(ALL);
  const unknown = wanted.filter(name => !known.includes(name));
  if (unknown.length)
    throw new Failure(`There is no part ${unknown.join(', ')}.`, `Parts: ${known.join(', ')}; or, alone, whole`);
  return wanted.length ? known.filter(name => wanted.includes(name)) : Object.keys(PARTS);
}

async function setUp(env, names) {
  await ensureWritable(WORKSHOP, 'Clone Celltrail into a folder of your own.');
  const missing = await ensureSystemPackages(env);
  await install();
  await buildServer();
  if (names.some(name => !WITHOUT_WHEEL.has(name))) await makeEnvironments(env, names);
  return missing;
}

async function makeEnvironments(env, names) {
  const python = await findOrInstallPython(env);
  const wheel = await buildWheel(python);
  const make = (title, venv, requirements) => step(title, () => ensureVenv(venv, python, { requirements, wheel }));
  await make("making the tests' environment (pip)", TEST_VENV, TEST_REQUIREMENTS);
  // What `npm start` would make: the scenario should wait for Lab, not for pip.
  if (names.includes('ui')) await make("making JupyterLab's environment (pip)", LAB_VENV, LAB_REQUIREMENTS);
  if (names.includes('fidelity')) {
    await step("fetching other people's extensions (pip)", () => ensureNeighbours(TEST_VENV, NEIGHBOURS));
    await step('fetching what lets people share a notebook (pip)', () =>
      ensureNeighbours(TEST_VENV, COLLABORATION, COLLABORATION_PACKAGES)
    );
  }
  if (names.includes('rivals')) {
    await step("making the rivals' environment (pip)", () =>
      ensureVenv(RIVALS_VENV, python, { requirements: RIVALS_REQUIREMENTS })
    );
  }
}

async function findOrInstallPython(env) {
  try {
    return await findPython(env);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    await ensureVenvModule(env);
    return findPython(env);
  }
}

async function runPart(name, env) {
  const begun = performance.now();
  console.log(`\n▸ ${name}`);
  const count = await ALL[name](env);
  console.log(`▸ ${name}: ${closingLine(count)} in ${seconds(performance.now() - begun)}`);
  return count;
}

function interrupt(signal) {
  endPrograms();
  console.error(`\nInterrupted by ${signal}.`);
  process.exit(130);
}
