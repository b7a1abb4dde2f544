import { expect, test } from '@playwright/test';
import { faults } from './compare.js';
import { type StartRecorder } from './recorder.js';
import { type Scenario } from './scenario.js';
import { Suite } from './suite.js';
import { leave } from './verdicts.js';

/** What `npm test` plays, so that it stays quick; `npm test -- whole` plays them all. */
const QUICK = new Set([
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
]);

/**
 * Makes a test of each scenario, to be called at the top of a spec or of a `describe`. Each worker has an installation
 * of its own, so scenarios may be played side by side.
 * @param name of the table that what was found goes into
 * @param start of the Lab that they are played in, ours by default
 */
export function playAll(name: string, scenarios: readonly Scenario[], start?: StartRecorder): void {
  const played = process.env['FIDELITY'] === 'all' ? scenarios : scenarios.filter(one => QUICK.has(one.name));
  if (!played.length) return;
  const order = scenarios.map(one => one.name);
  let suite: Suite | undefined;

  test.beforeAll(async () => {
    test.setTimeout(180_000);
    suite = await Suite.start(start);
  });

  // What was right when its scenario ended must still be right when all have: nothing came too late, nothing changed.
  test.afterAll(async () => {
    if (!suite) return;
    const verdicts = suite.judgeAll();
    await suite.stop();
    const found = [...verdicts].map(([scenario, verdict]) => ({
      at: order.indexOf(scenario),
      name: scenario,
      verdict
    }));
    const { project, workerIndex } = test.info();
    leave(project.outputDir, workerIndex, { suite: name, scenarios: found, unfinished: suite.unfinished });
    expect(found.flatMap(one => faults(one.verdict).map(fault => `${one.name}: ${fault}`))).toEqual([]);
  });

  for (const scenario of played) {
    test(scenario.name, async ({ browser }) => {
      const verdict = await suite!.play(scenario, browser);
      expect(faults(verdict)).toEqual([]);
      expect(verdict.executions, 'the scenario ran something').toBeGreaterThan(0);
    });
  }
}
