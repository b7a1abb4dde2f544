import { expect, test } from '@playwright/test';
import { faults } from './fidelity/compare.js';
import { ALL } from './fidelity/scenarios/index.js';
import { Suite } from './fidelity/suite.js';
import { leave } from './fidelity/verdicts.js';

/** What `npm test` plays, so that it stays quick; `npm run fidelity` and CI play them all. */
const QUICK = [
  'single runs',
  'Run All, each cell its own time',
  'a long queue and its waiting time',
  'a failure in the middle of Run All',
  'raises-exception goes on',
  'editing the cell while it runs',
  'deleting the cell while it runs',
  'editing a cell that waits in the queue',
  'hundreds of cells in quick succession',
  'every plane, bidi marks, NUL',
  'interrupt',
  'the same notebook in two tabs of one browser',
  'a code console'
];
const scenarios = process.env['FIDELITY'] === 'all' ? ALL : ALL.filter(({ name }) => QUICK.includes(name));

// Each worker has an installation of its own, so scenarios may be played side by side.
test.describe.configure({ mode: 'parallel' });

let suite: Suite | undefined;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  suite = await Suite.start();
});

// What was right when its scenario ended must still be right when all have: nothing came too late, nothing changed.
test.afterAll(async () => {
  if (!suite) return;
  const verdicts = suite.judgeAll();
  await suite.stop();
  const order = ALL.map(({ name }) => name);
  const found = [...verdicts].map(([name, verdict]) => ({ at: order.indexOf(name), name, verdict }));
  const { project, workerIndex } = test.info();
  leave(project.outputDir, workerIndex, { suite: 'fidelity', scenarios: found });
  expect(found.flatMap(({ name, verdict }) => faults(verdict).map(fault => `${name}: ${fault}`))).toEqual([]);
});

for (const scenario of scenarios) {
  test(scenario.name, async ({ browser }) => {
    const verdict = await suite!.play(scenario, browser);
    expect(faults(verdict)).toEqual([]);
    expect(verdict.executions, 'the scenario ran something').toBeGreaterThan(0);
  });
}
