import { type Role } from '@celltrail/protocol';

/** The authenticated person that events and questions are attributed to. Never taken from a body. */
export interface Actor {
  username: string;
  role: Role;
}

const RANK: Record<Role, number> = { analyst: 0, auditor: 1, admin: 2 };

/** Whether a role may do what another one is needed for: an admin may do all, an auditor all that an analyst reads. */
export function allows(role: Role, needed: Role): boolean {
  return RANK[role] >= RANK[needed];
}

/** Whose record a question is of: the caller's own, or null for everyone's where they may read all. */
export function ownOnly({ username, role }: Actor): string | null {
  return allows(role, 'auditor') ? null : username;
}
