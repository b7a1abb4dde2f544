/** How long a secret that was good is taken for good without asking the store, in ms. */
export const TRUSTED_MS = 5000;
const REMEMBERED = 10_000;

/** What is known of secrets, by their digests, for a few seconds. */
export interface Cache<T> {
  get(hash: Buffer): T | undefined;
  set(hash: Buffer, value: T): void;
  delete(hash: Buffer): void;
}

/** @param now ms of a clock that never goes back */
export function createCache<T>(now: () => number): Cache<T> {
  const entries = new Map<string, { value: T; until: number }>();
  return {
    get(hash) {
      const entry = entries.get(hash.toString('hex'));
      return entry && entry.until > now() ? entry.value : undefined;
    },
    set(hash, value) {
      const key = hash.toString('hex');
      entries.delete(key);
      entries.set(key, { value, until: now() + TRUSTED_MS });
      const [oldest] = entries.keys();
      if (entries.size > REMEMBERED && oldest !== undefined) entries.delete(oldest);
    },
    delete: hash => void entries.delete(hash.toString('hex'))
  };
}
