/** Bounds of a back-off, in ms. */
export interface BackoffLimits {
  baseMs: number;
  maxMs: number;
}

/** While the server can't be reached. 10,000 pages that come back within a minute are 167 requests a second. */
export const UNREACHABLE: BackoffLimits = { baseMs: 1_000, maxMs: 60_000 };

/** While the server refuses this person or this page, or asks who we are: only a person can change that. */
export const REFUSED: BackoffLimits = { baseMs: 30_000, maxMs: 120_000 };

/** Until an event that does not get through by itself is tried again. */
export const ASIDE: BackoffLimits = { baseMs: 60_000, maxMs: 15 * 60_000 };

/**
 * How far the pages of a network that came back are spread, in ms. Ten thousand are a thousand connections a second then,
 * and those who go on meanwhile hardly wait for them: `npm run bench:herd`.
 */
export const ONLINE_SPREAD_MS = 10_000;

/** No delay is shorter, whatever the dice say. */
export const LEAST_MS = 100;

/** The longest wait a server may ask for; a longer one is a wrong clock or a wrong server. */
export const MAX_RETRY_AFTER_MS = 15 * 60_000;

/**
 * How long to wait after a failure: exponential with full jitter, so that the pages of a company that lost its
 * server together do not come back together. What the server asked for is the least, the jitter comes on top.
 * @param failures in a row, from 1
 * @param random in [0, 1)
 * @param retryAfterMs what the server asked for, null when nothing
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoffMs(
  failures: number,
  random: number,
  retryAfterMs: number | null = null,
  limits: BackoffLimits = UNREACHABLE
): number {
  const most = Math.min(limits.maxMs, limits.baseMs * 2 ** Math.min(failures - 1, 30));
  return Math.max(LEAST_MS, Math.min(retryAfterMs ?? 0, MAX_RETRY_AFTER_MS) + random * most);
}

/**
 * The wait a `Retry-After` header asks for, in ms; null when it says nothing that can be read. RFC 9110 §10.2.3
 * @param nowMs Unix ms, for the form that is a date
 */
export function retryAfterMs(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  const value = header.trim();
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}
