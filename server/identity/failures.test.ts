import { createFailures, MOST_FAILURES, WINDOW_MS } from './failures.js';

describe('failed attempts', () => {
  let now = 0;
  const fill = () => {
    const failures = createFailures(() => now);
    for (let i = 0; i < MOST_FAILURES; i++) failures.note('10.0.0.1');
    return failures;
  };
  beforeEach(() => (now = 1_000_000));

  it('stop an address after the tenth, and no other one', () => {
    const failures = fill();
    expect(failures.waitS('10.0.0.1')).toBe(WINDOW_MS / 1000);
    expect(failures.waitS('10.0.0.2')).toBe(0);
  });

  it('are forgiven after a minute', () => {
    const failures = fill();
    now += WINDOW_MS - 1;
    expect(failures.waitS('10.0.0.1')).toBe(1);
    now += 1;
    expect(failures.waitS('10.0.0.1')).toBe(0);
  });

  it('take no more memory than ten thousand addresses do', () => {
    const failures = fill();
    for (let i = 0; i < 10_000; i++) failures.note(`other ${i}`);
    expect(failures.waitS('10.0.0.1')).toBe(0);
  });
});
