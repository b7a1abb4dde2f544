/** Words of the portal. */
export const portal = {} as const;
