import { table } from '../marked.mjs';
import { KINDS, totals } from './tables.mjs';

/**
 * @typedef {import('./tables.mjs').Findings} Findings
 * @typedef {{ day: string, commit: string, played: number, executions: number, wrong: Record<string, string[]> }} Run
 * One play of the whole suite: `wrong` is by scenario what was found.
 */

/** What is kept of a scenario that was not played to its end, be that a fault of ours or of the yardstick. */
const BROKE_OFF = 'it broke off';

/**
 * What is kept of a play.
 * @param {Findings} findings of all its suites
 * @param {{ day: string, commit: string }} when
 * @returns {Run}
 */
export function runOf(findings, { day, commit }) {
  const wrong = findings.scenarios.flatMap(({ name, verdict }) => {
    const faults = KINDS.flatMap(kind => (verdict[kind] ?? []).map(fault => `${kind}: ${fault}`));
    return faults.length ? [[name, faults]] : [];
  });
  const of = Object.fromEntries(wrong);
  for (const name of findings.unfinished ?? []) of[name] = [...(of[name] ?? []), BROKE_OFF];
  const { executions } = totals(findings);
  return { day, commit, played: findings.scenarios.length, executions, wrong: of };
}

/**
 * All plays in words, and a line for each: a scenario that is right nine times of ten is wrong.
 * @param {Run[]} runs one after the other
 * @returns {string} Markdown
 */
export function timesTable(runs) {
  const executions = runs.reduce((sum, run) => sum + run.executions, 0);
  const right = runs.findLastIndex(({ wrong }) => Object.keys(wrong).length > 0);
  const sentence = `Played ${runs.length} times, ${executions} executions in all; the last ${runs.length - 1 - right} of them without a fault.`;
  const rows = runs.map(({ day, commit, played, wrong }) => [
    day,
    commit,
    played,
    Object.entries(wrong)
      .map(([name, faults]) => `*${name}*: ${faults.length}`)
      .join('; ') || '0'
  ]);
  return `${sentence}\n\n${table(['day', 'commit', 'scenarios', 'faults'], rows)}`;
}
