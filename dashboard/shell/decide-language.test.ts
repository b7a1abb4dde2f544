import { decideLanguage, isUndecided, type LanguageWishes } from './decide-language.js';

const wishes = (change: Partial<LanguageWishes>): LanguageWishes => ({
  chosen: null,
  installed: null,
  browser: ['en-US'],
  ...change
});

it("takes the person's choice before all else", () => {
  expect(decideLanguage(wishes({ chosen: 'en', installed: 'fa', browser: ['fa'] }))).toBe('en');
});

it("takes the installation's language before the browser's", () => {
  expect(decideLanguage(wishes({ installed: 'fa' }))).toBe('fa');
});

it.each([
  [['fa-IR', 'en'], 'fa'],
  [['fa'], 'fa'],
  [['de', 'fa', 'en'], 'fa'],
  [['en-GB', 'fa'], 'en'],
  [['de', 'fr'], 'en'],
  [[], 'en']
])('takes of the wishes %j of a browser %s', (browser, language) => {
  expect(decideLanguage(wishes({ browser }))).toBe(language);
});

it('counts a language that we do not have as not said', () => {
  expect(decideLanguage(wishes({ chosen: 'xx', installed: 'toString', browser: ['fa'] }))).toBe('fa');
});

it('is undecided only while neither the person nor the installation has said anything', () => {
  expect(isUndecided(wishes({ installed: undefined }))).toBe(true);
  expect(isUndecided(wishes({ installed: null }))).toBe(false);
  expect(isUndecided(wishes({ installed: undefined, chosen: 'fa' }))).toBe(false);
});
