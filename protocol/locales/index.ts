import { en } from './en/index.js';
import { fa } from './fa/index.js';

/** Words with a number in them have a form per plural category of CLDR that the language uses. */
export type Words = string | { one: string; other: string };

/** A language's words by key. `en` is the source of keys. */
export type Catalogue = Readonly<Record<MessageKey, Words>>;

/** Every key there is. */
export type MessageKey = keyof typeof en;

/** The languages people can choose, with their own names and directions. */
export const LANGUAGES = {
  en: { name: 'English', direction: 'ltr', words: en as Catalogue },
  fa: { name: 'فارسی', direction: 'rtl', words: fa as Catalogue }
} as const;

/** One of the keys of {@link LANGUAGES}. */
export type Language = keyof typeof LANGUAGES;

/** Gives the words of a key with `{placeholders}` filled in. */
export type Translate = (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string;

/**
 * The best of our languages for a list of wishes, as `navigator.languages` gives them.
 * @param wishes BCP 47 tags, most wished first
 */
export function pickLanguage(wishes: readonly string[]): Language {
  for (const wish of wishes) {
    const primary = wish.toLowerCase().split(/[-_]/)[0];
    if (primary && Object.hasOwn(LANGUAGES, primary)) return primary as Language;
  }
  return 'en';
}

/**
 * A translator into one language. Numbers are written in the language's own digits; `{count}` chooses the plural.
 * A placeholder without a value stays as it is, so that the fault is seen and not hidden.
 */
export function translator(language: Language): Translate {
  const { words } = LANGUAGES[language];
  const plural = new Intl.PluralRules(language);
  const number = new Intl.NumberFormat(language);
  return (key, values = {}) => {
    const entry: Words = words[key] ?? en[key] ?? key;
    const text =
      typeof entry === 'string' ? entry : entry[plural.select(Number(values['count'])) === 'one' ? 'one' : 'other'];
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      if (value === undefined) return whole;
      return typeof value === 'number' ? number.format(value) : value;
    });
  };
}
