import { useState } from 'react';
import { SCREENS } from '../screens/index.js';
import { focusSearch, moveFocus, useKeys, type Bindings } from './keys.js';
import { recall, remember, REMEMBERED } from './remembered.js';
import { navigate } from './route.js';

const OFF = 'off';
const SEARCH = '/portal/search';

/** The keys that every screen has. @param onHelp for `?` */
export function usePortalKeys(onHelp: () => void): { enabled: boolean; enable: (enabled: boolean) => void } {
  const [enabled, setEnabled] = useState(() => recall(REMEMBERED.keys) !== OFF);
  const bindings: Bindings = {
    j: () => moveFocus(1),
    k: () => moveFocus(-1),
    '?': onHelp,
    '/': () => void (focusSearch() || navigate(SEARCH)),
    ...Object.fromEntries(
      SCREENS.flatMap(({ key, path }) => (key ? [[`g ${key}`, () => navigate(path)] as const] : []))
    )
  };
  useKeys(bindings, enabled);
  return {
    enabled,
    enable(next) {
      setEnabled(next);
      remember(REMEMBERED.keys, next ? 'on' : OFF);
    }
  };
}
