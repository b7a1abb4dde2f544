import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runOf, timesTable } from './times.mjs';

const verdict = missing => ({ executions: 3, rows: 3, missing, phantom: [] });
const run = scenarios =>
  runOf(
    {
      suite: 'ours',
      scenarios: Object.entries(scenarios).map(([name, missing], at) => ({ at, name, verdict: verdict(missing) }))
    },
    { day: '2026-11-29', commit: 'abc1234' }
  );

test('of a play is kept how much was played, and by scenario what was wrong', () => {
  assert.deepEqual(run({ one: [], two: ['a run'] }), {
    day: '2026-11-29',
    commit: 'abc1234',
    played: 2,
    executions: 6,
    wrong: { two: ['missing: a run'] }
  });
});

test('a scenario that broke off is wrong, whatever was found of it', () => {
  const broken = runOf(
    { suite: 'ours', scenarios: [{ at: 0, name: 'one', verdict: verdict([]) }], unfinished: ['one', 'two'] },
    { day: '2026-11-30', commit: 'abc1234' }
  );
  assert.deepEqual(broken.wrong, { one: ['it broke off'], two: ['it broke off'] });
  assert.match(timesTable([broken]), /the last 0 of them without a fault/);
});

test('only plays since the last fault count as right, and each is told', () => {
  const words = timesTable([run({ one: [] }), run({ one: ['a run'], two: [] }), run({ one: [] }), run({ one: [] })]);
  assert.match(words, /Played 4 times, 15 executions in all; the last 2 of them without a fault/);
  assert.match(words, /\| 2026-11-29 \| abc1234 \| 2 \| \*one\*: 1 \|/);
  assert.match(timesTable([run({ one: [] })]), /the last 1 of them without a fault/);
});
