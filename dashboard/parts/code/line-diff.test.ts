import { lineDiff, withoutUnchanged } from './line-diff.js';

const shown = (before: string, after: string) =>
  lineDiff(before, after).map(({ kind, text }) => ({ same: ' ', added: '+', removed: '-' })[kind] + text);

it('says what was added and what was taken away, line by line', () => {
  expect(shown('a\nb\nc', 'a\nB\nc\nd')).toEqual([' a', '-b', '+B', ' c', '+d']);
});

it('numbers the lines of both texts', () => {
  const [, removed, added, same] = lineDiff('a\nb\nc', 'a\nB\nc');
  expect([removed!.before, added!.after, same!.before, same!.after]).toEqual([2, 2, 3, 3]);
});

it('takes another line end, or none at the end, for no difference', () => {
  expect(shown('a\r\nb', 'a\nb\n')).toEqual([' a', ' b']);
});

it('answers for two long texts that have nothing in common', () => {
  const text = (name: string) => Array.from({ length: 3000 }, (_, n) => `${name}${n}`).join('\n');
  expect(lineDiff(text('a'), text('b'))).toHaveLength(6000);
});

it('leaves out what is far from a change, and says how much', () => {
  const before = Array.from({ length: 20 }, (_, n) => `line ${n}`);
  const after = before.with(10, 'other');
  const kinds = withoutUnchanged(lineDiff(before.join('\n'), after.join('\n')), 2).map(each =>
    each.kind === 'skipped' ? each.lines : each.kind
  );
  expect(kinds).toEqual([8, 'same', 'same', 'removed', 'added', 'same', 'same', 7]);
});
