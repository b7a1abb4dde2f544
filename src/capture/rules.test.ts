import { DEFAULT_RULES, rulesOf } from './rules.js';

test('a kernel that is not known, or not yet, follows the protocol', () => {
  expect(rulesOf(null)).toEqual(DEFAULT_RULES);
  expect(rulesOf('constructor')).toEqual(DEFAULT_RULES);
  expect(rulesOf('a kernel of tomorrow')).toEqual(DEFAULT_RULES);
});

test('a kernel that is known differs only where it was seen to', () => {
  expect(rulesOf('scheme')).toEqual({ ...DEFAULT_RULES, failuresOnIOPub: false, counts: { unstored: true } });
});

test('Deno’s runs have ended a while after their idle, and how another client’s ended is not known', () => {
  const { endIsLast, failuresOnIOPub } = rulesOf('Deno kernel');
  expect({ endIsLast, failuresOnIOPub }).toEqual({ endIsLast: false, failuresOnIOPub: false });
});

test('whether an unstored run is counted is each kernel’s own affair', () => {
  const unstored = (implementation: string) => rulesOf(implementation).counts?.unstored;
  expect(['ipython', 'Deno kernel'].map(unstored)).toEqual([false, false]);
  expect(['xeus-python', 'bash_kernel', 'scheme'].map(unstored)).toEqual([true, true, true]);
});
