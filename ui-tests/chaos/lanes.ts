import { setTimeout as sleep } from 'node:timers/promises';
import { type Dice } from './dice.js';
import { type Fault, type Stand } from './fault.js';
import { type Profile } from './profile.js';

/** What became of one kind of fault. */
export interface Tally {
  fault: Fault;
  fired: number;
  /** from a fault's end to the answer to an event captured after it, in every profile, ms */
  recoveries: number[];
  /** times it could not be brought about, with the reason */
  failures: string[];
  /** why it can't be had here; null: it can */
  unfit: string | null;
}

/** How a lane goes on. */
export interface Pace {
  /** pauses between two faults, ms, least and most */
  pauseMs: readonly [number, number];
  /** no fault lasts longer, ms */
  mostHoldMs: number;
  /** each kind once and no more */
  once: boolean;
  /** no fault begins after it, by the monotonic clock */
  endsAt: number;
  /** ends at once when it is aborted */
  signal: AbortSignal;
  say: (line: string) => void;
}

/** How long a lane takes to play each of these once, with such pauses between them, ms, on average. */
export function roundMs(faults: readonly Fault[], [least, most]: Pace['pauseMs']): number {
  return holdMs(faults) + faults.length * ((least + most) / 2);
}

/**
 * The pauses with which a lane takes so long to play each of these once. Lanes with few kinds rest longer: no kind is
 * much more frequent than another, and now and then no lane has a fault and something gets through.
 */
export function pausesFor(faults: readonly Fault[], wantedMs: number): Pace['pauseMs'] {
  const pauseMs = Math.max(0, wantedMs - holdMs(faults)) / faults.length;
  return [Math.round(0.4 * pauseMs), Math.round(1.6 * pauseMs)];
}

function holdMs(faults: readonly Fault[]): number {
  return faults.reduce((sum, { holdMs: [least, most] }) => sum + (least + most) / 2, 0);
}

/** Rounds of a lane that plays each kind once: a fault may keep another from being brought about. */
const MOST_ROUNDS = 4;

/**
 * Plays the faults of one lane until the end: every kind has its turn in a shuffled round before any has its next, so
 * that those that take long are not rarer than the others.
 */
export async function playLane(
  tallies: readonly Tally[],
  stand: Stand,
  profile: Profile,
  dice: Dice,
  pace: Pace
): Promise<void> {
  const isOver = (): boolean => pace.signal.aborted || performance.now() > pace.endsAt;
  for (let round = 0; ; round++) {
    const due = pace.once && round > 0 ? tallies.filter(({ fired }) => fired === 0) : tallies;
    if (due.length === 0 || (pace.once && round === MOST_ROUNDS)) return;
    for (const tally of dice.shuffle(due)) {
      if (isOver()) return;
      await play(tally, stand, profile, dice, pace);
      await pause(dice.whole(...pace.pauseMs), pace.signal);
    }
  }
}

async function play(tally: Tally, stand: Stand, profile: Profile, dice: Dice, pace: Pace): Promise<void> {
  const { fault } = tally;
  const where = fault.lane === 'browser' ? ` (${profile.name})` : '';
  try {
    if (fault.lane === 'database') await stand.engine.untilUp();
    const heal = await fault.inject(stand, profile);
    tally.fired += 1;
    const begun = performance.now();
    pace.say(`${fault.name}${where}`);
    await pause(Math.min(pace.mostHoldMs, dice.whole(...fault.holdMs)), pace.signal);
    await heal();
    pace.say(`  over: ${fault.name}${where}, ${((performance.now() - begun) / 1000).toFixed(1)} s`);
    const names = fault.lane === 'browser' ? [profile.name] : stand.profiles.map(({ name }) => name);
    void stand.recorder.recovery(names).then(ms => tally.recoveries.push(ms));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    tally.failures.push(reason);
    pace.say(`  FAILED: ${fault.name}${where}: ${reason}`);
  }
}

// Ends early when the run is given up; the fault is healed all the same.
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch((error: Error) => {
    if (error.name !== 'AbortError') throw error;
  });
}
