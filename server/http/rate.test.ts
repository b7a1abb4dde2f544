import { createRate } from './rate.js';

describe('a rate', () => {
  let now = 0;
  const rate = createRate(500, () => now);
  const steadily = (perSecond: number, seconds: number): void => {
    for (const end = now + seconds * 1000; now < end; now += 1000 / perSecond) rate.note();
  };

  it('comes to be what steadily happens, and half of it after its half-life', () => {
    expect(rate.perSecond()).toBe(0);
    steadily(200, 5);
    expect(rate.perSecond()).toBeGreaterThan(195);
    expect(rate.perSecond()).toBeLessThan(205);
    now += 500;
    expect(rate.perSecond()).toBeGreaterThan(95);
    expect(rate.perSecond()).toBeLessThan(105);
    now += 60_000;
    expect(rate.perSecond()).toBeLessThan(0.001);
  });
});
