import { LANGUAGES, pickLanguage, translator, type Language, type Translate } from '@celltrail/protocol/locales';

/** What the settings can say of the language. */
export type LanguageChoice = 'auto' | Language;

/** The words of one language and the direction they run in. */
export interface Words {
  language: Language;
  direction: 'ltr' | 'rtl';
  t: Translate;
}

/** Where wishes for a language come from, strongest first. */
export interface LanguageWishes {
  /** the person's own setting */
  choice: LanguageChoice;
  /** what the image's owner configured */
  configured: string | null;
  /** Lab's language as a BCP 47 tag, null where Lab does not tell */
  lab: string | null;
  /** the browser's, most wished first */
  browser: readonly string[];
}

/**
 * The language for those wishes. Lab says `en` also when nobody ever chose, so its English counts only after the
 * browser's languages; any other language of Lab was somebody's choice.
 */
export function resolveLanguage({ choice, configured, lab, browser }: LanguageWishes): Language {
  if (choice !== 'auto' && choice in LANGUAGES) return choice;
  const labChose = lab && !/^en\b/i.test(lab) ? [lab] : [];
  return pickLanguage([...(configured ? [configured] : []), ...labChose, ...browser, ...(lab ? [lab] : [])]);
}

/** The words of a language. */
export function words(language: Language): Words {
  return { language, direction: LANGUAGES[language].direction, t: translator(language) };
}
