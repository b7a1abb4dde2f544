import { translator } from '@celltrail/protocol/locales';
import { formatter } from '../../format.js';
import { figureWords, normalWords } from './anomaly-words.js';

const [t, format] = [translator('en'), formatter('en')];

it.each([
  [{ figure: 0.62, unit: 'share' as const }, '62%'],
  [{ figure: 3, unit: 'hour' as const }, '03:00'],
  [{ figure: 412, unit: 'executions' as const }, '412 runs'],
  [{ figure: 1, unit: 'names' as const }, '1 name']
])('says %j as %s', (anomaly, words) => {
  expect(figureWords(anomaly, t, format)).toBe(words);
});

it('says what is normal, where the ordinary ends, and from how long that is known', () => {
  const normal = { typical: 0.08, limit: 0.3, days: 60 };
  expect(normalWords({ unit: 'share' }, normal, t, format)).toBe('usually 8%, up to 30%, from 60 days');
  expect(normalWords({ unit: 'hour' }, { typical: null, limit: null, days: 1 }, t, format)).toBe('from 1 day');
});
