/** Failed attempts that one address has within {@link WINDOW_MS}. */
export const MOST_FAILURES = 10;
/** How long a failure counts, in ms. */
export const WINDOW_MS = 60_000;
/** Addresses that are remembered at once; an attacker with more has to be stopped elsewhere. */
const REMEMBERED = 10_000;

/** Counts failed attempts by address. */
export interface Failures {
  /** Seconds until the address may try again; 0: it may. */
  waitS(address: string): number;
  note(address: string): void;
}

/** @param now ms of a clock that never goes back */
export function createFailures(now: () => number): Failures {
  const times = new Map<string, number[]>();
  const recent = (address: string): number[] =>
    (times.get(address) ?? []).filter(at => now() - at < WINDOW_MS).slice(-MOST_FAILURES);
  return {
    waitS(address) {
      const failed = recent(address);
      return failed.length < MOST_FAILURES ? 0 : Math.ceil((failed[0]! + WINDOW_MS - now()) / 1000);
    },
    note(address) {
      const failed = [...recent(address), now()];
      times.delete(address); // to the end: the one that is quiet longest is forgotten first
      times.set(address, failed);
      const [oldest] = times.keys();
      if (times.size > REMEMBERED && oldest !== undefined) times.delete(oldest);
    }
  };
}
