/** What the outbox needs of its surroundings; tests hand in their own. */
export interface Surroundings {
  fetch: typeof fetch;
  /** Unix ms; for what people read */
  now: () => number;
  /** ms that never jump; for waiting */
  monotonic: () => number;
  /** in [0, 1) */
  random: () => number;
  /** Calls back once after so many ms. @returns ends it */
  after: (ms: number, callback: () => void) => () => void;
}

/** The browser's own. */
export const browserSurroundings: Surroundings = {
  fetch: (...args) => fetch(...args),
  now: () => Date.now(),
  monotonic: () => performance.now(),
  random: () => Math.random(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  }
};

/** Web Locks; undefined on plain http, whatever the types say. */
export function globalLocks(): LockManager | undefined {
  return (navigator as { locks?: LockManager }).locks;
}
