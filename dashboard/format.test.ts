import { formatter, NOTHING } from './format.js';

const en = formatter('en', 'Asia/Tehran');
const fa = formatter('fa', 'Asia/Tehran');
const NOON = '2026-11-24T08:30:05.123Z';
const now = new Date('2026-11-24T15:00:00Z');

describe('counts and shares', () => {
  it('writes the digits of the language', () => {
    expect(en.count(12483)).toBe('12,483');
    expect(fa.count(12483)).toBe('۱۲٬۴۸۳');
  });

  it('writes a share as per cent with one decimal', () => {
    expect(en.percent(0.6667)).toBe('66.7%');
    expect(fa.percent(0.6667)).toBe('۶۶٫۷٪');
    expect(en.percent(1)).toBe('100%');
  });

  it('writes a dash where nothing is known', () => {
    expect(en.percent(null)).toBe(NOTHING);
    expect(fa.duration(null)).toBe(NOTHING);
  });
});

describe('durations', () => {
  it.each([
    [0, '0 ms'],
    [0.412, '0.41 ms'],
    [312.44, '312 ms'],
    [999.4, '999 ms'],
    [999.6, '1 sec'],
    [1520.31, '1.52 sec'],
    [12_345, '12.3 sec'],
    [59_949, '59.9 sec'],
    [59_951, '1 min 0 sec'],
    [84_210, '1 min 24 sec'],
    [3_599_600, '1 hr 0 min'],
    [3_912_000, '1 hr 5 min']
  ])('writes %d ms as %s', (ms, text) => {
    expect(en.duration(ms)).toBe(text);
  });

  it('joins two units as Persian does', () => {
    expect(fa.duration(84_210)).toBe('۱ دقیقه و ۲۴ ثانیه');
    expect(fa.duration(0.412)).toBe('۰٫۴۱ میلی‌ثانیه');
  });
});

describe('moments', () => {
  it("leaves the day out when it is today's", () => {
    expect(en.moment(NOON, now)).toBe('12:00:05');
    expect(fa.moment(NOON, now)).toBe('۱۲:۰۰:۰۵');
  });

  it('names the day when it is another, in the calendar of the language', () => {
    const tomorrow = new Date('2026-11-25T15:00:00Z');
    expect(en.moment(NOON, tomorrow)).toBe('Nov 24, 12:00:05');
    expect(fa.moment(NOON, tomorrow)).toBe('۳ آذر، ۱۲:۰۰:۰۵');
  });

  it("decides what today is by the reader's time zone", () => {
    const beforeMidnight = '2026-11-24T20:29:59Z';
    const afterMidnight = new Date('2026-11-24T20:30:01Z');
    expect(en.moment(beforeMidnight, afterMidnight)).toBe('Nov 24, 23:59:59');
  });

  it('writes a date in full in the order that people write it', () => {
    expect(en.fullMoment(NOON)).toBe('Tuesday, November 24, 2026, 12:00:05');
    expect(fa.fullMoment(NOON)).toBe('سه‌شنبه ۳ آذر ۱۴۰۵، ۱۲:۰۰:۰۵');
  });

  it('writes a date', () => {
    expect(en.date(now)).toBe('Nov 24, 2026');
    expect(fa.date(now)).toBe('۳ آذر ۱۴۰۵');
  });
});

it('writes a day on either calendar, whatever the time zone of the machine', () => {
  expect(formatter('en').day('2026-11-24')).toBe('Nov 24, 2026');
  expect(formatter('fa').day('2026-11-24')).toBe('۳ آذر ۱۴۰۵');
  expect(formatter('fa').day('2026-11-24', 'gregory')).toMatch(/۲۴ نوامبر ۲۰۲۶/);
  expect(formatter('en').day('2026-11-24', 'persian')).toMatch(/Azar 3, 1405/);
});

it('writes sizes and hours in the digits of the language', () => {
  expect(formatter('en').bytes(0)).toBe('0 byte');
  expect(formatter('en').bytes(1536)).toBe('1.5 kB');
  expect(formatter('en').hour(9)).toBe('09:00');
  expect(formatter('fa').hour(9)).toBe('۰۹:۰۰');
});
