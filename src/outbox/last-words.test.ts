import type { LastWord } from './entry.js';
import { LAST_WORDS, LastWords } from './last-words.js';
import { PAGE_ID, someEvent } from './test/events.js';

const OTHER_PAGE = '22222222-2222-4222-8222-222222222222';
const word = (seq: number, page = PAGE_ID, reason?: string): LastWord => ({
  actor: 'ana',
  believed: null,
  event: someEvent(seq, page, reason)
});
const sequences = (words: LastWords): number[] => words.all.map(({ event }) => event.page_seq);

beforeEach(() => localStorage.clear());

test('the next page finds what a page left, in the order of capture, until it is safe', () => {
  new LastWords(localStorage).leave([word(9), word(10), word(11)]);
  const found = new LastWords(localStorage);
  expect(sequences(found)).toEqual([9, 10, 11]);
  expect(found.all[0]).toEqual(word(9));
  found.forget([
    { page_id: PAGE_ID, page_seq: 9 },
    { page_id: OTHER_PAGE, page_seq: 10 }
  ]);
  expect(sequences(found)).toEqual([10, 11]);
});

test('pages do not write over each other, and what is written twice is there once', () => {
  const words = new LastWords(localStorage);
  words.leave([word(1)]);
  words.leave([word(1, OTHER_PAGE), word(1)]);
  expect(words.all).toHaveLength(2);
});

test('where there is not room for all, the newest are left, and a large one takes no room from the others', () => {
  const words = new LastWords(localStorage, 2_000);
  const large = word(3, PAGE_ID, 'x'.repeat(3_000));
  const many = Array.from({ length: 20 }, (_, i) => word(i + 10));
  expect(words.leave([...many, large, word(99)])).toBe(words.all.length);
  expect(sequences(words)).toContain(99);
  expect(sequences(words)).not.toContain(3);
  expect(sequences(words)).not.toContain(10);
});

test('a full storage takes what it can, one that is denied nothing, and neither throws', () => {
  const debug = jest.spyOn(console, 'debug').mockImplementation(() => undefined);
  const full = Object.create(localStorage, {
    setItem: {
      value: () => {
        throw new DOMException('full', 'QuotaExceededError');
      }
    }
  }) as Storage;
  expect(new LastWords(full).leave([word(1)])).toBe(0);
  const denied = new LastWords(null);
  expect(denied.leave([word(1)])).toBe(0);
  expect(denied.all).toEqual([]);
  debug.mockRestore();
});

test('what somebody else wrote there harms nothing', () => {
  const debug = jest.spyOn(console, 'debug').mockImplementation(() => undefined);
  localStorage.setItem(`${LAST_WORDS}:x:1`, '{"half":');
  localStorage.setItem(`${LAST_WORDS}:x:2`, 'null');
  localStorage.setItem('other', '{}');
  const words = new LastWords(localStorage);
  words.leave([word(1)]);
  expect(sequences(words)).toEqual([1]);
  debug.mockRestore();
});
