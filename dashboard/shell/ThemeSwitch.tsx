import { SegmentedControl, useMantineColorScheme, VisuallyHidden, type MantineColorScheme } from '@mantine/core';
import { Icon } from '../parts/icons.js';
import { useWords } from './language.js';
import styles from './ThemeSwitch.module.css';

const CHOICES = [
  ['light', 'sun'],
  ['dark', 'moon'],
  ['auto', 'screen']
] as const;

/** Light, dark, or as the system has it; remembered for the next visit. */
export function ThemeSwitch() {
  const { t } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('shell.theme')}
      value={colorScheme}
      onChange={value => setColorScheme(value as MantineColorScheme)}
      data={CHOICES.map(([value, icon]) => ({
        value,
        label: (
          <span className={styles.choice} title={t(`shell.theme.${value}`)}>
            <Icon name={icon} />
            <VisuallyHidden>{t(`shell.theme.${value}`)}</VisuallyHidden>
          </span>
        )
      }))}
    />
  );
}
