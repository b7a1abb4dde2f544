// `npm run mutations`: breaks the outbox on purpose, one way at a time and in a copy, and says which of them its models
// notice. All have to be noticed: `npm run mutations -- lease` plays those whose name has the word.
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jest from '../jest.config.js';
import { describeFailure, Failure } from './failure.mjs';
import { MUTATIONS } from './mutations/list.mjs';
import { ROOT } from './places.mjs';
import { endPrograms, runProgram } from './programs.mjs';

const COPIED = ['src', 'protocol', 'scripts', 'package.json'];
const TESTS = '--testPathPatterns=src/outbox/(outbox\\.model|queue\\.property)';
const LIMIT_MS = 20 * 60_000;

const folder = await mkdtemp(join(tmpdir(), 'celltrail-mutations-'));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => (endPrograms(), process.exit(130)));
try {
  await copyProject();
  const whole = await played();
  if (whole.code !== 0)
    throw new Failure(
      'The models find faults without a mutation.',
      `Run: npm run model -- 400 100\n${whole.output.slice(-5000)}`
    );
  const wanted = MUTATIONS.filter(({ name }) => name.includes(process.argv[2] ?? ''));
  let caught = 0;
  for (const mutation of wanted) {
    const isCaught = await mutated(mutation, async () => (await played()).code !== 0);
    caught += Number(isCaught);
    console.log(`  ${isCaught ? 'caught' : 'MISSED'}  ${mutation.name}`);
  }
  console.log(`\n${caught} of ${wanted.length} mutations caught`);
  process.exitCode = caught === wanted.length ? 0 : 1;
} catch (error) {
  console.error(describeFailure(error));
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function copyProject() {
  const filter = path => !/[\\/](lib|node_modules)([\\/]|$)/.test(path.slice(ROOT.length));
  for (const name of COPIED) await cp(join(ROOT, name), join(folder, name), { recursive: true, filter });
  // Of the projects of Jest the browser's, with the extension's tests alone.
  const [browser] = jest.projects;
  const config = { ...browser, roots: ['<rootDir>/src'], testTimeout: LIMIT_MS };
  await writeFile(join(folder, 'jest.config.json'), JSON.stringify(config));
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
}

async function played() {
  const env = {
    ...process.env,
    CELLTRAIL_MODEL_RUNS: '150',
    CELLTRAIL_MODEL_COMMANDS: '80',
    CELLTRAIL_PROPERTY_RUNS: '400'
  };
  const call = ['jest', '--config=jest.config.json', '--bail', TESTS];
  const { code, output } = await runProgram('npx', call, { cwd: folder, env, limitMs: LIMIT_MS });
  // One that does not compile would be caught by no model.
  if (/Syntax Error|Cannot find module|No tests found/.test(output))
    throw new Failure('The copy does not run.', output.slice(-3000));
  return { code, output };
}

async function mutated({ name, file, from, to }, work) {
  const path = join(folder, 'src', 'outbox', file);
  const whole = await readFile(path, 'utf8');
  if (whole.split(from).length !== 2)
    throw new Failure(`${file} has not one place for “${name}”.`, 'Mend scripts/mutations/list.mjs.');
  await writeFile(
    path,
    whole.replace(from, () => to)
  );
  try {
    return await work();
  } finally {
    await writeFile(path, whole);
  }
}
