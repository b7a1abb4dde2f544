const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * When something ends, as a person types it.
 * @param text days as `90d`, a day as `2027-03-20` (its end, UTC), or `never`
 * @returns ISO 8601; null for never; undefined for anything else, and for what is over already
 */
export function expiryOf(text: string, now: Date): string | null | undefined {
  if (text === 'never') return null;
  const days = /^(\d{1,4})d$/.exec(text);
  if (days) return Number(days[1]) ? new Date(now.getTime() + Number(days[1]) * DAY_MS).toISOString() : undefined;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const begins = new Date(`${text}T00:00:00Z`);
  // A month's 31st that it does not have rolls over into the next.
  if (Number.isNaN(begins.getTime()) || begins.toISOString().slice(0, 10) !== text) return undefined;
  const ends = new Date(begins.getTime() + DAY_MS);
  return ends > now ? ends.toISOString() : undefined;
}
