// `npm run model -- [runs] [commands]`: plays the outbox's model and the queue's as often as asked, 10,000 runs of 200
// commands each by default.
import { ROOT } from './places.mjs';
import { endPrograms, runProgram } from './programs.mjs';

const [runs = '10000', commands = '200'] = process.argv.slice(2);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => (endPrograms(), process.exit(130)));
const env = {
  ...process.env,
  CELLTRAIL_PROPERTY_RUNS: runs,
  // Half with Web Locks, half without.
  CELLTRAIL_MODEL_RUNS: String(Math.ceil(Number(runs) / 2)),
  CELLTRAIL_MODEL_COMMANDS: commands
};
const tests = '--testPathPatterns=src/outbox/(outbox\\.model|queue\\.property)';
const call = ['jest', '--selectProjects=browser', '--verbose', tests];
const { code } = await runProgram('npx', call, { cwd: ROOT, env, show: true });
process.exitCode = code;
