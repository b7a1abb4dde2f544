import { lazy, type ComponentType } from 'react';
import { type MessageKey } from '@celltrail/protocol/locales';
import HomeScreen from './home/HomeScreen.js';

/** A view of the portal. */
export interface Screen {
  path: string;
  /** its name in the navigation and the document's title */
  name: MessageKey;
  /** what shows it; its default export, loaded when it is opened, but for the first */
  component: ComponentType;
}

/** Every screen, in the navigation's order. A new one adds its line here. */
export const SCREENS: readonly Screen[] = [
  { path: '/portal', name: 'nav.home', component: HomeScreen },
  { path: '/portal/health', name: 'nav.health', component: lazy(() => import('./health/HealthScreen.js')) }
];
