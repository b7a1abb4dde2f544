import { table } from '../marked.mjs';
import { totals } from './tables.mjs';

/** @typedef {import('./tables.mjs').Findings} Findings */

/**
 * How often each scenario was without a fault: one that is right nine times of ten is wrong.
 * @param {Findings[]} runs of one suite, one after the other
 * @returns {{ name: string, right: number, played: number }[]} in the suite's order
 */
export function timesRight(runs) {
  const counts = new Map();
  for (const run of runs) {
    for (const scenario of run.scenarios) {
      const known = counts.get(scenario.name) ?? { name: scenario.name, right: 0, played: 0 };
      const { right } = totals({ ...run, scenarios: [scenario] });
      counts.set(scenario.name, { ...known, right: known.right + right, played: known.played + 1 });
    }
  }
  return [...counts.values()];
}

/**
 * What several runs came to, in words and, where a scenario was not right each time or not played each time, its line.
 * @param {Findings[]} runs
 * @returns {string} Markdown
 */
export function timesTable(runs) {
  const scenarios = timesRight(runs);
  const odd = scenarios.filter(({ right, played }) => right < runs.length || played < runs.length);
  const executions = runs.reduce((sum, run) => sum + totals(run).executions, 0);
  const sentence = `Played ${runs.length} times in a row, ${executions} executions in all: ${scenarios.length - odd.length} of ${scenarios.length} scenarios without a fault every time.`;
  if (!odd.length) return sentence;
  return `${sentence}\n\n${table(
    ['scenario', 'played', 'without a fault'],
    odd.map(({ name, played, right }) => [name, played, right])
  )}`;
}
