import { setTimeout as sleep } from 'node:timers/promises';
import { typescript } from '../../bench/parts/typescript.mjs';

const { signal } = await typescript('../../ui-tests/chaos/processes.ts');

/** How long a victim lives once it answers, ms. */
const LIFE_MS = [0, 250];
/** One kill in so many meets what has not recovered from the last one. */
const EARLY = 6;
/** When that comes after the last kill, ms. */
const EARLY_MS = [0, 1_500];

/**
 * @typedef {{ kinds: Record<string, number>, loaded: number, recoveries: number[] }} Tally
 * What was killed and how often, with how many requests unanswered at that moment, and how long until a batch that
 * was sent after the kill was answered for, ms.
 * @typedef {{ times: number, dice: import('../../ui-tests/chaos/dice.ts').Dice, signal: AbortSignal, onKill:
 * (count: number) => void }} Options
 */

const emptyTally = () => ({ kinds: {}, loaded: 0, recoveries: [] });

/** How many kills there were. @param {Tally} tally @returns {number} */
export const killsOf = ({ kinds }) => Object.values(kinds).reduce((sum, count) => sum + count, 0);

/**
 * Kills servers, each when its time has come, until there were so many kills. The private Postgres of one lives on.
 * @param {import('./stand.mjs').Stand} stand
 * @param {Options} options
 * @returns {Promise<Tally>}
 */
export async function killServers({ servers, pulse }, options) {
  const tally = emptyTally();
  await Promise.all(servers.map(target => killOften(target, tally, options, () => pulse.next(target))));
  return tally;
}

/**
 * Kills the second server only; the first goes on answering.
 * @param {import('./stand.mjs').Stand} stand
 * @param {Options} options
 * @returns {Promise<Tally>}
 */
export async function killReplica({ servers, pulse }, options) {
  const tally = emptyTally();
  await killOften(servers[1], tally, options, () => pulse.next(null));
  return tally;
}

async function killOften(target, tally, { times, dice, signal: given, onKill }, recovery) {
  let kind = 'server that answers';
  await sleep(dice.whole(...LIFE_MS));
  while (killsOf(tally) < times && !given.aborted) {
    note(tally, kind, target.inFlight);
    onKill(killsOf(tally));
    await target.process.end('SIGKILL');
    const answers = recovery();
    const ready = target.process.start();
    if (killsOf(tally) < times && dice.whole(1, EARLY) === 1) {
      kind = 'server that starts';
      await Promise.race([ready, sleep(dice.whole(...EARLY_MS))]);
      continue;
    }
    kind = 'server that answers';
    tally.recoveries.push(await answers);
    await ready;
    await sleep(dice.whole(...LIFE_MS));
  }
}

/**
 * Kills the postmaster or one of its backends, so many times.
 * @param {import('./stand.mjs').Stand} stand
 * @param {Options} options
 * @returns {Promise<Tally>}
 */
export async function killDatabase({ engine, servers, pulse }, { times, dice, signal: given, onKill }) {
  const tally = emptyTally();
  for (let count = 1; count <= times && !given.aborted; count++) {
    const { pid, kind } = await untilFound(() => chooseProcess(engine, dice));
    onKill(count);
    note(tally, kind, servers.reduce((sum, { inFlight }) => sum + inFlight, 0)); // prettier-ignore
    signal(pid, 'SIGKILL');
    const answers = pulse.next(null);
    if (kind === 'postmaster') await engine.revive();
    if (count < times && dice.whole(1, EARLY) === 1) {
      await sleep(dice.whole(...EARLY_MS) / 4);
      continue;
    }
    tally.recoveries.push(await answers);
    await sleep(dice.whole(...LIFE_MS));
  }
  return tally;
}

/** @returns a process of the database; null while it has none of the chosen kind */
function chooseProcess(engine, dice) {
  const postmaster = engine.postmaster();
  if (postmaster === null) return null;
  if (dice.whole(0, 1)) return { pid: postmaster, kind: 'postmaster' };
  const backends = engine.backends();
  return backends.length ? { pid: dice.pick(backends), kind: 'backend' } : null;
}

async function untilFound(find) {
  for (let found = find(); ; found = find()) {
    if (found) return found;
    await sleep(10);
  }
}

function note(tally, kind, inFlight) {
  tally.kinds[kind] = (tally.kinds[kind] ?? 0) + 1;
  if (inFlight) tally.loaded += 1;
}
