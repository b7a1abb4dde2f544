import assert from 'node:assert/strict';
import { test } from 'node:test';
import { table, withParts } from './marked.mjs';

const page = 'a\n<!-- begin one -->\nold\n<!-- end one -->\nb\n<!-- begin two -->\nkept\n<!-- end two -->\n';

test('a part is replaced, and what no part is for stays', () => {
  const made = withParts(page, { one: 'new $1' });
  assert.match(made, /a\n<!-- begin one -->\nnew \$1\n<!-- end one -->\nb/);
  assert.match(made, /kept/);
  assert.equal(withParts(made, { one: 'new $1' }), made);
});

test('a part without a place is a failure that names it', () => {
  assert.throws(() => withParts(page, { three: 'x' }), /no place for three/);
});

test('a bar in a cell does not end the cell', () => {
  assert.equal(table(['a', 'b'], [['x|y', 1]]), '| a | b |\n| --- | --- |\n| x\\|y | 1 |');
});
