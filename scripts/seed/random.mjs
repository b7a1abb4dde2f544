/**
 * A generator of numbers that is the same for the same words, on every machine. (mulberry32, seeded by FNV-1a.)
 * @param {...(string | number)} words what it is for: streams of different words have nothing to do with each other
 */
export function randomOf(...words) {
  let state = 2166136261;
  for (const character of words.join('\0')) state = Math.imul(state ^ character.codePointAt(0), 16777619);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  // The first numbers of neighbouring seeds are alike.
  for (let i = 0; i < 4; i++) next();
  const random = {
    /** @returns {number} from 0 up to, not including, 1 */
    next,
    /** @returns {number} a whole number, both ends included */
    whole: (least, most) => least + Math.floor(next() * (most - least + 1)),
    /** @template T @param {readonly T[]} list @returns {T} */
    pick: list => list[Math.floor(next() * list.length)],
    /** @returns {boolean} true that often */
    chance: share => next() < share,
    /** Normally distributed around 0, by Box and Muller. */
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    /** What takes `median` in the middle and now and then much longer. */
    long: (median, spread) => median * Math.exp(spread * random.normal()),
    /** @returns {string} so many hexadecimal digits */
    hex: length => {
      let digits = '';
      while (digits.length < length)
        digits += Math.floor(next() * 0x10000000)
          .toString(16)
          .padStart(7, '0');
      return digits.slice(0, length);
    },
    /** @returns {string} a random UUID */
    uuid: () => {
      const digits = random.hex(30);
      return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(12, 15)}-a${digits.slice(15, 18)}-${digits.slice(18)}`;
    }
  };
  return random;
}
