import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timesRight, timesTable } from './times.mjs';

const verdict = missing => ({ executions: 3, rows: 3, missing, phantom: [] });
const run = scenarios => ({
  suite: 'ours',
  kinds: ['missing', 'phantom'],
  scenarios: Object.entries(scenarios).map(([name, missing], at) => ({ at, name, verdict: verdict(missing) }))
});

test('a scenario that was wrong once is told with how often it was right', () => {
  const runs = [run({ one: [], two: [] }), run({ one: [], two: ['a run'] })];
  assert.deepEqual(timesRight(runs), [
    { name: 'one', right: 2, played: 2 },
    { name: 'two', right: 1, played: 2 }
  ]);
  assert.match(timesTable(runs), /2 times in a row, 12 executions in all: 1 of 2 scenarios/);
  assert.match(timesTable(runs), /\| two \| 2 \| 1 \|/);
});

test('a scenario that was not played each time does not count as right each time', () => {
  assert.match(timesTable([run({ one: [] }), run({ one: [], two: [] })]), /\| two \| 1 \| 1 \|/);
});
