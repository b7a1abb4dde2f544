import { toInstant } from '../store/instants.js';
import { moment } from './moment.js';

describe('moments', () => {
  it.each([
    ['2026-11-24T22:51:31Z', '2026-11-24T22:51:31.000Z'],
    ['2026-11-24T22:51:31.1Z', '2026-11-24T22:51:31.100Z'],
    ['2026-11-24T22:51:31.123456Z', '2026-11-24T22:51:31.123456Z'],
    ['2026-11-24T22:51:31.123456789Z', '2026-11-24T22:51:31.123456Z'],
    ['2026-11-24T22:51:31.999999999Z', '2026-11-24T22:51:31.999999Z'],
    ['2026-11-24T22:51:31.120000Z', '2026-11-24T22:51:31.120Z'],
    ['2026-11-25T02:21:31.5+03:30', '2026-11-24T22:51:31.500Z'],
    ['2026-11-24T00:00:00+23:59', '2026-11-23T00:01:00.000Z']
  ])('%s is written %s', (text, expected) => expect(moment(text)).toBe(expected));

  it('are written as the store hands them back', () => {
    expect(toInstant('2026-11-24 22:51:31.12+00')).toBe(moment('2026-11-24T22:51:31.120000Z'));
  });

  it('are null where there is no such date', () => expect(moment('2026-13-01T00:00:00Z')).toBeNull());
});
