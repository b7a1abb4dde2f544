import { expiryOf } from './expiry.js';

const now = new Date('2026-11-24T10:00:00Z');

test.each([
  ['never', null],
  ['90d', '2027-02-22T10:00:00.000Z'],
  ['2026-11-24', '2026-11-25T00:00:00.000Z'],
  ['2027-03-20', '2027-03-21T00:00:00.000Z'],
  ['2026-11-23', undefined],
  ['2027-02-30', undefined],
  ['2027-13-01', undefined],
  ['0d', undefined],
  ['-1d', undefined],
  ['99999d', undefined],
  ['tomorrow', undefined],
  ['', undefined]
])('%p ends at %p', (text, end) => expect(expiryOf(text, now)).toBe(end));
