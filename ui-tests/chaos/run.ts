import { setTimeout as sleep } from 'node:timers/promises';
import { seeded } from './dice.js';
import { type Engine } from './engine.js';
import { type Fault, type LaneName, type Stand } from './fault.js';
import { BROWSER_FAULTS } from './faults/browser.js';
import { DATABASE_FAULTS } from './faults/database.js';
import { NETWORK_FAULTS } from './faults/network.js';
import { SERVER_FAULTS } from './faults/server.js';
import { WIRE_FAULTS } from './faults/wire.js';
import { judge } from './judge.js';
import { pausesFor, playLane, roundMs, type Pace, type Tally } from './lanes.js';
import { type Run } from './report.js';
import { buildStand } from './stand.js';

/** Every kind of fault. */
export const FAULTS: readonly Fault[] = [
  ...NETWORK_FAULTS,
  ...SERVER_FAULTS,
  ...WIRE_FAULTS,
  ...DATABASE_FAULTS,
  ...BROWSER_FAULTS
];

/** What a run of chaos is told. */
export interface ChaosOptions {
  command: string;
  minutes: number;
  seed: number;
  postgres: Engine['name'];
  browsers: number;
  /** events per second of all pages together */
  rate: number;
  /** every kind once, shortly, instead of for so many minutes */
  brief: boolean;
  /** names of kinds; empty: all */
  only: readonly string[];
  /** told of every fault as it comes */
  say: (line: string) => void;
  /** gives the run up; what was broken is healed first */
  signal: AbortSignal;
}

/** How long the outboxes may take to be empty, ms: longer than the longest back-off. */
const DRAIN_MS = 5 * 60_000;

/** Runs it. @returns what was found, and the folder of the logs when something was; nothing is left running */
export async function runChaos(options: ChaosOptions, ends: (() => unknown)[]): Promise<Run> {
  const dice = seeded(options.seed);
  const built = await buildStand({ ...options, dice }, ends);
  const { stand } = built;
  const chosen = FAULTS.filter(({ name }) => options.only.length === 0 || options.only.includes(name));
  const tallies = chosen.map((fault): Tally => ({ fault, fired: 0, recoveries: [], failures: [], unfit: fault.unfit?.(stand) ?? null })); // prettier-ignore
  const begun = performance.now();
  const pace: Pace = {
    pauseMs: options.brief ? [100, 600] : [1_000, 4_000],
    mostHoldMs: options.brief ? 2_000 : Infinity,
    once: options.brief,
    endsAt: options.brief ? Infinity : begun + options.minutes * 60_000,
    signal: options.signal,
    say: line => options.say(`${clock(begun)} ${line}`)
  };
  await playAll(tallies, stand, pace, options.seed);
  const seconds = (performance.now() - begun) / 1000;
  const drainSeconds = await drain(stand, options.signal);
  const outboxes = await Promise.all(stand.profiles.map(profile => profile.contents()));
  const verdict = await judge(stand.recorder, stand.engine, outboxes);
  const accidents = stand.servers.reduce((sum, server) => sum + server.accidents, 0);
  const { command, browsers, postgres } = options;
  const run = { command, engine: postgres, seconds, browsers, tallies, verdict, drainSeconds, accidents };
  const isWell = drainSeconds !== null && verdict.lost.length + verdict.doubled.length + verdict.wrong.length === 0;
  if (!isWell) options.say(`the logs and the truth are in ${built.folder}`);
  await built.end(!isWell);
  return run;
}

async function playAll(tallies: readonly Tally[], stand: Stand, pace: Pace, seed: number): Promise<void> {
  const of = (lane: LaneName): Tally[] => tallies.filter(({ fault, unfit }) => fault.lane === lane && unfit === null);
  const [first] = stand.profiles;
  const shared = (['network', 'server', 'wire', 'database'] as const).map(lane => ({ due: of(lane), profile: first! }));
  const own = stand.profiles.map(profile => ({ due: of('browser'), profile }));
  const lanes = [...shared, ...own].map(({ due, profile }) => ({
    due,
    profile,
    faults: due.map(({ fault }) => fault)
  }));
  const longestMs = Math.max(...lanes.map(({ faults }) => roundMs(faults, pace.pauseMs)));
  await Promise.all(
    lanes.map(async ({ due, profile, faults }, place) => {
      if (due.length === 0) return;
      const pauseMs = pace.once ? pace.pauseMs : pausesFor(faults, longestMs);
      await playLane(due, stand, profile, seeded(seed + 1 + place), { ...pace, pauseMs });
    })
  );
}

/** Lets everything that was captured reach the database. @returns how long it took, s; null when it did not */
async function drain(stand: Stand, signal: AbortSignal): Promise<number | null> {
  const begun = performance.now();
  await stand.engine.untilUp();
  await Promise.all(stand.servers.map(server => server.untilReady()));
  for (const profile of stand.profiles) {
    await profile.quiet();
    // The faults are over, and the browser tells its pages.
    await profile.tellOnline();
  }
  while (performance.now() - begun < DRAIN_MS && !signal.aborted) {
    const empty = await Promise.all(stand.profiles.map(profile => profile.isEmpty()));
    // What a page holds in memory is on its disk within a moment, or was answered.
    if (empty.every(Boolean) && everythingAnswered(stand)) return (performance.now() - begun) / 1000;
    await sleep(500);
  }
  return null;
}

function everythingAnswered({ profiles, recorder }: Stand): boolean {
  const live = new Set(profiles.flatMap(({ name, tabs }) => tabs.map(tab => `${name} ${tab.name}`)));
  const latest = new Map([...recorder.pages.values()].map(page => [`${page.profile} ${page.tab}`, page]));
  return [...latest].every(([tab, { events, settled }]) => !live.has(tab) || settled.size >= events.size);
}

function clock(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1).padStart(7)} s`;
}
