import fc from 'fast-check';
import { observationId } from './observation-id.js';

test('is a UUIDv8, the same for the same occurrence and for nothing else', () => {
  const id = observationId('kernel.restarted', 'k1', 'p2');
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(observationId('kernel.restarted', 'k1', 'p2')).toBe(id);
  const others = [
    observationId('kernel.died', 'k1', 'p2'),
    observationId('kernel.restarted', 'k2', 'p2'),
    observationId('kernel.restarted', 'k1', 'p3'),
    observationId('kernel.restarted', 'k1', null)
  ];
  expect(new Set([id, ...others]).size).toBe(5);
});

test('keeps coordinates apart, whatever stands in them', () => {
  const word = fc.stringMatching(/^[a-z]{0,4}$/);
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 3 }),
      fc.array(word, { minLength: 1, maxLength: 3 }),
      (a, b) => {
        const same = JSON.stringify(a) === JSON.stringify(b);
        expect(observationId('t', ...a) === observationId('t', ...b)).toBe(same);
      }
    )
  );
});
