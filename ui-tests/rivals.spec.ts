import { expect, test } from '@playwright/test';
import { NOT_PLAYED } from './fidelity/rivals/not-played.js';
import { rivals } from './fidelity/rivals/recorders.js';
import { ALL } from './fidelity/scenarios/index.js';
import { Suite } from './fidelity/suite.js';
import { leave } from './fidelity/verdicts.js';

// The same scenarios, truth and judge as fidelity.spec.ts; what is found is a figure here, not a failure.
// Nothing is judged by how long a scenario takes to play, so a busy machine may take its time.
test.describe.configure({ mode: 'parallel', timeout: 300_000 });

const compared = rivals();
let suite: Suite | undefined;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  suite = await Suite.start(compared.start);
});

test.afterAll(async () => {
  if (!suite) return;
  const { project, workerIndex } = test.info();
  const notPlayed = [...NOT_PLAYED].map(([name, why]) => ({ name, why }));
  const order = ALL.map(({ name }) => name);
  const { unfinished } = suite;
  for (const { suite: name, kinds, rows } of compared.records) {
    const verdicts = suite.judgeAll(rows(suite.truth()));
    const found = [...verdicts].map(([name, verdict]) => ({ at: order.indexOf(name), name, verdict }));
    leave(project.outputDir, workerIndex, { suite: name, kinds, notPlayed, scenarios: found, unfinished });
  }
  await suite.stop();
});

for (const scenario of ALL.filter(({ name }) => !NOT_PLAYED.has(name))) {
  test(scenario.name, async ({ browser }) => {
    const { executions } = await suite!.play(scenario, browser);
    expect(executions, 'the scenario ran something').toBeGreaterThan(0);
  });
}

test('what is not played is a scenario', () => {
  const names = new Set(ALL.map(({ name }) => name));
  expect([...NOT_PLAYED.keys()].filter(name => !names.has(name))).toEqual([]);
});
