import { countOf, describeRun, faultsOf } from './report.js';
import { runChaos } from './run.js';
import { parseOptions } from './options.js';

/** How a run ended. */
export interface Outcome {
  /** 0 only when nothing was lost, doubled or wrong */
  code: number;
  /** the figures and where they belong in docs/delivery.md; null: nobody asked for it, or they are not to be told */
  write: { part: string; text: string } | null;
  /** of test cases, one per kind of fault and one for the comparison; null: it did not get so far */
  count: { passed: number; failed: number; skipped: number } | null;
}

/** `npm run chaos`. @param args of the command line */
export async function main(args: readonly string[]): Promise<Outcome> {
  const options = parseOptions(args);
  if ('wrong' in options) {
    console.error(options.wrong);
    return { code: 2, write: null, count: null };
  }
  const ends: (() => unknown)[] = [];
  const given = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      // Who asks twice does not want to wait until everything is healed and compared.
      if (given.signal.aborted) process.exit(130);
      given.abort();
      console.error(`\nInterrupted by ${name}: healing, comparing, cleaning up.`);
    });
  }
  try {
    const run = await runChaos({ ...options, signal: given.signal, say: line => options.quiet || console.log(line) }, ends); // prettier-ignore
    console.log(`\n${describeRun(run)}\n`);
    const faults = faultsOf(run);
    for (const fault of faults.slice(0, 40)) console.error(fault);
    if (faults.length > 40) console.error(`… and ${faults.length - 40} more`);
    const count = countOf(run);
    if (faults.length) return { code: 1, write: null, count };
    const write = options.write && !given.signal.aborted;
    return { code: 0, write: write ? { part: `chaos-${run.engine}`, text: describeRun(run) } : null, count };
  } finally {
    for (const end of ends.splice(0).reverse()) await end();
  }
}
