/** How often something happens, by a memory that fades. */
export interface Rate {
  /** It happened. */
  note(): void;
  perSecond(): number;
}

/** @param halfMs after so many ms half is forgotten @param clock ms that never go back */
export function createRate(halfMs: number, clock: () => number = () => performance.now()): Rate {
  let remembered = 0;
  let at = clock();
  const fade = (): void => {
    const now = clock();
    remembered *= 2 ** ((at - now) / halfMs);
    at = now;
  };
  return {
    note() {
      fade();
      remembered += 1;
    },
    perSecond() {
      fade();
      return (remembered * Math.LN2 * 1000) / halfMs;
    }
  };
}
