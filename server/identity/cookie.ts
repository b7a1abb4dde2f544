/** The name of the cookie that a signed-in browser carries. */
export const SESSION_COOKIE = 'celltrail_session';

/** What our cookie says among others. RFC 6265 §5.4 @returns undefined without it, or where it is none of ours */
export function readCookie(header: string | undefined): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (pair.slice(0, at).trim() !== SESSION_COOKIE) continue;
    const value = pair.slice(at + 1).trim();
    return /^[\w-]{43}$/.test(value) ? value : undefined;
  }
  return undefined;
}
