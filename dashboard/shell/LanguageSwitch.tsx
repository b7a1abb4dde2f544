import { SegmentedControl } from '@mantine/core';
import { LANGUAGES, type Language } from '@celltrail/protocol/locales';
import { useWords } from './language.js';

const CHOICES = (Object.keys(LANGUAGES) as Language[]).map(language => ({
  value: language,
  // Each in its own language: it is looked for by people who can't read the others.
  label: <span lang={language}>{LANGUAGES[language].name}</span>
}));

/** Chooses the language; remembered for the next visit. */
export function LanguageSwitch() {
  const { language, choose, t } = useWords();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('shell.language')}
      data={CHOICES}
      value={language}
      onChange={value => choose(value as Language)}
    />
  );
}
