/** Chance that is the same for the same seed. */
export interface Dice {
  /** in [0, 1) */
  next(): number;
  /** a whole number from the first to the last, both among them */
  whole(first: number, last: number): number;
  pick<T>(from: readonly T[]): T;
  shuffle<T>(list: readonly T[]): T[];
}

/** @see https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32 */
export function seeded(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (first: number, last: number): number => first + Math.floor(next() * (last - first + 1));
  return {
    next,
    whole,
    pick: from => from[whole(0, from.length - 1)]!,
    shuffle: list => {
      const shuffled = [...list];
      for (let place = shuffled.length - 1; place > 0; place--) {
        const other = whole(0, place);
        [shuffled[place], shuffled[other]] = [shuffled[other]!, shuffled[place]!];
      }
      return shuffled;
    }
  };
}
