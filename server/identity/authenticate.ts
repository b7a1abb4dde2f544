import { type IdentityMode, type IdentityParts, type IdentitySettings } from './mode.js';
import { loopback } from './modes/loopback.js';
import { token } from './modes/token.js';

const MODES: Record<IdentitySettings['auth'], (settings: IdentitySettings, parts: IdentityParts) => IdentityMode> = {
  loopback,
  token
};

/** The identity mode that the configuration names. @throws Error when its settings do not fit the mode */
export function createIdentity(settings: IdentitySettings, parts: IdentityParts): IdentityMode {
  return MODES[settings.auth](settings, parts);
}
