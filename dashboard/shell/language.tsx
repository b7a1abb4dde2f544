import { createContext, useContext, useLayoutEffect, useMemo, useState, type ReactNode } from 'react';
import { DirectionContext } from '@mantine/core';
import { LANGUAGES, translator, type Language, type Translate } from '@celltrail/protocol/locales';
import { formatter, type Format } from '../format.js';
import { recall, remember, REMEMBERED } from './remembered.js';

/** The language in use, and what it brings. */
export interface Words {
  language: Language;
  direction: 'ltr' | 'rtl';
  t: Translate;
  format: Format;
  /** Switches the language and remembers it for the next visit. */
  choose: (language: Language) => void;
}

const WordsContext = createContext<Words | null>(null);

/** The language in use. @throws Error outside a {@link LanguageProvider} */
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error('no LanguageProvider above');
  return words;
}

interface LanguageProviderProps {
  language: Language;
  onChoose: (language: Language) => void;
  children: ReactNode;
}

/** Puts a language to work: words, formats, and the document's `lang` and `dir`. */
export function LanguageProvider({ language, onChoose, children }: LanguageProviderProps) {
  const { direction } = LANGUAGES[language];
  // Before the browser paints, or the first frame would be mirrored.
  useLayoutEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = direction;
  }, [language, direction]);
  const words = useMemo<Words>(
    () => ({ language, direction, t: translator(language), format: formatter(language), choose: onChoose }),
    [language, direction, onChoose]
  );
  const mirrored = useMemo(() => ({ dir: direction, toggleDirection: ignore, setDirection: ignore }), [direction]);
  return (
    <DirectionContext.Provider value={mirrored}>
      <WordsContext.Provider value={words}>{children}</WordsContext.Provider>
    </DirectionContext.Provider>
  );
}

/** The direction follows the language; no part turns it by itself. */
function ignore(): void {}

/** The person's own choice of language. @returns it (null: none yet) and what changes it */
export function useChosenLanguage(): [string | null, (language: Language) => void] {
  const [chosen, setChosen] = useState(() => recall(REMEMBERED.language));
  const choose = useMemo(
    () => (language: Language) => {
      remember(REMEMBERED.language, language);
      setChosen(language);
    },
    []
  );
  return [chosen, choose];
}
