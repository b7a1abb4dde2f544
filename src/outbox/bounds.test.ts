import fc from 'fast-check';
import { admit, dayOf, EMPTY, hasRoomAgain, isFull, type Day } from './bounds.js';

const bounds = { maxEvents: 10, maxBytes: 100, maxDays: 30 };
const DAY_MS = 24 * 60 * 60 * 1000;

test('no more is kept than the bounds allow, and each event is either kept or lost', () => {
  const sizes = fc.array(fc.record({ bytes: fc.integer({ min: 1, max: 150 }) }), { maxLength: 30 });
  fc.assert(
    fc.property(sizes, fc.nat(12), fc.nat(120), (entries, events, bytes) => {
      const { kept, lost, volume } = admit(entries, { events, bytes }, bounds);
      expect(kept.length + lost.length).toBe(entries.length);
      expect(volume.events).toBe(events + kept.length);
      expect(volume.bytes).toBe(bytes + kept.reduce((sum, entry) => sum + entry.bytes, 0));
      if (kept.length > 0) expect(volume.events <= 10 && volume.bytes <= 100).toBe(true);
    })
  );
});

test('what came first stays, and one that is too large does not keep smaller ones out', () => {
  const entries = [{ bytes: 60 }, { bytes: 60 }, { bytes: 40 }];
  expect(admit(entries, EMPTY, bounds)).toMatchObject({ kept: [{ bytes: 60 }, { bytes: 40 }], lost: [{ bytes: 60 }] });
});

test('full is full by either measure, and room again is some way below it', () => {
  expect(isFull({ events: 10, bytes: 1 }, bounds)).toBe(true);
  expect(isFull({ events: 1, bytes: 100 }, bounds)).toBe(true);
  expect(isFull({ events: 9, bytes: 99 }, bounds)).toBe(false);
  expect(hasRoomAgain({ events: 9, bytes: 90 }, bounds)).toBe(true);
  expect(hasRoomAgain({ events: 9, bytes: 91 }, bounds)).toBe(false);
});

describe('days of use', () => {
  const run = (...times: number[]): number =>
    times.reduce<Day | undefined>((day, at) => dayOf(day, at), undefined)!.number;

  test('are counted when a day has passed', () => {
    expect(run(0, 1000, DAY_MS - 1)).toBe(1);
    expect(run(0, DAY_MS, DAY_MS + 1000)).toBe(2);
  });

  test('that nobody was there for do not count', () => {
    expect(run(0, 365 * DAY_MS)).toBe(2);
  });

  test('follow no clock that jumps, forward or back', () => {
    expect(run(0, 3650 * DAY_MS, 3650 * DAY_MS + 1000, 1000)).toBe(3);
  });
});
