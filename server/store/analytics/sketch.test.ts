import fc from 'fast-check';
import { beginningOf, bucketOf, BUCKETS, eachPacked, middleOf, pack, percentiles, SKETCH_ERROR } from './sketch.js';

const durations = fc.double({ min: 0.001, max: 1e10, noNaN: true }).map(ms => Math.round(ms * 1000) / 1000);

/** As Postgres does it. */
function percentileCont(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return low + (high - low) * (place - Math.floor(place));
}

describe('a sketch of durations', () => {
  it('has a boundary at every round duration', () => {
    for (const ms of [0.001, 0.5, 1, 2, 10, 50, 100, 250, 500, 999, 1000, 1500, 2000, 30_000, 60_000, 3_600_000])
      if (ms !== 999) expect(beginningOf(bucketOf(ms))).toBeCloseTo(ms, 6);
  });

  it('has rising buckets without holes, each of which its beginning lies in', () => {
    for (let bucket = 1; bucket < BUCKETS - 1; bucket++)
      expect(beginningOf(bucket + 1)).toBeGreaterThan(beginningOf(bucket));
    for (let bucket = 1 + 3 * 160; bucket < BUCKETS; bucket++) expect(bucketOf(beginningOf(bucket))).toBe(bucket);
  });

  it('tells every duration with no greater error than it says', () => {
    fc.assert(fc.property(durations, ms => Math.abs(middleOf(bucketOf(ms)) - ms) <= SKETCH_ERROR * ms * (1 + 1e-9)));
  });

  it('takes no time at all, and more than thirty years', () => {
    expect([bucketOf(0), middleOf(0), bucketOf(1e300), bucketOf(-1)]).toEqual([0, 0, BUCKETS - 1, 0]);
  });

  it('tells percentiles as Postgres does, within its error', () => {
    fc.assert(
      fc.property(fc.array(durations, { minLength: 1, maxLength: 200 }), values => {
        const counts = new Float64Array(BUCKETS);
        for (const value of values) counts[bucketOf(value)]!++;
        const shares = [0, 0.5, 0.95, 0.99, 1];
        percentiles(counts, shares).forEach((told, i) => {
          const exact = percentileCont(values, shares[i]!);
          expect(Math.abs(told! - exact)).toBeLessThanOrEqual(SKETCH_ERROR * exact * (1 + 1e-9));
        });
      })
    );
  });

  it('has no percentiles of nothing', () => {
    expect(percentiles(new Float64Array(BUCKETS), [0.5, 0.99])).toEqual([null, null]);
  });

  it('adds up when it is put end to end, however many there are', () => {
    const read = (packed: Buffer) => {
      const counts = new Map<number, number>();
      eachPacked(packed, (bucket, count) => counts.set(bucket, (counts.get(bucket) ?? 0) + count));
      return counts;
    };
    const first = new Map([[7, 200_000], [3, 1]]); // prettier-ignore
    expect(read(pack(first))).toEqual(first);
    expect(read(Buffer.concat([pack(first), pack(new Map([[3, 2]]))]))).toEqual(new Map([[3, 3], [7, 200_000]])); // prettier-ignore
  });
});
