// `npm run kills`: see docs/delivery.md. Wants the server built.
import { describeFailure } from './failure.mjs';
import { parseOptions } from './kills/options.mjs';
import { describeKills } from './kills/report.mjs';
import { faultsOf, runKills } from './kills/run.mjs';
import { writeParts } from './marked.mjs';

/** Kills between two lines of progress. */
const STEP = 50;

process.exitCode = await main(process.argv.slice(2)).catch(error => {
  console.error(describeFailure(error));
  return 2;
});

async function main(args) {
  const options = parseOptions(args);
  const given = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(name, () => {
      // Who asks twice does not want to wait for the comparison.
      if (given.signal.aborted) process.exit(130);
      given.abort();
    });
  }
  const began = performance.now();
  const onKill = count => {
    if (count % STEP === 0) console.error(`${count} kills, ${Math.round((performance.now() - began) / 1000)} s`);
  };
  const found = await runKills({ ...options, signal: given.signal, onKill });
  const text = describeKills(options, found);
  console.log(text);
  const faults = faultsOf(found);
  for (const fault of faults.slice(0, 40)) console.error(fault);
  if (faults.length) console.error(`${faults.length} faults; the logs are in ${found.folder}`);
  else if (options.write && !given.signal.aborted)
    writeParts('docs/delivery.md', { [`kills-${options.victim}-${options.postgres}`]: text });
  return Number(faults.length > 0);
}
