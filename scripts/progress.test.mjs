import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeFailure, Failure } from './failure.mjs';
import { seconds, step, UP_TO_DATE } from './progress.mjs';

function screen() {
  const written = [];
  return { write: text => written.push(text), text: () => written.join('') };
}

test('a step says what it does, then how long it took', async () => {
  const out = screen();
  assert.equal(await step('building', () => Promise.resolve('the answer'), out), 'the answer');
  assert.match(out.text(), /^ {2}building … \d+\.\d s\n$/);
});

test('a step that had nothing to do says so', async () => {
  const out = screen();
  await step('building', () => Promise.resolve(UP_TO_DATE), out);
  assert.equal(out.text(), '  building … up to date\n');
});

test('a step that fails says so and passes the failure on', async () => {
  const out = screen();
  await assert.rejects(
    step('building', () => Promise.reject(new Error('no')), out),
    { message: 'no' }
  );
  assert.equal(out.text(), '  building … failed\n');
});

test('times are written for a person', () => {
  assert.equal(seconds(40), '0.0 s');
  assert.equal(seconds(3_210), '3.2 s');
  assert.equal(seconds(125_000), '2 min 5 s');
});

test('a failure is told with its details and its fix, a bug with its stack', () => {
  assert.equal(describeFailure(new Failure('It broke.', 'Mend it.')), 'It broke.\n\nMend it.');
  assert.equal(
    describeFailure(new Failure('It broke.', 'Mend it.', 'a\nb\n')),
    'It broke.\n\n    a\n    b\n\nMend it.'
  );
  assert.match(describeFailure(new TypeError('x is undefined')), /TypeError: x is undefined\n +at /);
});
