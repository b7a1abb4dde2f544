import { createTheme, localStorageColorSchemeManager, type MantineColorsTuple } from '@mantine/core';
import { REMEMBERED } from './remembered.js';

const ink: MantineColorsTuple = [
  '#eaf5f9',
  '#d5e8f0',
  '#a8d0e0',
  '#78b6cf',
  '#52a1c1',
  '#3a93b8',
  '#1d7699',
  '#0f5f7a',
  '#0c5067',
  '#073e51'
];

const dark: MantineColorsTuple = [
  '#e6ecf1',
  '#c2ccd4',
  '#9dacb8',
  '#71818e',
  '#3a4956',
  '#2b3842',
  '#222d36',
  '#171f26',
  '#111920',
  '#0b1115'
];

/** How Mantine's parts look here; our own sheets use the tokens of tokens.css. */
export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 6 },
  colors: { ink, dark },
  fontFamily: 'var(--ct-font-text)',
  fontFamilyMonospace: 'var(--ct-font-code)',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto'
});

/** Remembers light, dark or auto. */
export const themeKeeper = localStorageColorSchemeManager({ key: REMEMBERED.theme });
