import { Failure } from '../failure.mjs';

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Count
 * How many test cases went which way.
 */

/**
 * What Jest's `--json` says. A file that could not be run counts as one failure.
 * @param {string} text
 * @returns {Count}
 */
export function countJest(text) {
  const report = JSON.parse(text);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests
  };
}

/**
 * What Playwright's JSON reporter says. One that passed at a second try has not passed.
 * @param {string} text
 * @returns {Count}
 */
export function countPlaywright(text) {
  const { stats, errors = [] } = JSON.parse(text);
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped };
}

/**
 * What a JUnit file says, as pytest and Node's runner write it.
 * @param {string} text
 * @returns {Count}
 */
export function countJunit(text) {
  if (!/<testsuites?\b/.test(text)) throw new Failure('A test report is no JUnit file.', 'Run the part by itself.');
  const cases = text.match(/<testcase\b[^>]*?(\/>|>[\s\S]*?<\/testcase>)/g) ?? [];
  const failed = cases.filter(one => /<(failure|error)\b/.test(one)).length;
  const skipped = cases.filter(one => !/<(failure|error)\b/.test(one) && /<skipped\b/.test(one)).length;
  return { passed: cases.length - failed - skipped, failed, skipped };
}

/**
 * The sum of several counts.
 * @param {Count[]} counts
 * @returns {Count}
 */
export function sum(counts) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const count of counts) for (const key of Object.keys(total)) total[key] += count[key];
  return total;
}

/**
 * The closing line: `N passed, N failed`, and how many were skipped where some were.
 * @param {Count} count
 * @returns {string}
 */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;
}
