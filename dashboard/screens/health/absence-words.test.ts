import { translator } from '@celltrail/protocol/locales';
import { formatter } from '../../format.js';
import { absenceTitle, gapEnd, lastDays } from './absence-words.js';

const [en, fa] = [translator('en'), translator('fa')];
const NOW = new Date('2026-11-24T12:00:00Z');

it('names what happened, and a reason that this build does not know as it is', () => {
  expect(absenceTitle({ type: 'capture.disabled', reason: null }, en)).toBe('Recording turned off');
  expect(absenceTitle({ type: 'capture.gap', reason: 'page_late' }, en)).toContain('came late');
  expect(absenceTitle({ type: 'capture.gap', reason: 'page_late' }, fa)).toContain('دیر');
  expect(absenceTitle({ type: 'capture.gap', reason: 'sunspots' }, en)).toBe('Gap: sunspots');
});

it('writes the ends of a gap as counts or as times, in the digits of the language', () => {
  const [english, persian] = [formatter('en', 'UTC'), formatter('fa', 'UTC')];
  expect(gapEnd('12', en, english, NOW)).toBe('execution 12');
  expect(gapEnd('12', fa, persian, NOW)).toBe('اجرای ۱۲');
  expect(gapEnd('2026-11-24T10:00:00.000Z', en, english, NOW)).toBe('10:00:00');
  expect(gapEnd(null, en, english, NOW)).toBe('not known');
  expect(gapEnd('somewhere', en, english, NOW)).toBe('somewhere');
});

it('counts whole days back from today, over a change of the clocks too', () => {
  expect(lastDays(1, NOW, 'UTC')).toEqual({ from: '2026-11-24', to: '2026-11-24' });
  expect(lastDays(7, NOW, 'UTC')).toEqual({ from: '2026-11-18', to: '2026-11-24' });
  expect(lastDays(1, new Date('2026-11-24T21:00:00Z'), 'Asia/Tehran').to).toBe('2026-11-25');
  expect(lastDays(30, new Date('2026-11-05T12:00:00Z'), 'America/New_York').from).toBe('2026-10-07');
});
