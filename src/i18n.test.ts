import { resolveLanguage, words, type LanguageWishes } from './i18n.js';

const wishes = (some: Partial<LanguageWishes>): LanguageWishes => ({
  choice: 'auto',
  configured: null,
  lab: null,
  browser: [],
  ...some
});

test.each<[string, Partial<LanguageWishes>, string]>([
  [
    'the person’s own choice counts before everything',
    { choice: 'en', configured: 'fa', lab: 'fa', browser: ['fa'] },
    'en'
  ],
  ['then what the owner configured', { configured: 'fa', lab: 'en', browser: ['en-US'] }, 'fa'],
  ['an owner who says auto says nothing', { configured: 'auto', browser: ['fa-IR'] }, 'fa'],
  ['then a language that somebody chose in Lab', { lab: 'fa-IR', browser: ['en-US'] }, 'fa'],
  ['Lab’s English is nobody’s choice: the browser decides', { lab: 'en', browser: ['fa-IR', 'en'] }, 'fa'],
  ['the browser’s languages count in their order', { browser: ['de', 'en', 'fa'] }, 'en'],
  ['a language of Lab that we do not speak leaves it to the browser', { lab: 'de-DE', browser: ['fa'] }, 'fa'],
  ['nobody wishes anything', {}, 'en']
])('%s', (_, some, language) => {
  expect(resolveLanguage(wishes(some))).toBe(language);
});

test('a choice we do not know counts as auto', () => {
  expect(resolveLanguage(wishes({ choice: 'tlh' as never, browser: ['fa'] }))).toBe('fa');
});

test('words bring their direction along', () => {
  expect(words('fa').direction).toBe('rtl');
  expect(words('en').t('lab.recording')).toBe('Recording');
});
