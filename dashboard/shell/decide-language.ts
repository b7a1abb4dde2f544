import { LANGUAGES, pickLanguage, type Language } from '@celltrail/protocol/locales';

/** What is known when a language has to be chosen. */
export interface LanguageWishes {
  /** what the person chose here before */
  chosen: string | null;
  /** what the installation prefers; null: it leaves it to the browser; undefined: it did not say yet */
  installed: string | null | undefined;
  /** the browser's languages, most wished first */
  browser: readonly string[];
}

/** The person's choice, else the installation's, else the browser's; a language we don't have counts as not said. */
export function decideLanguage({ chosen, installed, browser }: LanguageWishes): Language {
  return known(chosen) ?? known(installed) ?? pickLanguage(browser);
}

/** Whether the answer of the installation could still change the decision. */
export function isUndecided({ chosen, installed }: LanguageWishes): boolean {
  return known(chosen) === undefined && installed === undefined;
}

function known(language: string | null | undefined): Language | undefined {
  return language && Object.hasOwn(LANGUAGES, language) ? (language as Language) : undefined;
}
