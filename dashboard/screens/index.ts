import { lazy, type ComponentType } from 'react';
import { type Role } from '@celltrail/protocol';
import { type MessageKey } from '@celltrail/protocol/locales';
import HomeScreen from './home/HomeScreen.js';

/** A view of the portal. */
export interface Screen {
  /** its path; with `/*` at the end one for each of many things, and then not in the navigation */
  path: string;
  /** its name in the navigation and the document's title */
  name: MessageKey;
  /** after `g` it leads there */
  key?: string;
  /** who finds it in the navigation; everyone by default (what may be read, the server decides) */
  roles?: readonly Role[];
  /** what shows it; its default export, loaded when it is opened, but for the first */
  component: ComponentType;
}

/** Every screen, in the navigation's order. A new one adds its line here. */
export const SCREENS: readonly Screen[] = [
  { path: '/portal', name: 'nav.home', key: 'h', component: HomeScreen },
  {
    path: '/portal/activity',
    name: 'nav.activity',
    key: 'a',
    component: lazy(() => import('./activity/ActivityScreen.js'))
  },
  { path: '/portal/search', name: 'nav.search', key: 's', component: lazy(() => import('./search/SearchScreen.js')) },
  {
    path: '/portal/analytics',
    name: 'nav.analytics',
    key: 'n',
    component: lazy(() => import('./analytics/AnalyticsScreen.js'))
  },
  {
    path: '/portal/anomalies',
    name: 'nav.anomalies',
    key: 'r',
    component: lazy(() => import('./anomalies/AnomaliesScreen.js'))
  },
  {
    path: '/portal/admin',
    name: 'nav.admin',
    key: 'p',
    roles: ['auditor', 'admin'],
    component: lazy(() => import('./admin/AdminScreen.js'))
  },
  {
    path: '/portal/executions/*',
    name: 'nav.execution',
    component: lazy(() => import('./execution/ExecutionScreen.js'))
  },
  { path: '/portal/people/*', name: 'nav.person', component: lazy(() => import('./person/PersonScreen.js')) },
  { path: '/portal/health', name: 'nav.health', key: 'e', component: lazy(() => import('./health/HealthScreen.js')) }
];

/** The screen of a path; undefined when there is none. */
export function screenOf(path: string): Screen | undefined {
  return SCREENS.find(({ path: own }) => {
    if (!isForMany(own)) return own === path;
    const base = own.slice(0, -1);
    return path.startsWith(base) && !path.slice(base.length).includes('/');
  });
}

/** Whether a screen's path stands for many things, one at a time. */
export function isForMany(path: string): boolean {
  return path.endsWith('/*');
}
