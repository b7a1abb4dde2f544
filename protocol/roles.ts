/** What a person may do. An admin may do all, an auditor reads all and changes nothing. */
export const ROLES = ['analyst', 'auditor', 'admin'] as const;

/** One of {@link ROLES}. */
export type Role = (typeof ROLES)[number];
