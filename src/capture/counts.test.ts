import { createCounts, FORGOTTEN_MS } from './counts.js';

const KEY = 'celltrail:count:/:k1';
const followed = { process: 'p1', last: 4, credit: 1 };

beforeEach(() => localStorage.clear());

test('the next page goes on from what this one kept', () => {
  createCounts(localStorage, '/', () => 0).keep('k1', followed);
  expect(createCounts(localStorage, '/', () => 1000).recall('k1')).toEqual(followed);
});

test("another server's kernels are not looked up, nor kernels that nobody followed", () => {
  createCounts(localStorage, '/user/a/', () => 0).keep('k1', followed);
  expect(createCounts(localStorage, '/user/b/', () => 0).recall('k1')).toBeUndefined();
  expect(createCounts(localStorage, '/user/a/', () => 0).recall('k2')).toBeUndefined();
});

test('a kernel that nobody followed for a week is forgotten', () => {
  createCounts(localStorage, '/', () => 0).keep('k1', followed);
  createCounts(localStorage, '/', () => FORGOTTEN_MS + 1);
  expect(localStorage.getItem(KEY)).toBeNull();
});

test.each(['not JSON', '{}', '{"process":"p","last":"4","credit":1}', 'null'])('%s is no count', record => {
  localStorage.setItem(KEY, record);
  expect(createCounts(localStorage, '/', () => 0).recall('k1')).toBeUndefined();
});

test('without storage, or with a full one, a page knows only its own', () => {
  const none = createCounts(null, '/', () => 0);
  none.keep('k1', followed);
  expect(none.recall('k1')).toBeUndefined();
  const full = {
    length: 0,
    getItem: () => null,
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
    removeItem: () => undefined
  } as unknown as Storage;
  expect(() => createCounts(full, '/', () => 0).keep('k1', followed)).not.toThrow();
});
