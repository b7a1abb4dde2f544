import { testPage } from '../test/events.js';
import { cleanEvent } from './clean.js';
import { refusedNumbers } from './refused-numbers.js';

const PAGE = '0b7c3f5e-6a0e-4d0c-9a39-0f6f1d2f7a11';
const numbersOf = (...events: unknown[]) =>
  refusedNumbers(
    events.map((event, index) => cleanEvent(event, index, Date.now())),
    events
  );

it('accounts for the number of an event that is refused, as far as it can be read', () => {
  const good = testPage().other();
  const bad = { ...testPage().other(), page_id: PAGE.toUpperCase(), page_seq: 4, type: 'no.such' };
  expect(numbersOf(good, bad)).toEqual([{ page_id: PAGE, page_seq: 4 }]);
  for (const page_seq of [0, -1, 1.5, '4', null, 2 ** 53]) expect(numbersOf({ ...bad, page_seq })).toEqual([]);
  for (const page_id of ['x', 5, null]) expect(numbersOf({ ...bad, page_id })).toEqual([]);
  expect(numbersOf(null, 5, 'x', [])).toEqual([]);
});

it('accounts for what a page says was refused before it came here', () => {
  const about = { refused_id: PAGE, refused_type: 'execution.finished', problem: 'urn:celltrail:batch-too-large' };
  const told = { ...testPage().other(), type: 'outbox.refused', ...about };
  expect(numbersOf(told)).toEqual([]);
  expect(numbersOf({ ...told, refused_page_id: PAGE, refused_page_seq: 9 })).toEqual([{ page_id: PAGE, page_seq: 9 }]);
});
