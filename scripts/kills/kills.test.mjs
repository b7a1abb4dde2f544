import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { parseOptions } from './options.mjs';
import { describeKills } from './report.mjs';
import { faultsOf, runKills } from './run.mjs';
import { killsOf } from './victims.mjs';

const { signal } = new AbortController();
const ENGINES = ['embedded', ...(existsSync('/usr/lib/postgresql/15/bin/initdb') ? ['15'] : [])];

for (const postgres of ENGINES)
  test(`of two replicas on Postgres ${postgres} one is killed five times under load: nothing is lost or doubled`, () =>
    killed({ victim: 'replica', postgres, times: 5 }));

test('a database that is killed five times under load loses and doubles nothing', () =>
  killed({ victim: 'database', postgres: 'embedded', times: 5 }));

test('servers that are killed five times, also the one whose private Postgres lives on, lose and double nothing', () =>
  killed({ victim: 'server', postgres: 'embedded', times: 5 }));

async function killed(asked) {
  const found = await runKills({ ...asked, seed: 7, signal });
  assert.deepEqual(faultsOf(found), []);
  assert.equal(killsOf(found.tally), 5);
  assert.ok(found.acknowledged > 0);
  assert.equal(found.acknowledged, found.made);
  assert.match(describeKills({ command: 'x', ...asked }, found), /\| kills \| 5 \(/);
}

test('the command line says what to kill, and how often', () => {
  const asked = parseOptions(['--victim', 'server', '--times', '10', '--write']);
  assert.deepEqual(asked, { victim: 'server', postgres: 'embedded', times: 10, seed: 1, write: true, command: 'npm run kills -- --victim server --times 10' }); // prettier-ignore
  for (const args of [
    [],
    ['--victim', 'cat'],
    ['--victim', 'server', '--times', '0'],
    ['--postgres', '9', '--victim', 'server'],
    ['--nine']
  ])
    // prettier-ignore
    assert.throws(() => parseOptions(args), { name: 'Failure', fix: /npm run kills/ });
});
