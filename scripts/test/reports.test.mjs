import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closingLine, countJest, countJunit, countPlaywright, sum } from './reports.mjs';

test('a file that Jest could not run is a failure', () => {
  const report = {
    numPassedTests: 5,
    numFailedTests: 1,
    numRuntimeErrorTestSuites: 2,
    numPendingTests: 1,
    numTodoTests: 1
  };
  assert.deepEqual(countJest(JSON.stringify(report)), { passed: 5, failed: 3, skipped: 2 });
});

test('what passes only at a second try has not passed', () => {
  const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 2 };
  assert.deepEqual(countPlaywright(JSON.stringify({ stats, errors: [] })), { passed: 3, failed: 2, skipped: 2 });
  assert.equal(countPlaywright(JSON.stringify({ stats, errors: [{ message: 'no config' }] })).failed, 3);
});

test('JUnit cases are counted one by one, nested suites or not', () => {
  const xml = `<?xml version="1.0"?><testsuites><testsuite name="a">
    <testcase name="passes" time="0.1"/>
    <testcase name="says &lt;failure&gt;"><system-out>fine</system-out></testcase>
    <testcase name="fails"><failure message="no">trace</failure></testcase>
    <testcase name="breaks"><error message="no"/></testcase>
    <testsuite name="b"><testcase name="waits"><skipped/></testcase></testsuite>
  </testsuite></testsuites>`;
  assert.deepEqual(countJunit(xml), { passed: 2, failed: 2, skipped: 1 });
});

test('what is no report is not taken for an empty one', () => {
  assert.throws(() => countJunit('Segmentation fault'), { message: 'A test report is no JUnit file.' });
});

test('the closing line names the skipped only where there are some', () => {
  const counts = [
    { passed: 2, failed: 0, skipped: 0 },
    { passed: 3, failed: 1, skipped: 0 }
  ];
  assert.equal(closingLine(sum(counts)), '5 passed, 1 failed');
  assert.equal(closingLine(sum([...counts, { passed: 0, failed: 0, skipped: 4 }])), '5 passed, 1 failed, 4 skipped');
});
