import { LANGUAGES, type Language, type Words } from '@celltrail/protocol/locales';
import { SCREENS } from './screens/index.js';

const english = Object.entries<Words>(LANGUAGES.en.words);
const others = (Object.keys(LANGUAGES) as Language[]).filter(language => language !== 'en');
const forms = (words: Words) => (typeof words === 'string' ? [words] : Object.values(words));
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe.each(others)('the words of %s', language => {
  const words: Readonly<Record<string, Words>> = LANGUAGES[language].words;

  it('are there for every key of the source, and for no other', () => {
    expect(Object.keys(words).sort()).toEqual(english.map(([key]) => key).sort());
  });

  it.each(english)('of %s have the same placeholders as the source, and are not empty', (key, source) => {
    const [first] = forms(source);
    for (const form of forms(words[key]!)) {
      expect(form.trim()).not.toBe('');
      expect(placeholders(form)).toEqual(placeholders(first!));
    }
  });
});

it('name every screen once', () => {
  expect(new Set(SCREENS.map(({ path }) => path)).size).toBe(SCREENS.length);
  expect(new Set(SCREENS.map(({ name }) => name)).size).toBe(SCREENS.length);
});
