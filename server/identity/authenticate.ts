import { type IdentityMode, type IdentitySettings } from './mode.js';
import { loopback } from './modes/loopback.js';

const MODES: Record<IdentitySettings['auth'], (settings: IdentitySettings) => IdentityMode> = { loopback };

/** The identity mode that the configuration names. @throws Error when its settings do not fit the mode */
export function createIdentity(settings: IdentitySettings): IdentityMode {
  return MODES[settings.auth](settings);
}
