import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  checkSameScenarios,
  join,
  KINDS,
  notPlayedList,
  scenarioTable,
  summaryTable,
  together,
  totals
} from './tables.mjs';

const verdict = (faults = {}) => ({
  executions: 2,
  rows: 2,
  ...Object.fromEntries(KINDS.map(kind => [kind, []])),
  ...faults
});
const findings = (scenarios, more = {}) => ({
  suite: 'a design',
  scenarios: Object.entries(scenarios).map(([name, faults], at) => ({ at, name, verdict: verdict(faults) })),
  ...more
});

test('what several workers found becomes one table in the order of the suite', () => {
  const [first, second] = findings({ one: {}, two: {} }).scenarios;
  const joined = join([
    { suite: 's', scenarios: [second] },
    { suite: 's', scenarios: [first] }
  ]);
  assert.deepEqual(
    joined.get('s').scenarios.map(({ name }) => name),
    ['one', 'two']
  );
});

test('several suites are summed up as one', () => {
  const [first, second] = [findings({ one: {} }), findings({ two: { wrongCode: ['x'] } }, { suite: 'other' })];
  const all = together([first, second]);
  assert.deepEqual(
    all.scenarios.map(({ name }) => name),
    ['one', 'two']
  );
  assert.deepEqual([totals(all).right, totals(all).executions], [1, 4]);
});

test('a fault stands in bold, and a scenario with one does not count as right', () => {
  const found = findings({ one: {}, two: { wrongCode: ['x'] } });
  assert.match(scenarioTable(found), /\| two \| 2 \| 2 \| 0 \| 0 \| 0 \| \*\*1\*\* \|/);
  assert.deepEqual([totals(found).right, totals(found).faults.wrongCode], [1, 1]);
});

test('what a design does not claim to know is left open and judged nowhere', () => {
  const found = findings({ one: { wrongTime: ['x'] } }, { kinds: ['missing', 'phantom'] });
  assert.match(
    summaryTable([['theirs', found]]),
    /\| theirs \| 1 of 1 \| 2 \| 2 \| 0 \| 0 \| – \| – \| – \| – \| – \| – \|/
  );
  assert.doesNotMatch(scenarioTable(found), /wrong time/);
});

test('a scenario that only one side played is told, unless the reason is', () => {
  const ours = findings({ one: {}, two: {} });
  assert.throws(() => checkSameScenarios(ours, findings({ one: {} })), /two/);
  assert.throws(() => checkSameScenarios(findings({ one: {} }), ours), /two/);
  checkSameScenarios(ours, findings({ one: {} }, { notPlayed: [{ name: 'two', why: 'it asks for our events' }] }));
});

test('that nothing was left out is said too', () => {
  assert.equal(notPlayedList([]), 'Every one was played.');
  assert.equal(notPlayedList([{ name: 'two', why: 'no toggle' }]), '- *two*: no toggle');
});
