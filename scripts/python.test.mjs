import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askPython, findPython } from './python.mjs';

const python = (command, version, hasVenv = true) => ({ command, version, path: `/usr/bin/${command}`, hasVenv });
const asking =
  (...there) =>
  command =>
    Promise.resolve(there.find(one => one.command === command) ?? null);

test('takes the first Python that is young enough and can make environments', async () => {
  const found = await findPython({}, asking(python('python3', '3.9.2'), python('python3.12', '3.12.1')));
  assert.equal(found.command, 'python3.12');
});

test('passes over a Python without venv when another one has it', async () => {
  const found = await findPython({}, asking(python('python3', '3.11.2', false), python('python3.12', '3.12.1')));
  assert.equal(found.command, 'python3.12');
});

test('PYTHON names the only one to be asked', async () => {
  const ask = asking(python('python3', '3.11.2'), python('/opt/py/bin/python', '3.13.0'));
  assert.equal((await findPython({ PYTHON: '/opt/py/bin/python' }, ask)).version, '3.13.0');
  await assert.rejects(findPython({ PYTHON: '/nowhere' }, ask), {
    message: 'PYTHON names /nowhere, which is no Python.'
  });
});

test('all too old: says which were found and what is needed', async () => {
  const ask = asking(python('python3', '3.8.10'), python('python', '2.7.18'));
  await assert.rejects(findPython({}, ask), {
    message: 'Python 3.8.10 (python3), 2.7.18 (python) is too old: Celltrail needs 3.10 or later.',
    fix: /PYTHON=/
  });
});

test('no venv module: says which package brings it', async () => {
  await assert.rejects(findPython({}, asking(python('python3', '3.11.2', false))), {
    message: /no venv module/,
    fix: /sudo apt install python3\.11-venv/
  });
});

test('no Python at all: says so', async () => {
  await assert.rejects(findPython({}, asking()), { message: 'There is no Python here.' });
});

test('a real Python answers for itself, and what is none is none', async () => {
  const found = await findPython(process.env);
  assert.match(found.version, /^3\.\d+\.\d+$/);
  assert.equal(await askPython('no-such-program-anywhere'), null);
  assert.equal(await askPython('false'), null);
});
