import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { UP_TO_DATE } from './progress.mjs';
import { digestOf, unlessUpToDate } from './up-to-date.mjs';

const PART = { name: 'thing', inputs: ['src', 'package.json'], outputs: ['made'] };
let root, times;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'celltrail-'));
  times = 0;
  await mkdir(join(root, 'src', 'room'), { recursive: true });
  await writeFile(join(root, 'src', 'room', 'a.ts'), 'one');
});
afterEach(() => rm(root, { recursive: true }));

const make = (work = () => writeFile(join(root, 'made'), String(++times))) =>
  unlessUpToDate(PART, work, { root, notes: join(root, 'notes') });

test('does the work once', async () => {
  assert.equal(await make(), undefined);
  assert.equal(await make(), UP_TO_DATE);
  assert.equal(times, 1);
});

test('does it again when a file changes, comes, goes or gets another name', async () => {
  await make();
  const file = join(root, 'src', 'room', 'a.ts');
  const changes = [
    () => writeFile(file, 'two'),
    () => writeFile(join(root, 'src', 'b.ts'), ''),
    () => writeFile(join(root, 'package.json'), '{}'),
    () => rm(file)
  ];
  for (const change of changes) {
    await change();
    assert.equal(await make(), undefined, change.toString());
  }
  assert.equal(times, 5);
});

test('does it again when what was made is gone', async () => {
  await make();
  await rm(join(root, 'made'));
  assert.equal(await make(), undefined);
});

test('work that fails is done again, even with its outputs there', async () => {
  await make();
  await writeFile(join(root, 'src', 'b.ts'), '');
  await assert.rejects(make(() => Promise.reject(new Error('no'))));
  await rm(join(root, 'src', 'b.ts'));
  assert.equal(await make(), undefined);
});

test('tests and what was made are no inputs', async () => {
  const before = await digestOf(['src'], root);
  await mkdir(join(root, 'src', 'lib'));
  await writeFile(join(root, 'src', 'lib', 'a.js'), '');
  await writeFile(join(root, 'src', 'a.test.ts'), '');
  assert.equal(await digestOf(['src'], root), before);
});

test('the end of one file is not the beginning of the next', async () => {
  const both = async (a, b) => {
    await writeFile(join(root, 'src', 'x'), a);
    await writeFile(join(root, 'src', 'y'), b);
    return digestOf(['src'], root);
  };
  assert.notEqual(await both('ab', 'c'), await both('a', 'bc'));
});
