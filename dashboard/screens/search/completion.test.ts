import { completed, isAskedFor, suggestionsOf, wordAt, written } from './completion.js';

const at = (text: string) => wordAt(text.replace('|', ''), text.indexOf('|'));
const offered = (text: string) => suggestionsOf(at(text)).map(suggestion => suggestion.text);

it('knows the word under the caret', () => {
  expect(at('status:err| "a b"')).toMatchObject({ from: 0, to: 10, qualifier: 'status', value: 'err' });
  expect(at('x notebook:"my rep|ort" y')).toMatchObject({ from: 2, to: 22, qualifier: 'notebook', value: 'my rep' });
  expect(at('-us|')).toMatchObject({ from: 0, qualifier: null, value: 'us', not: true });
  expect(at('a |')).toMatchObject({ from: 2, to: 2, value: '' });
});

it('offers qualifiers at the beginning of a word, and the values that are listed after a colon', () => {
  expect(offered('st|')).toEqual(['status:']);
  expect(offered('-us|')).toEqual(['-user:']);
  expect(offered('status:e|')).toEqual(['status:error']);
  expect(offered('|')).toContain('took:');
  expect(offered('read_csv|')).toEqual([]);
});

it('knows whose values only the server has', () => {
  expect([isAskedFor('user'), isAskedFor('status'), isAskedFor(null), isAskedFor('nonsense')]).toEqual([
    true,
    false,
    false,
    false
  ]);
});

it('puts a value with spaces or marks into quotation marks', () => {
  expect(written('user', 'sara')).toBe('user:sara');
  expect(written('notebook', 'my "best" report.ipynb')).toBe('notebook:"my \\"best\\" report.ipynb"');
});

it('replaces the word, and goes on after it', () => {
  const word = at('x st|');
  expect(completed('x st', word, { text: 'status:', qualifier: 'status', count: null })).toEqual({
    text: 'x status:',
    caret: 9
  });
  const value = at('status:e| y');
  expect(completed('status:e y', value, { text: 'status:error', qualifier: null, count: null })).toEqual({
    text: 'status:error y',
    caret: 12
  });
});
