import { firstLines, markPieces } from './marked.js';

const marks = (text: string, ...stretches: [number, number][]) =>
  markPieces(
    [{ text }],
    stretches.map(([from, to]) => ({ from, to }))
  )
    .map(({ text: part, isMark }) => (isMark ? `[${part}]` : part))
    .join('');

it('marks stretches of a text', () => {
  expect(marks('df = read()', [0, 2], [5, 9])).toBe('[df] = [read]()');
  expect(marks('all', [0, 3])).toBe('[all]');
});

it('loses nothing, whatever the stretches say', () => {
  expect(marks('abc')).toBe('abc');
  expect(marks('abc', [2, 99], [200, 300])).toBe('ab[c]');
  expect(marks('', [0, 1])).toBe('');
});

it('marks a stretch that reaches over several pieces, and keeps what the pieces are', () => {
  const pieces = [
    { text: 'pd', style: 'name' },
    { text: '.', style: '' },
    { text: 'read', style: 'call' }
  ];
  expect(markPieces(pieces, [{ from: 1, to: 5 }])).toEqual([
    { text: 'p', style: 'name', isMark: false },
    { text: 'd', style: 'name', isMark: true },
    { text: '.', style: '', isMark: true },
    { text: 're', style: 'call', isMark: true },
    { text: 'ad', style: 'call', isMark: false }
  ]);
});

it('keeps the first lines, and what is marked in them', () => {
  const stretches = [
    { from: 0, to: 1 },
    { from: 2, to: 5 }
  ];
  expect(firstLines('a\nb\nc', stretches, 2)).toEqual({
    text: 'a\nb',
    stretches: [
      { from: 0, to: 1 },
      { from: 2, to: 3 }
    ]
  });
  expect(firstLines('a\nb', stretches, 5).text).toBe('a\nb');
});
