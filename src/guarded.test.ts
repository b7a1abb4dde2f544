import { createFaults, guarded } from './guarded.js';

let warnings: string[];
const record = () => createFaults(message => void warnings.push(message));
beforeEach(() => {
  warnings = [];
});

test('a callback that works gives its result through', () => {
  expect(guarded('room', (a: number, b: number) => a + b, record())(1, 2)).toBe(3);
});

test('a callback that throws becomes a status and one warning', () => {
  const faults = record();
  const rooms: string[] = [];
  faults.changed.connect((_, room) => void rooms.push(room));
  const callback = guarded(
    'capture',
    () => {
      throw new Error('no such cell');
    },
    faults
  );
  expect(callback()).toBeUndefined();
  expect(callback()).toBeUndefined();
  expect(faults.of('capture')).toBe('no such cell');
  expect(faults.of('banner')).toBeNull();
  expect(warnings).toEqual(['Celltrail: capture: no such cell']);
  expect(rooms).toEqual(['capture']);
});

test('a promise that is rejected counts as thrown', async () => {
  const faults = record();
  await expect(guarded('outbox', () => Promise.reject(new Error('late')), faults)()).resolves.toBeUndefined();
  expect(faults.of('outbox')).toBe('late');
});

test('what is thrown need not be an error', () => {
  const faults = record();
  faults.report('banner', 'a text');
  expect(faults.of('banner')).toBe('a text');
});

test('a room that works again is without fault, and says so', () => {
  const faults = record();
  faults.report('banner', new Error('once'));
  let changes = 0;
  faults.changed.connect(() => void changes++);
  faults.clear('banner');
  faults.clear('banner');
  expect(faults.of('banner')).toBeNull();
  expect(changes).toBe(1);
});
