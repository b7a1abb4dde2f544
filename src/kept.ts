/** `localStorage`, or null where a browser denies it: reading the property throws then. */
export function localStorageOf(window: Window): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/** The keys below a prefix. */
export function keysOf(storage: Storage, prefix: string): string[] {
  const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '');
  return keys.filter(key => key.startsWith(`${prefix}:`));
}

/**
 * Removes what nobody wrote anew for too long. Each record is JSON that says when it was written as `at`; what does not
 * is nobody's any more.
 * @param now Unix ms
 * @param maxAge ms
 */
export function forgetOld(storage: Storage, prefix: string, now: number, maxAge: number): void {
  for (const key of keysOf(storage, prefix)) {
    const at = /"at":(\d+)/.exec(storage.getItem(key) ?? '')?.[1];
    if (!at || now - Number(at) > maxAge) storage.removeItem(key);
  }
}
