import { byPage, toMultirange } from './page-sequences.js';

it('writes numbers as Postgres writes ranges, in whatever order and however often they come', () => {
  expect(toMultirange([])).toBe('{}');
  expect(toMultirange([3, 1, 2, 2, 7])).toBe('{[1,4),[7,8)}');
});

it('takes what came of each page and person together, in the order of the key', () => {
  const arrival = (page_id: string, page_seq: number, username = 'sara') => ({ page_id, page_seq, username });
  const told = (page_id: string, last_seq: number | null) => ({ page_id, last_seq, username: 'sara' });
  expect(
    byPage(
      [arrival('b', 1), arrival('a', 2), arrival('a', 1), arrival('a', 9, 'reza')],
      [told('a', 3), told('a', 2), told('c', null)]
    )
  ).toEqual([
    { page_id: 'a', username: 'reza', told: null, arrived: '{[9,10)}' },
    { page_id: 'a', username: 'sara', told: 3, arrived: '{[1,3)}' },
    { page_id: 'b', username: 'sara', told: null, arrived: '{[1,2)}' }
  ]);
});
