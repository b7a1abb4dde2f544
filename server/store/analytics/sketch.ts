/**
 * Durations counted by size, so that percentiles of any number of them can be told from a few hundred numbers, and of
 * several groups together by adding these up. Buckets are as people count: in every power of ten of microseconds steps
 * of 2 % of it up to 2, of 5 % up to 5, of 10 % up to 10. Every round duration begins one.
 */

/** A duration told from a sketch is off by at most this share: half a bucket, where buckets are widest for their size. */
export const SKETCH_ERROR = 0.0125;

/** Buckets of a power of ten: 50 from 1 to 2, 60 from 2 to 5, 50 from 5 to 10. */
const PER_DECADE = 160;
/** Powers of ten of microseconds: up to thirty years. */
const DECADES = 15;
/** How many there are; the first is for no time at all. */
export const BUCKETS = 1 + DECADES * PER_DECADE;
const LAST_US = 10 ** DECADES - 1;

const STEPS = [
  { from: 1, perUnit: 50, first: 0 },
  { from: 2, perUnit: 20, first: 50 },
  { from: 5, perUnit: 10, first: 110 }
] as const;

/** The bucket of a duration in ms. In whole microseconds, so that no boundary falls to the wrong side. */
export function bucketOf(ms: number): number {
  const us = Math.min(LAST_US, Math.round(ms * 1000));
  if (!(us >= 1)) return 0;
  const decade = String(us).length - 1;
  const unit = 10 ** decade;
  const step = us < 2 * unit ? STEPS[0] : us < 5 * unit ? STEPS[1] : STEPS[2];
  return 1 + decade * PER_DECADE + step.first + Math.floor(((us - step.from * unit) * step.perUnit) / unit);
}

/** Where a bucket begins, in ms. */
export function beginningOf(bucket: number): number {
  if (bucket === 0) return 0;
  const place = (bucket - 1) % PER_DECADE;
  const unit = 10 ** Math.floor((bucket - 1) / PER_DECADE);
  const step = place < STEPS[1].first ? STEPS[0] : place < STEPS[2].first ? STEPS[1] : STEPS[2];
  return (step.from * unit + ((place - step.first) * unit) / step.perUnit) / 1000;
}

/** What a bucket's durations are told as: its middle, in ms. */
export function middleOf(bucket: number): number {
  return bucket === 0 ? 0 : (beginningOf(bucket) + beginningOf(bucket + 1)) / 2;
}

/** How many there are of each bucket, as it is kept: pairs of 16 bits, the bucket and a count. Put end to end, they add up. */
export function pack(counts: ReadonlyMap<number, number>): Buffer {
  const pairs: number[] = [];
  for (const [bucket, count] of [...counts].sort(([a], [b]) => a - b))
    for (let left = count; left > 0; left -= 0xffff) pairs.push(bucket, Math.min(left, 0xffff));
  const packed = Buffer.alloc(2 * pairs.length);
  pairs.forEach((number, i) => packed.writeUInt16LE(number, 2 * i));
  return packed;
}

/** Goes through what was packed. */
export function eachPacked(packed: Buffer, visit: (bucket: number, count: number) => void): void {
  for (let at = 0; at < packed.length; at += 4) visit(packed.readUInt16LE(at), packed.readUInt16LE(at + 2));
}

/**
 * Percentiles, between two durations by their distance as Postgres' `percentile_cont` has it.
 * @param counts by bucket @param shares rising, 0 to 1
 * @returns ms, or nulls where nothing is counted
 */
export function percentiles(counts: Float64Array, shares: readonly number[]): (number | null)[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total <= 0) return shares.map(() => null);
  let bucket = 0;
  let upTo = counts[0]!;
  const nth = (n: number): number => {
    while (upTo <= n && bucket < BUCKETS - 1) upTo += counts[++bucket]!;
    return middleOf(bucket);
  };
  return shares.map(share => {
    const place = share * (total - 1);
    const low = nth(Math.floor(place));
    const [keptBucket, keptUpTo] = [bucket, upTo];
    const high = nth(Math.min(total - 1, Math.floor(place) + 1));
    [bucket, upTo] = [keptBucket, keptUpTo];
    return low + (high - low) * (place - Math.floor(place));
  });
}
