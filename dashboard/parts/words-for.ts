import { LANGUAGES, type MessageKey, type Translate } from '@celltrail/protocol/locales';

/**
 * The words of a key that came over the wire (a newer server may name one this build does not have).
 * @returns null when there are none
 */
export function wordsFor(key: string, t: Translate, values?: Readonly<Record<string, string | number>>): string | null {
  return Object.hasOwn(LANGUAGES.en.words, key) ? t(key as MessageKey, values) : null;
}
