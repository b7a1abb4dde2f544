import { createHash, randomBytes } from 'node:crypto';

/** Makes a token's beginning known to whoever scans for leaked secrets. */
const PREFIX = 'celltrail_';

/** A new token: 256 random bits behind a name that secret scanners can look for. */
export function newToken(): string {
  return PREFIX + randomBytes(32).toString('base64url');
}

/** Whether a text can be one of our tokens at all. */
export function isTokenShaped(text: string): boolean {
  return /^celltrail_[\w-]{43}$/.test(text);
}

/** What a signed-in browser carries. */
export function newCookie(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * What the store keeps of a secret, and finds it by. A plain hash is enough for 256 random bits: there is nothing to
 * guess, so nothing slower buys anything.
 */
export function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}
