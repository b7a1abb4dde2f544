import fc from 'fast-check';
import { backoffMs, LEAST_MS, MAX_RETRY_AFTER_MS, REFUSED, retryAfterMs, UNREACHABLE } from './backoff.js';

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const failures = fc.integer({ min: 1, max: 10_000 });

test('the span to choose from doubles with every failure up to a minute', () => {
  const spans = [1, 2, 3, 4, 5, 6, 7, 8].map(count => backoffMs(count, 0.5));
  expect(spans).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
});

test('jitter is full: the dice choose from nearly nothing to the whole span', () => {
  expect(backoffMs(7, 0)).toBe(LEAST_MS);
  expect(backoffMs(7, 0.999_999)).toBeCloseTo(UNREACHABLE.maxMs, -2);
});

test('what the server asked for is the least, and the jitter comes on top of it', () => {
  expect(backoffMs(1, 0, 5_000)).toBe(5_000);
  expect(backoffMs(1, 0.5, 5_000)).toBe(5_500);
});

test('no failure count, no dice and no Retry-After lead out of the bounds', () => {
  fc.assert(
    fc.property(
      failures,
      random,
      fc.option(fc.nat()),
      fc.constantFrom(UNREACHABLE, REFUSED),
      (count, dice, asked, limits) => {
        const delay = backoffMs(count, dice, asked, limits);
        expect(delay).toBeGreaterThanOrEqual(Math.max(LEAST_MS, Math.min(asked ?? 0, MAX_RETRY_AFTER_MS)));
        expect(delay).toBeLessThanOrEqual(MAX_RETRY_AFTER_MS + limits.maxMs);
      }
    )
  );
});

test.each([
  ['120', 120_000],
  [' 3 ', 3_000],
  ['Wed, 21 Oct 2015 07:28:00 GMT', 60_000],
  ['Wed, 21 Oct 2015 07:00:00 GMT', 0],
  ['soon', null],
  ['', null],
  [null, null]
])('Retry-After %j means %j ms', (header, ms) => {
  expect(retryAfterMs(header, Date.parse('Wed, 21 Oct 2015 07:27:00 GMT'))).toBe(ms);
});
