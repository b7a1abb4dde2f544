import { DEFAULT_RULES, rulesOf } from './rules.js';

test('a kernel that is not known, or not yet, follows the protocol', () => {
  expect(rulesOf(null)).toEqual(DEFAULT_RULES);
  expect(rulesOf('constructor')).toEqual(DEFAULT_RULES);
  expect(rulesOf('Deno kernel')).toEqual(DEFAULT_RULES);
});

test('a kernel that is known differs only where it was seen to', () => {
  expect(rulesOf('scheme')).toEqual({ ...DEFAULT_RULES, failuresOnIOPub: false, counts: { unstored: true } });
});
