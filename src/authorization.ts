/** The header of a token, in the identity mode that asks for one; workers and pages both need it. */
export function authorization(token: string | null): Record<string, string> {
  return token === null ? {} : { authorization: `Bearer ${token}` };
}
