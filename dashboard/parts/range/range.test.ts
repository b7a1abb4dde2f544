import { dayOf, lastDays, lengthOf, presetOf, readRange, shift } from './range.js';

const NOW = new Date('2026-11-24T21:00:00Z');
const read = (address: string) => readRange(new URLSearchParams(address), 7, NOW, 'UTC');

it("takes the day of the person's time zone for today", () => {
  expect(dayOf(NOW, 'UTC')).toBe('2026-11-24');
  expect(dayOf(NOW, 'Asia/Tehran')).toBe('2026-11-25');
});

it('counts today among the last days', () => {
  expect(lastDays(7, NOW, 'UTC')).toEqual({ from: '2026-11-18', to: '2026-11-24', tz: 'UTC' });
  expect(lengthOf(lastDays(30, NOW, 'UTC'))).toBe(30);
});

it('goes over the ends of months and years', () => {
  expect(shift('2026-03-01', -1)).toBe('2026-02-28');
  expect(shift('2026-12-31', 1)).toBe('2027-01-01');
});

it('reads an address back as it was written', () => {
  expect(read('from=2026-11-01&to=2026-11-10&tz=Asia/Tehran')).toEqual({
    from: '2026-11-01',
    to: '2026-11-10',
    tz: 'Asia/Tehran'
  });
  expect(read('last=30')).toEqual(lastDays(30, NOW, 'UTC'));
});

it.each(['', 'from=2026-02-31&to=2026-03-01', 'from=x&to=y', 'last=-1', 'last=1e9', 'tz=Mars/Base'])(
  'takes its default for an address that says nothing to be used: %j',
  address => expect(read(address)).toEqual(lastDays(7, NOW, 'UTC'))
);

it('turns a range round that is the wrong way, and shortens one that is too long', () => {
  expect(read('from=2026-11-10&to=2026-11-01')).toMatchObject({ from: '2026-11-01', to: '2026-11-10' });
  expect(lengthOf(read('from=1999-01-01&to=2026-11-01'))).toBe(366);
});

it('knows a range that ends today', () => {
  expect(presetOf(lastDays(7, NOW, 'UTC'), NOW)).toBe(7);
  expect(presetOf({ from: '2026-11-01', to: '2026-11-02', tz: 'UTC' }, NOW)).toBeNull();
});
