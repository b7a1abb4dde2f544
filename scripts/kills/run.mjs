import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { typescript } from '../../bench/parts/typescript.mjs';
import { buildStand } from './stand.mjs';
import { killDatabase, killReplica, killServers } from './victims.mjs';

const { seeded } = await typescript('../../ui-tests/chaos/dice.ts');
const { judge } = await typescript('../../ui-tests/chaos/judge.ts');

/** How long everything may take to be answered for when nothing is killed any more, ms. */
const DRAIN_MS = 60_000;

/** What a process handed to the system outlives it on a disk or off it, so the files lie where nothing waits. */
const MEMORY = ['/dev/shm'].find(existsSync);

const KILLS = { server: killServers, replica: killReplica, database: killDatabase };

/** What can be killed. */
export const VICTIMS = Object.keys(KILLS);

/**
 * @typedef {{ seconds: number, tally: import('./victims.mjs').Tally, made: number, acknowledged: number, repeated:
 * number, acknowledgedLost: string[], verdict: import('../../ui-tests/chaos/judge.ts').Verdict, missing: string[],
 * folder: string }} Found
 * `made` and `acknowledged` count events; `repeated` those that came again although they had been committed: their
 * answers were lost; `missing` names pages of which the server itself says that events did not come.
 */

/**
 * Kills under load, lets everything arrive, and compares. Leaves nothing running; the logs stay where something is wrong.
 * @param {import('./options.mjs').Asked & { signal: AbortSignal, onKill?: (count: number) => void }} options
 * @returns {Promise<Found>}
 */
export async function runKills({ victim, times, seed, postgres, signal, onKill = () => {} }) {
  const folder = mkdtempSync(join(MEMORY ?? tmpdir(), 'celltrail-kills-'));
  chmodSync(folder, 0o755); // Postgres 15 may run as a user of its own
  const ends = [];
  let found = null;
  try {
    const stand = await buildStand({ postgres, seed }, folder, ends);
    const late = new AbortController();
    const clients = stand.clients.map(client => client.run(late.signal));
    const begun = performance.now();
    const tally = await KILLS[victim](stand, { times, dice: seeded(seed), signal, onKill });
    const seconds = (performance.now() - begun) / 1000;
    await drain(stand, clients, late);
    found = { seconds, tally, folder, ...(await compare(stand)) };
    return found;
  } finally {
    for (const end of ends.reverse()) await end();
    if (found && !faultsOf(found).length) rmSync(folder, { recursive: true, force: true });
  }
}

/** What is wrong with what was found; empty: nothing. @param {Found} found @returns {string[]} */
export function faultsOf({ acknowledgedLost, verdict, missing }) {
  const { lost, doubled, waiting, wrong } = verdict;
  const lists = { 'acknowledged and lost': acknowledgedLost, lost, doubled, waiting, wrong, missing };
  return Object.entries(lists).flatMap(([what, names]) => names.map(name => `${what}: ${name}`));
}

async function drain({ clients, engine, servers }, running, late) {
  await engine.untilUp();
  await Promise.all(servers.map(({ process }) => process.untilReady()));
  for (const client of clients) client.quiet();
  const timer = setTimeout(() => late.abort(), DRAIN_MS);
  await Promise.all(running);
  clearTimeout(timer);
}

async function compare({ recorder, engine, clients }) {
  const verdict = await judge(recorder, engine, clients.map(client => client.contents())); // prettier-ignore
  const settled = new Set([...recorder.pages.values()].flatMap(({ page, settled }) => [...settled].map(seq => `${page} ${seq}`))); // prettier-ignore
  // Each is named by its page and its number, with more words behind.
  const acknowledgedLost = verdict.lost.filter(name => settled.has(name.split(' (')[0]));
  const repeated = clients.reduce((sum, { answers }) => sum + answers.duplicate, 0);
  const missing = await engine.query(
    `SELECT page_id || ' ' || arrived AS page FROM page_sequences
      WHERE NOT arrived @> int8range(1, greatest(told, upper(arrived) - 1) + 1)`
  );
  return { made: recorder.count, acknowledged: recorder.settledCount, repeated, acknowledgedLost, verdict, missing: missing.map(({ page }) => page) }; // prettier-ignore
}
