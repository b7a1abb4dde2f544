import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endPrograms, lastLines, mustRun, runProgram } from './programs.mjs';

const node = script => [process.execPath, ['-e', script]];

test('keeps what a program says on both streams, and its exit code', async () => {
  const { code, output } = await runProgram(...node("console.log('out'); console.error('err'); process.exit(3)"));
  assert.equal(code, 3);
  assert.match(output, /out/);
  assert.match(output, /err/);
});

test('a program that is not there ends with 127', async () => {
  assert.equal((await runProgram('no-such-program-anywhere', [])).code, 127);
});

test('a program that takes too long is ended and answers 124', async () => {
  const { code } = await runProgram(...node('setInterval(() => {}, 1000)'), { limitMs: 50 });
  assert.equal(code, 124);
});

test('what runs can be ended from outside', async () => {
  const running = runProgram(...node('setInterval(() => {}, 1000)'));
  endPrograms();
  const { code, output } = await running;
  assert.equal(code, 1);
  assert.match(output, /ended by SIGKILL/);
});

test('a program that has to succeed fails with its last words', async () => {
  const failing = mustRun('It did not build.', 'Mend it.', node("console.error('line 7: no'); process.exit(1)"));
  await assert.rejects(failing, { message: 'It did not build.', fix: 'Mend it.', details: 'line 7: no' });
});

test('last lines are the last ones', () => {
  assert.equal(lastLines('a\nb\nc\n', 2), 'b\nc');
});
