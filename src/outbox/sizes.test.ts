import { DOUBT_AFTER, passedSize, splitSize, wholeSize, type Size } from './sizes.js';

const MOST = 500;

/** Sends as much as the size allows, through something that takes so much at most. */
function send(size: Size, limit: number): { size: Size; passed: boolean } {
  const sent = size.now;
  return sent <= limit
    ? { size: passedSize(size, sent, MOST), passed: true }
    : { size: splitSize(size, sent), passed: false };
}

function sendMany(size: Size, limit: number, times: number): { size: Size; wasted: number } {
  let wasted = 0;
  for (let time = 0; time < times; time++) {
    const next = send(size, limit);
    if (!next.passed) wasted++;
    size = next.size;
  }
  return { size, wasted };
}

test('a limit is learned in a few tries and then kept to', () => {
  const { size, wasted } = sendMany(wholeSize(MOST), 137, 30);
  expect(size.now).toBe(137);
  expect(wasted).toBeLessThan(10);
});

test('a learned limit is doubted after so many batches, at the cost of one try while it stands', () => {
  const learned = sendMany(wholeSize(MOST), 137, 30).size;
  const { size, wasted } = sendMany(learned, 137, 10 * (DOUBT_AFTER + 1));
  expect(size.now).toBeGreaterThanOrEqual(137);
  expect(wasted).toBeLessThanOrEqual(10);
});

test('a proxy that was set right is used fully again', () => {
  const learned = sendMany(wholeSize(MOST), 3, 30).size;
  const { size, wasted } = sendMany(learned, MOST, DOUBT_AFTER + 12);
  expect(size).toMatchObject({ now: MOST, doubted: null });
  expect(wasted).toBe(0);
});

test('a proxy that became stricter is found out, in doubt too', () => {
  const learned = sendMany(wholeSize(MOST), 137, 30 + DOUBT_AFTER).size;
  expect(sendMany(learned, 10, 30).size.now).toBe(10);
});

test('small batches and heartbeats neither prove nor disprove a limit', () => {
  const learned = sendMany(wholeSize(MOST), 137, 30).size;
  let size = learned;
  for (let time = 0; time < 200; time++) size = passedSize(size, 0, MOST);
  expect(size).toEqual(learned);
  for (let time = 0; time < 200; time++) size = passedSize(size, 1, MOST);
  expect(size.doubted).toMatchObject({ tooMuch: learned.tooMuch });
  expect(send(size, 137).passed).toBe(false);
  expect(send(send(size, 137).size, 137).passed).toBe(true);
});

test('one large event that passed disproves a limit', () => {
  const learned = splitSize(wholeSize(MOST), 100);
  expect(passedSize(learned, 200, MOST).tooMuch).toBe(MOST + 1);
});
