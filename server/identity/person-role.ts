import { type Role } from '@celltrail/protocol';
import { allows } from './actor.js';
import { type IdentitySettings } from './mode.js';

/** What the configuration says a person may do, where their token says nothing of it. */
export function configuredRole(
  username: string,
  { admins, auditors }: Pick<IdentitySettings, 'admins' | 'auditors'>
): Role {
  if (admins.includes(username)) return 'admin';
  return auditors.includes(username) ? 'auditor' : 'analyst';
}

/**
 * The most a person may do with whatever they can show, for what looks at people while they are not there.
 * @param tokens roles of their tokens that are valid; null in it: what the configuration says
 */
export function roleOfPerson(
  settings: Pick<IdentitySettings, 'auth' | 'user' | 'admins' | 'auditors'>,
  username: string,
  tokens: readonly (Role | null)[]
): Role {
  if (settings.auth === 'loopback' && username === settings.user) return 'admin';
  const configured = configuredRole(username, settings);
  if (!tokens.length) return configured;
  return tokens.map(role => role ?? configured).reduce((most, role) => (allows(role, most) ? role : most));
}
