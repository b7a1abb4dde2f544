import { firstLine } from './first-line.js';

it.each([
  ['x = 1', 'x = 1'],
  ['x = 1\ny = 2', 'x = 1 …'],
  ['x = 1\r\ny = 2', 'x = 1 …'],
  ['x = 1\n\n', 'x = 1'],
  ['\n\n  x = 1  ', '  x = 1'],
  ['', null],
  [' \n\t', null]
])('makes of %j the line %j', (code, line) => {
  expect(firstLine(code)).toBe(line);
});
