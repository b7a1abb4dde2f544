import { browserId } from './browser-id.js';

const [A, B] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
beforeEach(() => localStorage.clear());

test('a browser profile has one id, whichever page asks', () => {
  expect(browserId(localStorage, () => A)).toBe(A);
  expect(browserId(localStorage, () => B)).toBe(A);
});

test('what is no id is replaced', () => {
  localStorage.setItem('celltrail-browser-id', 'x');
  expect(browserId(localStorage, () => A)).toBe(A);
});

test('a browser that keeps nothing has none', () => {
  const debug = jest.spyOn(console, 'debug').mockImplementation(() => undefined);
  expect(browserId(null, () => A)).toBeNull();
  const full = { getItem: () => null, setItem: () => void 0 } as unknown as Storage;
  expect(browserId(full, () => A)).toBeNull();
  const denied = {
    getItem: () => {
      throw new DOMException('denied', 'SecurityError');
    }
  } as unknown as Storage;
  expect(browserId(denied, () => A)).toBeNull();
  debug.mockRestore();
});
