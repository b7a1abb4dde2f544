import { toCsv } from './csv.js';

it('has a line per row, with the names first', () => {
  expect(
    toCsv([
      { user: 'sara', ms: 1.5 },
      { user: 'ali', ms: null }
    ])
  ).toBe('\uFEFFuser,ms\r\nsara,1.5\r\nali,\r\n');
});

it('quotes what would break a line, and takes the force from formulas', () => {
  expect(toCsv([{ code: 'a,"b"\nc' }])).toContain('"a,""b""\nc"');
  expect(toCsv([{ code: '=HYPERLINK("x")' }])).toContain('"\'=HYPERLINK(""x"")"');
  expect(toCsv([{ ms: -1 }])).toContain('\r\n-1\r\n');
});
