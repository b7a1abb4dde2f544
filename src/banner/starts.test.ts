import { ShownStarts } from './starts.js';

class FakeStorage {
  kept: string | null = null;
  fault: Error | null = null;
  getItem(): string | null {
    if (this.fault) throw this.fault;
    return this.kept;
  }
  setItem(_key: string, value: string): void {
    if (this.fault) throw this.fault;
    this.kept = value;
  }
}

test('remembers over a reload of the tab, until the kernel restarts', () => {
  const storage = new FakeStorage();
  new ShownStarts(storage).add('kernel');
  const reloaded = new ShownStarts(storage);
  expect(reloaded.has('kernel')).toBe(true);
  reloaded.restarted('kernel');
  expect(new ShownStarts(storage).has('kernel')).toBe(false);
});

test('remembers in memory where the browser denies storage', () => {
  const storage = new FakeStorage();
  storage.fault = new DOMException('denied', 'SecurityError');
  const starts = new ShownStarts(storage);
  starts.add('kernel');
  expect(starts.has('kernel')).toBe(true);
  const none = new ShownStarts(null);
  none.add('kernel');
  expect(none.has('kernel')).toBe(true);
});

test.each(['{', '7', '{"a":1}', '[1,null]'])('what somebody else wrote there (%s) counts as nothing', kept => {
  const storage = new FakeStorage();
  storage.kept = kept;
  expect(new ShownStarts(storage).has('kernel')).toBe(false);
});

test('forgets the oldest of very many kernels', () => {
  const storage = new FakeStorage();
  const starts = new ShownStarts(storage);
  for (let index = 0; index < 300; index++) starts.add(`kernel-${index}`);
  const reloaded = new ShownStarts(storage);
  expect([reloaded.has('kernel-0'), reloaded.has('kernel-299')]).toEqual([false, true]);
});

test('a bug is not swallowed', () => {
  const storage = new FakeStorage();
  storage.fault = new TypeError('bug');
  expect(() => new ShownStarts(storage)).toThrow('bug');
});
