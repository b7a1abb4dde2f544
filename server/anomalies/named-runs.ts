import { setImmediate } from 'node:timers/promises';
import { type DayRun } from '../store/person-day.js';
import { type FirstUse } from '../store/first-uses.js';
import { MOST, type NamedRun } from './detector.js';
import { resolved } from './names/imports.js';
import { unread, type Reading } from './names/reading.js';
import { type Forbids } from './policy.js';

/** How long this goes on in one go, in ms: ingest wants the same thread. */
const TURN_MS = 5;
/** And in all, for one day: its transaction may say nothing for 40 s. Ordinary days take milliseconds. */
const DAY_MS = 15_000;
/** Of a kernel, `from … import *`: a name alone may come from each of them. */
const MOST_STARS = 20;
/** Names that those make of a code's. */
const MOST_MADE = 2_000;
/** Names of a day that first uses are told of, and characters of each that are kept. */
const MOST_USES = 10_000;
const LENGTH = 200;

/** A person's runs with what their codes name. */
export interface NamedDay {
  runs: NamedRun[];
  /** tables and hosts, each once */
  uses: FirstUse[];
}

/**
 * Says of each run what it names that is forbidden, and of all of them what they use.
 * @param runs of one person, in the order of time: what an import calls a thing holds for the rest of its kernel
 */
export async function nameRuns(
  runs: readonly DayRun[],
  readings: ReadonlyMap<string, Reading>,
  forbids: Forbids,
  clock: () => number = () => performance.now()
): Promise<NamedDay> {
  const kernels = new Map<string, Kernel>();
  const uses = new Uses();
  const named: NamedRun[] = [];
  const begin = clock();
  let began = begin;
  for (const run of runs) {
    const reading = began - begin < DAY_MS ? (readings.get(run.id) ?? NOTHING) : unread('too_slow');
    const kernel = kernels.get(run.kernel_id) ?? { aliases: new Map<string, string>(), stars: new Set<string>() };
    kernels.set(run.kernel_id, kernel);
    named.push({ ...run, ...nameRun(reading, kernel, forbids) });
    uses.add(reading.names, run.timestamp);
    if (clock() - began < TURN_MS) continue;
    await setImmediate();
    began = clock();
  }
  return { runs: named, uses: uses.list() };
}

function nameRun({ names, unread }: Reading, kernel: Kernel, forbids: Forbids): Pick<NamedRun, 'forbidden' | 'unread'> {
  const met = meet(kernel, names.aliases);
  const few = names.functions.length * kernel.stars.size <= MOST_MADE;
  const functions = resolved(names.functions, kernel.aliases, few ? [...kernel.stars] : []);
  return {
    forbidden: forbids({ ...names, functions }).slice(0, MOST),
    unread: unread ?? (met && few ? null : 'too_many_names')
  };
}

const NOTHING: Reading = { ...unread('failed'), unread: null };

/** What the imports of a kernel's codes call things so far. */
interface Kernel {
  aliases: Map<string, string>;
  stars: Set<string>;
}

/** Adds what a code's imports bind. @returns whether there was room for all of it */
function meet({ aliases, stars }: Kernel, bound: Reading['names']['aliases']): boolean {
  for (const [name, stands] of bound)
    if (name !== '*') aliases.set(name, stands);
    else if (stars.size < MOST_STARS) stars.add(stands);
  return bound.every(([name, stands]) => name !== '*' || stars.has(stands));
}

/**
 * Tables and hosts that codes use, and since when. Modules are left out: whoever opens another notebook imports
 * something new, and that says nothing of data.
 */
class Uses {
  private readonly found = new Map<string, FirstUse>();

  add({ tables, hosts }: Pick<Reading['names'], 'tables' | 'hosts'>, first_at: string): void {
    for (const name of tables) this.one('table', name.slice(0, LENGTH), first_at);
    for (const name of hosts) this.one('host', name.slice(0, LENGTH), first_at);
  }

  list(): FirstUse[] {
    return [...this.found.values()];
  }

  private one(kind: FirstUse['kind'], name: string, first_at: string): void {
    const key = `${kind} ${name}`;
    if (name && this.found.size < MOST_USES && !this.found.has(key)) this.found.set(key, { kind, name, first_at });
  }
}
