import { Failure } from '../failure.mjs';
import { table } from '../marked.mjs';

/** Kinds of faults, as the suite names them, in the tables' order. */
export const KINDS = [
  'missing',
  'phantom',
  'duplicate',
  'wrongCode',
  'wrongStatus',
  'wrongTime',
  'wrongError',
  'wrongContext'
];

/**
 * @typedef {{ executions: number, rows: number } & Record<string, string[]>} Verdict
 * @typedef {{ suite: string, kinds?: string[], notPlayed?: { name: string, why: string }[],
 *   scenarios: { at: number, name: string, verdict: Verdict }[], unfinished?: string[] }} Findings
 * What ui-tests/fidelity/verdicts.ts leaves: what one worker found, and which scenarios broke off.
 */

/**
 * What all workers found, by suite, its scenarios in the suite's order.
 * @param {Findings[]} parts
 * @returns {Map<string, Findings>}
 */
export function join(parts) {
  const suites = new Map();
  for (const part of parts) {
    const known = suites.get(part.suite);
    const scenarios = [...(known?.scenarios ?? []), ...part.scenarios].sort((a, b) => a.at - b.at);
    const unfinished = [...(known?.unfinished ?? []), ...(part.unfinished ?? [])];
    suites.set(part.suite, { ...part, scenarios, unfinished });
  }
  return suites;
}

/**
 * What the workers found, of all suites as one: the scenarios have names of their own.
 * @param {Findings[]} parts
 * @returns {Findings}
 */
export function together(parts) {
  const suites = [...join(parts).values()];
  return {
    suite: suites.map(({ suite }) => suite).join(', '),
    scenarios: suites.flatMap(({ scenarios }) => scenarios),
    unfinished: suites.flatMap(({ unfinished }) => unfinished)
  };
}

/**
 * @param {Findings} findings
 * @throws {Failure} when a scenario broke off: its line in a table would look right
 */
export function checkFinished({ suite, unfinished = [] }) {
  if (!unfinished.length) return;
  throw new Failure(`Of ${suite} did not come to their end: ${unfinished.join('; ')}.`, 'Run it anew.');
}

/**
 * Holds a comparison together: every scenario of ours was played on the other design, or is named with the reason.
 * @param {Findings} ours
 * @param {Findings} other
 * @throws {Failure} when one is missing on either side
 */
export function checkSameScenarios(ours, other) {
  const names = findings => new Set(findings.scenarios.map(({ name }) => name));
  const [played, compared] = [names(ours), names(other)];
  for (const { name } of other.notPlayed ?? []) compared.add(name);
  const odd = [...[...played].filter(name => !compared.has(name)), ...[...compared].filter(name => !played.has(name))];
  if (!odd.length) return;
  throw new Failure(
    `${other.suite} and ${ours.suite} were not played with the same scenarios: ${odd.join('; ')}.`,
    'Run both anew on the same tree: node scripts/test.mjs fidelity rivals'
  );
}

/**
 * A suite's table, a line per scenario; in bold what is wrong.
 * @param {Findings} findings
 * @returns {string} Markdown
 */
export function scenarioTable(findings) {
  const { scenarios } = findings;
  const kinds = kindsOf(findings);
  const rows = scenarios.map(({ name, verdict }) => [
    name,
    verdict.executions,
    verdict.rows,
    ...kinds.map(kind => figure(verdict[kind].length))
  ]);
  return table(['scenario', 'executions', 'rows', ...kinds.map(words)], rows);
}

/**
 * One line per design: the sums over all scenarios. What a design does not claim to know is left open.
 * @param {[title: string, findings: Findings][]} designs
 * @returns {string} Markdown
 */
export function summaryTable(designs) {
  const rows = designs.map(([title, findings]) => {
    const { scenarios } = findings;
    const kinds = kindsOf(findings);
    const { executions, rows: recorded, faults, right } = totals(findings);
    const figures = KINDS.map(kind => (kinds.includes(kind) ? figure(faults[kind]) : '–'));
    return [title, `${right} of ${scenarios.length}`, executions, recorded, ...figures];
  });
  return table(['recorder', 'scenarios without a fault', 'executions', 'rows', ...KINDS.map(words)], rows);
}

/**
 * A suite's sums: `faults` by kind, `right`: scenarios without a fault.
 * @param {Findings} findings
 * @returns {{ executions: number, rows: number, right: number, faults: Record<string, number> }}
 */
export function totals(findings) {
  const { scenarios } = findings;
  const kinds = kindsOf(findings);
  const sum = count => scenarios.reduce((total, { verdict }) => total + count(verdict), 0);
  return {
    executions: sum(verdict => verdict.executions),
    rows: sum(verdict => verdict.rows),
    right: scenarios.filter(({ verdict }) => kinds.every(kind => !verdict[kind].length)).length,
    faults: Object.fromEntries(kinds.map(kind => [kind, sum(verdict => verdict[kind].length)]))
  };
}

/**
 * The scenarios that were not played on the others, with the reason.
 * @param {{ name: string, why: string }[]} notPlayed
 * @returns {string} Markdown
 */
export function notPlayedList(notPlayed) {
  return notPlayed.length
    ? notPlayed.map(({ name, why }) => `- *${name}*: ${why}`).join('\n')
    : 'Every one was played.';
}

/** What was judged: what the suite says, else every kind that it has a list of. */
const kindsOf = ({ kinds, scenarios }) =>
  kinds ?? KINDS.filter(kind => scenarios.every(({ verdict }) => kind in verdict));

const words = kind => kind.replace(/[A-Z]/, letter => ` ${letter.toLowerCase()}`);
const figure = count => (count ? `**${count}**` : '0');
