import { highlight } from './highlight.js';

const whole = (code: string) =>
  highlight(code)
    .map(({ text }) => text)
    .join('');

it.each([
  'def f(x):\n    return x + 1  # one more\n',
  '%%sql\nSELECT * FROM "t" WHERE a = \'b\'',
  '<script>alert(1)</script>',
  'print("سلام")\n',
  '',
  '((((('
])('loses no character of %j', code => {
  expect(whole(code)).toBe(code);
});

it('leaves code that is very long as it is', () => {
  const code = 'x = 1\n'.repeat(20_000);
  expect(highlight(code)).toEqual([{ text: code, style: '' }]);
});
