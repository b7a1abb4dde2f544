import { describeProblem } from '@celltrail/protocol';
import type { Refusal } from '../tokens.js';
import { groupRefusals, refusalsText } from './refusals.js';

const refusal = (field?: string, detail?: string): Refusal => ({
  event: { id: 'x' },
  problem: describeProblem('field-invalid', { field, detail }),
  refusedAt: 1
});

test('refused events are told by reason and field, wherever in its batch an event stood', () => {
  const groups = groupRefusals([
    refusal(),
    refusal('events[3].code'),
    refusal('events[17].code'),
    refusal('events[1].code', 'too long')
  ]);
  expect(groups).toEqual([
    { reason: 'A field is not valid', field: 'code', count: 2 },
    { reason: 'A field is not valid', field: null, count: 1 },
    { reason: 'too long', field: 'code', count: 1 }
  ]);
});

test('the text holds every event with its problem', () => {
  const list = [refusal('events[0].code')];
  expect(JSON.parse(refusalsText(list))).toEqual(JSON.parse(JSON.stringify(list)));
});
