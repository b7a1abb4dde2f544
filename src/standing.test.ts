import { standing, type StandingParts } from './standing.js';

const on = { capturing: true, fault: null };

test.each<[string, StandingParts['capture'], StandingParts['outbox']['reach'], string]>([
  ['all is well', on, 'reachable', 'recording'],
  ['nobody answered yet', on, 'unknown', 'connecting'],
  ['the server is away', on, 'unreachable', 'unreachable'],
  ['the server refuses', on, 'refused', 'refused'],
  ['the server no longer knows who is signed in', on, 'expired', 'expired'],
  ['the browser stores nothing', on, 'storage', 'storage'],
  ['capture misses something, wherever the rest stands', { capturing: true, fault: 'x' }, 'unreachable', 'fault'],
  ['capture is off, wherever the rest stands', { capturing: false, fault: 'x' }, 'storage', 'off']
])('%s', (_, capture, reach, expected) => {
  expect(standing({ capture, outbox: { reach, full: false } })).toBe(expected);
});

test('a full outbox is told before how the server is: what runs now is lost', () => {
  for (const reach of ['unreachable', 'expired', 'reachable'] as const) {
    expect(standing({ capture: on, outbox: { reach, full: true } })).toBe('full');
  }
  expect(standing({ capture: { capturing: false, fault: null }, outbox: { reach: 'storage', full: true } })).toBe(
    'off'
  );
  expect(standing({ capture: on, outbox: { reach: 'storage', full: true } })).toBe('storage');
});
