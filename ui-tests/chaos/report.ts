import { type Tally } from './lanes.js';
import { type Verdict } from './judge.js';

/** A run as it is told of. */
export interface Run {
  command: string;
  engine: string;
  /** with faults, s */
  seconds: number;
  browsers: number;
  tallies: readonly Tally[];
  verdict: Verdict;
  /** how long the outboxes took to be empty after the last fault, s; null: they are not */
  drainSeconds: number | null;
  /** how often a server ended although nobody ended it */
  accidents: number;
}

/** What is wrong with a run; empty: nothing. */
export function faultsOf({ verdict, drainSeconds, tallies }: Run): string[] {
  const { lost, doubled, waiting, wrong } = verdict;
  const never = tallies.filter(({ fired, unfit }) => fired === 0 && unfit === null).map(({ fault }) => fault.name);
  return [
    ...lost.map(name => `lost: ${name}`),
    ...doubled.map(name => `doubled: ${name}`),
    ...wrong.map(name => `wrong: ${name}`),
    ...(drainSeconds === null ? [`not drained: ${waiting.length} events wait`] : []),
    ...never.map(name => `never fired: ${name}`)
  ];
}

/** A run as test cases: every kind of fault is one, and so is the comparison at the end. */
export function countOf(run: Run): { passed: number; failed: number; skipped: number } {
  const wrong = faultsOf(run).length;
  const fired = run.tallies.filter(tally => tally.fired > 0).length;
  const skipped = run.tallies.filter(({ unfit }) => unfit !== null).length;
  return { passed: fired + Number(wrong === 0), failed: wrong, skipped };
}

/** A run as Markdown, for the terminal and for docs/delivery.md. */
export function describeRun(run: Run): string {
  const { verdict, tallies, drainSeconds } = run;
  const fired = tallies.filter(tally => tally.fired > 0);
  const faults = fired.reduce((sum, tally) => sum + tally.fired, 0);
  const least = Math.min(...fired.map(tally => tally.fired));
  const recoveries = tallies.flatMap(tally => tally.recoveries);
  const { events, stored } = verdict.inMemoryOnly;
  const rows = [
    ['events captured', whole(verdict.captured)],
    ['faults', `${whole(faults)} of ${fired.length} kinds, each at least ${least} times`],
    ['**lost**', `**${whole(verdict.lost.length)}**`],
    ['**doubled**', `**${whole(verdict.doubled.length)}**`],
    ['bad events, refused and kept', whole(verdict.refused)],
    ['still in an outbox', whole(verdict.waiting.length)],
    ['wrongly refused or wrongly stored', whole(verdict.wrong.length)],
    ['in the memory of a killed process only, not owed', `${whole(events)}, ${whole(stored)} of them stored`],
    ['longest recovery after a fault, with the faults beside it', recoveries.length ? seconds(Math.max(...recoveries)) : '–'], // prettier-ignore
    ['all outboxes empty after the last fault', drainSeconds === null ? 'no' : `${drainSeconds.toFixed(1)} s`],
    ['a server ended by itself', `${run.accidents} times`]
  ];
  const title = `\`${run.command}\`: Postgres ${run.engine}, ${run.browsers} browsers, ${Math.round(run.seconds)} s of faults.`;
  return [title, '', table(['what', 'figure'], rows), '', table(['fault', 'fired', 'longest recovery'], kinds(tallies))].join('\n'); // prettier-ignore
}

function kinds(tallies: readonly Tally[]): string[][] {
  return tallies.map(({ fault, fired, recoveries, unfit, failures }) => {
    const count = unfit === null ? whole(fired) : `0: ${unfit}`;
    const failed = failures.length ? ` (${failures.length} could not be brought about)` : '';
    return [fault.name, count + failed, recoveries.length ? seconds(Math.max(...recoveries)) : '–'];
  });
}

/** A table of Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n');
}

const whole = (value: number): string => value.toLocaleString('en-US');
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
