// Writes the tables of docs/fidelity.md and the README's line from what `node scripts/test.mjs fidelity rivals` found.
import { readdirSync, readFileSync } from 'node:fs';
import { join as at } from 'node:path';
import { describeFailure, Failure } from './failure.mjs';
import {
  checkFinished,
  checkSameScenarios,
  join,
  notPlayedList,
  scenarioTable,
  summaryTable,
  together,
  totals
} from './fidelity/tables.mjs';
import { writeParts } from './marked.mjs';
import { ROOT } from './places.mjs';

/** Suites of ours that have no counterpart: other people's extensions and other people are there beside Celltrail. */
const BESIDE = ['beside other extensions', 'beside jupyter-server-nbmodel', 'people'];
const NAMES = {
  fidelity: 'Celltrail',
  'executed-only': '`executed` alone, the kernel’s stamps from Lab’s cell metadata',
  'executed-only-clock': '`executed` alone, the page’s clock',
  'jupyter-cell-logger': 'jupyter-cell-logger 0.2.0 (code only)'
};

try {
  const suites = join([...read('fidelity'), ...read('rivals')]);
  const all = Object.keys(NAMES).map(name => suites.get(name) ?? lacking(name));
  const [ours, ...others] = all;
  for (const findings of suites.values()) checkFinished(findings);
  const beside = together(BESIDE.map(name => suites.get(name) ?? lacking(name)));
  for (const other of others) checkSameScenarios(ours, other);
  writeParts('docs/fidelity.md', {
    summary: summaryTable(all.map(findings => [NAMES[findings.suite], findings])),
    ...Object.fromEntries(all.map(findings => [findings.suite, scenarioTable(findings)])),
    beside: scenarioTable(beside),
    'not-played': notPlayedList(others[0].notPlayed ?? [])
  });
  writeParts('README.md', { fidelity: headline(together([ours, beside]), others[0], others[2]) });
} catch (error) {
  console.error(describeFailure(error));
  process.exitCode = 1;
}

function read(project) {
  const folder = at(ROOT, 'ui-tests', 'results', project, 'verdicts');
  try {
    return readdirSync(folder).map(file => JSON.parse(readFileSync(at(folder, file), 'utf8')));
  } catch (error) {
    if (error.code === 'ENOENT') lacking(project);
    throw error;
  }
}

function lacking(name) {
  throw new Failure(`There are no results of ${name}.`, 'Run first: node scripts/test.mjs fidelity rivals');
}

/** The README's line. */
function headline(ours, executed, logger) {
  const { right, executions, faults } = totals(ours);
  const count = Object.values(faults).reduce((sum, of) => sum + of, 0);
  const played = `${ours.scenarios.length} scenarios in a real JupyterLab, ${executions} executions: ${right} scenarios without a fault, ${count} faults in all`;
  const them = `\`NotebookActions.executed\` alone: ${totals(executed).right} of ${executed.scenarios.length}, ${totals(executed).faults.missing} executions missing; jupyter-cell-logger: ${totals(logger).right} of ${logger.scenarios.length}, judged by code alone`;
  return `- [How faithful it is](docs/fidelity.md), measured: ${played}. ${them}.`;
}
