import { tableLines } from './table.js';

const column = (name: string, numeric = false) => ({ name, numeric });

describe('a table', () => {
  it('aligns texts left and numbers right', () => {
    expect(tableLines([column('who'), column('runs', true)], [['sara', '7'], ['reza', '1234']])).toEqual([
      ' who  | runs',
      '------+------',
      ' sara |    7',
      ' reza | 1234',
      '(2 rows)'
    ]); // prettier-ignore
  });

  it('leaves null empty and says when there is one row, or none', () => {
    expect(tableLines([column('x')], [[null]])).toEqual([' x', '---', '', '(1 row)']);
    expect(tableLines([column('x')], [])).toEqual([' x', '---', '(0 rows)']);
  });

  it('lets nothing of a code command the terminal', () => {
    const [, , row] = tableLines([column('code')], [['a\nb\tc\u001b[2J\u0007\u202e\u009b']]);
    expect(row).toBe(' a↵b→c␛[2J␇<202E><009B>');
  });

  it('keeps columns under each other in Persian, with marks and wide letters', () => {
    const lines = tableLines([column('t'), column('n', true)], [['سَلام', '1'], ['漢字', '2'], ['می‌رود', '3'], ['abcd', '4']]); // prettier-ignore
    expect(lines.slice(2, 6)).toEqual([' سَلام | 1', ' 漢字 | 2', ' می‌رود | 3', ' abcd | 4'].map(line => expect.stringContaining(line.trim().split(' ')[0]!) as string)); // prettier-ignore
    const bars = lines.slice(2, 6).map(line => line.slice(0, line.indexOf('|')).replace(/\p{M}|\u200c/gu, '').replace(/\p{sc=Han}/gu, 'xx').length); // prettier-ignore
    expect(new Set(bars).size).toBe(1);
  });
});
