// Plays the fidelity suite several times in a row and says how often each scenario was right:
// node scripts/fidelity-times.mjs 10 [--write]
import { cp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join as at } from 'node:path';
import { describeFailure, Failure } from './failure.mjs';
import { together } from './fidelity/tables.mjs';
import { timesTable } from './fidelity/times.mjs';
import { writeParts } from './marked.mjs';
import { ROOT, WORKSHOP } from './places.mjs';
import { endPrograms, runProgram } from './programs.mjs';

const FOUND = at(ROOT, 'ui-tests', 'results', 'fidelity', 'verdicts');
/** What each run found, so that a fault of an early one can still be looked into. */
const KEPT = at(WORKSHOP, 'fidelity-times');
const LIMIT_MS = 2 * 60 * 60_000;

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => (endPrograms(), process.exit(130)));
try {
  const times = Number(process.argv[2]);
  if (!Number.isInteger(times) || times < 1) throw new Failure('How many times?', 'As: npm run fidelity:times -- 10');
  await rm(KEPT, { recursive: true, force: true });
  const runs = [];
  for (let run = 1; run <= times; run++) {
    runs.push(await played(run));
    console.log(`\n${timesTable(runs)}\n`);
  }
  if (process.argv.includes('--write')) writeParts('docs/fidelity.md', { times: timesTable(runs) });
  process.exitCode = runs.every(({ passed }) => passed) ? 0 : 1;
} catch (error) {
  console.error(describeFailure(error));
  process.exitCode = 1;
}

async function played(run) {
  await rm(FOUND, { recursive: true, force: true });
  const call = [process.execPath, [at(ROOT, 'scripts', 'test.mjs'), 'fidelity']];
  const { code } = await runProgram(...call, { show: true, limitMs: LIMIT_MS });
  const kept = at(KEPT, String(run));
  await mkdir(kept, { recursive: true });
  await cp(FOUND, kept, { recursive: true });
  const parts = (await readdir(kept)).map(async name => JSON.parse(await readFile(at(kept, name), 'utf8')));
  return { ...together(await Promise.all(parts)), passed: code === 0 };
}
