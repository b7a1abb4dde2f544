/**
 * Wraps what shows something: it acts only when what it shows is another than the last time. The outbox has news with
 * every cell, and they seldom change what a person sees.
 * @param facts what is shown follows from; compared field by field
 */
export function whenOther<T extends object>(facts: () => T, act: (facts: T) => void): () => void {
  let last: T | null = null;
  return () => {
    const now = facts();
    if (last !== null && isSame(last, now)) return;
    // What could not be shown is tried again with the next news.
    last = null;
    act(now);
    last = now;
  };
}

/** Whether two flat records have the same values. */
export function isSame<T extends object>(a: T, b: T): boolean {
  for (const key in a) if (!Object.is(a[key], b[key])) return false;
  return true;
}
