import fc from 'fast-check';
import { earlier, elapsedMs, instant, micros, padded } from './times.js';

describe('instant', () => {
  test.each([
    ['2026-11-24T22:51:26.675126Z', '2026-11-24T22:51:26.675126Z'],
    ['2026-11-24T22:51:26Z', '2026-11-24T22:51:26Z'],
    ['2026-11-24T22:51:26.675126+00:00', '2026-11-24T22:51:26.675126+00:00'],
    ['2026-11-24 22:51:26,6+0330', '2026-11-24T22:51:26.6+03:30'],
    ['2026-11-24T22:51:26.123456789z', '2026-11-24T22:51:26.123456789Z']
  ])('keeps all digits of %s', (text, kept) => {
    expect(instant(text)).toBe(kept);
  });

  test('reads a date without a time zone as UTC, wherever the page stands', () => {
    expect(instant('2026-11-24T22:51:26.5')).toBe('2026-11-24T22:51:26.5Z');
  });

  test.each([
    undefined,
    null,
    7,
    '',
    'yesterday',
    '2026-02-30T00:00:00Z',
    '2026-02-30T00:00:00.000000Z',
    '2026-11-24T24:00:00.000000Z',
    '2026-11-24T23:59:60.000000Z',
    '2026-11-24T25:00:00Z',
    '2026-13-01T00:00:00Z'
  ])('finds no date in %p', value => {
    expect(instant(value)).toBeUndefined();
  });
});

describe('micros', () => {
  test('keeps the microseconds that Date drops', () => {
    expect(micros('1970-01-01T00:00:01.000001Z')).toBe(1_000_001);
  });

  test('takes time zones into account', () => {
    expect(micros('2026-11-24T12:00:00+03:30')).toBe(micros('2026-11-24T08:30:00Z'));
    expect(micros('2026-11-24T12:00:00-05:00')).toBe(micros('2026-11-24T17:00:00Z'));
  });

  test('reads the form that most kernels write as any other form of the same date', () => {
    const range = { min: new Date('1000-01-01T00:00:00Z'), max: new Date('2250-01-01T00:00:00Z'), noInvalidDate: true };
    const property = fc.property(fc.date(range), fc.integer({ min: 0, max: 999 }), (date, more) => {
      const text = date.toISOString().replace('Z', String(more).padStart(3, '0'));
      expect(micros(`${text}Z`)).toBe(date.getTime() * 1000 + more);
      expect(micros(`${text}+00:00`)).toBe(micros(`${text}Z`));
    });
    fc.assert(property);
  });

  test('is not a number for what is no date', () => {
    expect(micros('soon')).toBeNaN();
  });
});

describe('elapsedMs', () => {
  test('counts microseconds, three decimals', () => {
    expect(elapsedMs('2026-11-24T22:51:26.676405Z', '2026-11-24T22:51:26.694174Z')).toBe(17.769);
  });

  test('is never negative, because two clocks may disagree', () => {
    expect(elapsedMs('2026-11-24T22:51:27Z', '2026-11-24T22:51:26Z')).toBe(0);
  });
});

test('the earlier of two dates may be the only one', () => {
  expect(earlier('2026-11-24T22:51:27Z', '2026-11-24T22:51:26.999Z')).toBe('2026-11-24T22:51:26.999Z');
  expect(earlier(undefined, '2026-11-24T22:51:26Z')).toBe('2026-11-24T22:51:26Z');
  expect(earlier('2026-11-24T22:51:26Z', undefined)).toBe('2026-11-24T22:51:26Z');
  expect(earlier(undefined, undefined)).toBeUndefined();
});

test.each([
  ['2026-11-25T02:05:18.61452Z', '2026-11-25T02:05:18.061452Z'],
  ['2026-11-25T02:05:18.7Z', '2026-11-25T02:05:18.000007Z'],
  ['2026-11-25T02:05:18.562686Z', '2026-11-25T02:05:18.562686Z'],
  ['2026-11-25T02:05:18Z', '2026-11-25T02:05:18Z'],
  [undefined, undefined]
])('a fraction that is a number of microseconds gets its zeros back: %s', (date, whole) => {
  expect(padded(date)).toBe(whole);
});
