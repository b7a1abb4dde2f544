import fc from 'fast-check';
import { toInstant } from './instants.js';

describe('instants', () => {
  it.each([
    ['2026-11-24 22:51:31.123456+00', '2026-11-24T22:51:31.123456Z'],
    ['2026-11-24 22:51:31+00', '2026-11-24T22:51:31.000Z'],
    ['2026-11-24 22:51:31.5+00', '2026-11-24T22:51:31.500Z'],
    ['2026-11-25 02:21:31.000001+03:30', '2026-11-24T22:51:31.000001Z'],
    ['2026-11-24 14:51:31.1234-08', '2026-11-24T22:51:31.1234Z'],
    ['1900-01-01 03:25:44+03:25:44', '1900-01-01T00:00:00.000Z']
  ])('reads %s as %s', (text, instant) => expect(toInstant(text)).toBe(instant));

  it.each(['infinity', '-infinity', '0044-03-15 12:00:00+00 BC', '10000-01-01 00:00:00+00'])('leaves %s alone', text =>
    expect(toInstant(text)).toBe(text)
  );

  it('agrees with Date to the millisecond, in every zone', () => {
    const moment = fc.date({ min: new Date('1970-01-02'), max: new Date('9998-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(moment, fc.integer({ min: -15 * 4, max: 15 * 4 }), (at, quarters) => {
        const local = new Date(at.getTime() + quarters * 900_000).toISOString();
        const sign = quarters < 0 ? '-' : '+';
        const [hours, minutes] = [Math.floor(Math.abs(quarters) / 4), (Math.abs(quarters) % 4) * 15];
        const offset = `${sign}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
        expect(toInstant(local.slice(0, 23).replace('T', ' ') + offset)).toBe(at.toISOString());
      })
    );
  });
});
