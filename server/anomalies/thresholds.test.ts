import { parseThresholds, THRESHOLDS } from './thresholds.js';

it('keeps what is not named, and takes off for nothing', () => {
  expect(parseThresholds('')).toEqual(THRESHOLDS);
  expect(parseThresholds('failures=20, failure_share=0.5')).toEqual({
    ...THRESHOLDS,
    failures: 20,
    failure_share: 0.5
  });
  expect(parseThresholds('off')).toBeNull();
});

it.each(['failure=3', 'failures', 'failures=many', 'day_runs=-1', 'toString=1'])('refuses %p', text => {
  expect(() => parseThresholds(text)).toThrow(/use /);
});
