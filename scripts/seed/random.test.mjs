import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomOf } from './random.mjs';

test('the same words make the same numbers, other words make others', () => {
  const numbers = (...words) => Array.from({ length: 5 }, randomOf(...words).next);
  assert.deepEqual(numbers(1, 'sara'), numbers(1, 'sara'));
  assert.notDeepEqual(numbers(1, 'sara'), numbers(2, 'sara'));
  assert.notDeepEqual(numbers(1, 2), numbers(12));
});

test('numbers are spread evenly', () => {
  const random = randomOf('spread');
  const tens = Array.from({ length: 10 }, () => 0);
  for (let i = 0; i < 10_000; i++) tens[Math.floor(random.next() * 10)]++;
  for (const count of tens) assert.ok(count > 850 && count < 1150, String(tens));
});

test('a UUID looks like one', () => {
  assert.match(randomOf('id').uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
});
