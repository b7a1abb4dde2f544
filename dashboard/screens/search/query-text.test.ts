import { asksFor, toggled } from './query-text.js';

it('adds a value, and takes it away again', () => {
  expect(toggled('read_csv', 'status', 'error')).toBe('read_csv status:error');
  expect(toggled('read_csv status:error took:>5', 'status', 'error')).toBe('read_csv took:>5');
  expect(toggled('', 'notebook', 'a b.ipynb')).toBe('notebook:"a b.ipynb"');
  expect(toggled('notebook:"a b.ipynb"', 'notebook', 'a b.ipynb')).toBe('');
});

it('knows what is asked for, and takes a minus for something else', () => {
  expect(asksFor('user:sara', 'user', 'sara')).toBe(true);
  expect(asksFor('-user:sara', 'user', 'sara')).toBe(false);
  expect(asksFor('"user:sara', 'user', 'sara')).toBe(false);
});
