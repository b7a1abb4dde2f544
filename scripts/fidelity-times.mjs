// Plays the whole fidelity suite so many times in a row and says what was wrong in each. With --write the plays are added
// to those that are kept, and docs/fidelity.md tells all: node scripts/fidelity-times.mjs 10 [--write]
import { appendFile, cp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join as at } from 'node:path';
import { describeFailure, Failure } from './failure.mjs';
import { together } from './fidelity/tables.mjs';
import { runOf, timesTable } from './fidelity/times.mjs';
import { writeParts } from './marked.mjs';
import { ROOT, WORKSHOP } from './places.mjs';
import { endPrograms, runProgram } from './programs.mjs';

const FOUND = at(ROOT, 'ui-tests', 'results', 'fidelity', 'verdicts');
/** What each run found, so that a fault of an early one can still be looked into. */
const KEPT = at(WORKSHOP, 'fidelity-times');
/** Every play that was written: ten in a row take longer than most people's patience, so they add up. */
const LOG = at(ROOT, 'ui-tests', 'fidelity', 'runs.jsonl');
const LIMIT_MS = 2 * 60 * 60_000;

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => (endPrograms(), process.exit(130)));
try {
  const times = Number(process.argv[2]);
  if (!Number.isInteger(times) || times < 1) throw new Failure('How many times?', 'As: npm run fidelity:times -- 10');
  await rm(KEPT, { recursive: true, force: true });
  const runs = [];
  let right = true;
  for (let play = 1; play <= times; play++) {
    const { run, passed } = await played(play);
    runs.push(run);
    right &&= passed;
    console.log(`\n${timesTable(runs)}\n`);
    if (process.argv.includes('--write')) await write(run);
  }
  process.exitCode = right ? 0 : 1;
} catch (error) {
  console.error(describeFailure(error));
  process.exitCode = 1;
}

async function played(play) {
  await rm(FOUND, { recursive: true, force: true });
  const call = [process.execPath, [at(ROOT, 'scripts', 'test.mjs'), 'fidelity']];
  const { code } = await runProgram(...call, { show: true, limitMs: LIMIT_MS });
  const kept = at(KEPT, String(play));
  await mkdir(kept, { recursive: true });
  await cp(FOUND, kept, { recursive: true });
  const parts = await Promise.all((await readdir(kept)).map(async name => JSON.parse(await readFile(at(kept, name), 'utf8')))); // prettier-ignore
  const { output } = await runProgram('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT });
  const when = { day: new Date().toISOString().slice(0, 10), commit: output.trim() };
  return { run: runOf(together(parts), when), passed: code === 0 };
}

async function write(run) {
  await appendFile(LOG, `${JSON.stringify(run)}\n`);
  const lines = (await readFile(LOG, 'utf8')).trim().split('\n');
  writeParts('docs/fidelity.md', { times: timesTable(lines.map(line => JSON.parse(line))) });
}
