import { LANGUAGES, pickLanguage, translator, type MessageKey, type Words } from './index.js';

const english = LANGUAGES.en.words;
const keys = Object.keys(english) as MessageKey[];
const placeholders = (words: Words): string[] => {
  const text = typeof words === 'string' ? words : words.other;
  return [...new Set(text.match(/\{\w+\}/g))].sort();
};

describe.each(Object.entries(LANGUAGES))('%s', (_, { words }) => {
  test('has every word of English and no other', () => {
    expect(Object.keys(words).sort()).toEqual([...keys].sort());
  });

  test('leaves no word empty and fills in the same as English', () => {
    const wrong = keys.filter(key => {
      const text = words[key];
      const isEmpty = typeof text === 'string' ? text.trim() === '' : !text?.one.trim() || !text.other.trim();
      return isEmpty || String(placeholders(text)) !== String(placeholders(english[key]));
    });
    expect(wrong).toEqual([]);
  });

  test('has plural forms where English has them', () => {
    const wrong = keys.filter(key => typeof english[key] !== typeof words[key]);
    expect(wrong).toEqual([]);
  });
});

test('Persian is written with Persian letters: no Arabic ye or kaf, no Arabic digits', () => {
  const wrong = keys.filter(key => /[يك٠-٩]/.test(JSON.stringify(LANGUAGES.fa.words[key])));
  expect(wrong).toEqual([]);
});

test('numbers are written in the digits of the language, and choose its plural', () => {
  expect(translator('fa')('explain.events', { count: 12 })).toBe('۱۲ رویداد');
  expect(translator('en')('explain.events', { count: 1 })).toBe('1 event');
});

test('a placeholder without a value stays visible', () => {
  expect(translator('en')('explain.events')).toContain('{count}');
});

test('the best language is picked by its primary tag', () => {
  expect(pickLanguage(['de-DE', 'fa_IR'])).toBe('fa');
  expect(pickLanguage([])).toBe('en');
  expect(pickLanguage(['', 'constructor'])).toBe('en');
});
