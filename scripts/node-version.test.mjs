import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { isAtLeast, nodeFault } from './node-version.mjs';

test('compares versions by number, not by letter', () => {
  assert.ok(isAtLeast('20.19.0', [20, 19]));
  assert.ok(isAtLeast('22.1.0', [20, 19]));
  assert.ok(isAtLeast('100.0.0', [20, 19]));
  assert.ok(!isAtLeast('20.9.0', [20, 19]));
  assert.ok(!isAtLeast('18.20.4', [20, 19]));
  assert.ok(!isAtLeast('3.9', [3, 10]));
});

test('a Node that is too old is told what to install', () => {
  assert.equal(nodeFault('20.19.0'), '');
  assert.match(nodeFault('18.20.4'), /Node 18\.20\.4 is too old: Celltrail needs 20\.19 or later\.\nInstall /);
});

test('a Node that is too old ends with code 1', async () => {
  const script =
    "import('./node-version.mjs').then(({ checkNode }) => { checkNode('16.0.0'); console.log('went on'); })";
  const failure = await promisify(execFile)(process.execPath, ['-e', script], { cwd: import.meta.dirname }).catch(
    e => e
  );
  assert.equal(failure.code, 1);
  assert.equal(failure.stdout, '');
});
