import { readFileSync } from 'node:fs';
import { EXTENSION_VERSION } from './version.js';

test('the version that pages tell is the one of the package', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(EXTENSION_VERSION).toBe(version);
});
