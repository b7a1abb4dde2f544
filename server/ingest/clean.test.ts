import { MAX_CODE_LENGTH, MAX_FUTURE_MS } from '@celltrail/protocol';
import { testPage } from '../test/events.js';
import { cleanEvent, type Execution, type Occurrence, type Refusal } from './clean.js';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const page = testPage(NOW);
const end = page.finished();
const without = (key: string): object => Object.fromEntries(Object.entries(end).filter(([name]) => name !== key));
const ahead = new Date(NOW + MAX_FUTURE_MS + 1).toISOString();

const refusalOf = (raw: unknown): Refusal => {
  const cleaned = cleanEvent(raw, 3, NOW);
  if (cleaned.kind !== 'refused') throw new Error('it was not refused');
  return cleaned.refusal;
};
const executionOf = (raw: unknown): Execution => {
  const cleaned = cleanEvent(raw, 0, NOW);
  if (cleaned.kind !== 'execution') throw new Error(JSON.stringify(cleaned));
  return cleaned.execution;
};
const occurrenceOf = (raw: unknown): Occurrence => {
  const cleaned = cleanEvent(raw, 0, NOW);
  if (cleaned.kind !== 'occurrence') throw new Error(JSON.stringify(cleaned));
  return cleaned.occurrence;
};

describe('an event that is refused', () => {
  it.each<[string, unknown, string, string]>([
    ['is null', null, 'field-invalid', 'events[3]'],
    ['is a text', 'event', 'field-invalid', 'events[3]'],
    ['is a list', [end], 'field-invalid', 'events[3]'],
    ['has no type', without('type'), 'event-type-unknown', 'events[3].type'],
    ['has an unknown type', { ...end, type: 'execution.dreamt' }, 'event-type-unknown', 'events[3].type'],
    ['has no code', without('code'), 'field-invalid', 'events[3].code'],
    ['has a code that is a number', { ...end, code: 1 }, 'field-invalid', 'events[3].code'],
    ['has a code past the limit', { ...end, code: 'x'.repeat(MAX_CODE_LENGTH + 1) }, 'field-invalid', 'events[3].code'],
    ['has no kernel', { ...end, kernel_id: '' }, 'field-invalid', 'events[3].kernel_id'],
    ['has an unknown status', { ...end, status: 'fine' }, 'field-invalid', 'events[3].status'],
    ['ends running', { ...end, status: 'running' }, 'field-invalid', 'events[3].status'],
    ['starts with its end', { ...page.startOf(end), status: 'success' }, 'field-invalid', 'events[3].status'],
    ['has a negative time', { ...end, execution_time_ms: -1 }, 'field-invalid', 'events[3].execution_time_ms'],
    ['has an endless time', { ...end, execution_time_ms: 1e300 }, 'field-invalid', 'events[3].execution_time_ms'],
    ['has half a cell number', { ...end, cell_number: 1.5 }, 'field-invalid', 'events[3].cell_number'],
    [
      'has an output type that is none',
      { ...end, output_types: ['a', 7] },
      'field-invalid',
      'events[3].output_types[1]'
    ],
    ['has a date without a zone', { ...end, timestamp: '2026-11-24T12:00:00' }, 'field-invalid', 'events[3].timestamp'],
    ['has a date that is none', { ...end, timestamp: '2026-02-30T12:00:00Z' }, 'field-invalid', 'events[3].timestamp'],
    ['has a date in the year 0', { ...end, timestamp: '0000-01-01T00:00:00Z' }, 'field-invalid', 'events[3].timestamp'],
    ['was requested before 1970', { ...end, requested_at: '1969-12-31T23:59:59Z' }, 'field-invalid', 'events[3].requested_at'], // prettier-ignore
    ['began far ahead', { ...end, timestamp: ahead }, 'date-in-future', 'events[3].timestamp'],
    ['was requested far ahead', { ...end, requested_at: ahead }, 'date-in-future', 'events[3].requested_at'],
    ['was observed far ahead', { ...page.other(), observed_at: ahead }, 'date-in-future', 'events[3].observed_at'],
    ['has an id that is none', { ...end, id: 'x' }, 'field-invalid', 'events[3].id'],
    ["has another run's id", { ...end, id: page.finished().id }, 'id-mismatch', 'events[3].id'],
    ['has a page without a number', { ...end, page_seq: 0 }, 'field-invalid', 'events[3].page_seq']
  ])('because it %s', (_, raw, kind, field) => {
    const refusal = refusalOf(raw);
    expect([refusal.kind, refusal.details.field]).toEqual([kind, field]);
    expect(refusal.details.fix).toBeTruthy();
  });

  it('is told nothing of its own values back', () => {
    expect(JSON.stringify(refusalOf({ ...end, status: 'S3CRET', code: 5 }))).not.toContain('S3CRET');
  });
});

describe('an execution that is taken', () => {
  it('has every field, and null for what was left out', () => {
    const execution = executionOf(without('cell_number'));
    expect(execution.cell_number).toBeNull();
    expect(Object.values(execution)).not.toContain(undefined);
  });

  it('has its ids in small letters and its dates in one form', () => {
    const { id, page_id, timestamp } = executionOf({
      ...end,
      id: end.id.toUpperCase(),
      page_id: end.page_id.toUpperCase(),
      timestamp: '2026-11-24T15:30:00.1234560+03:30'
    });
    expect({ id, page_id, timestamp }).toEqual({ id: end.id, page_id: end.page_id, timestamp: '2026-11-24T12:00:00.123456Z' }); // prettier-ignore
  });

  it('keeps a code with NUL and lone surrogates readable, and the exact one beside it', () => {
    const code = 'print("\0\ud800😀")';
    const execution = executionOf({ ...end, code });
    expect(execution.code).toBe('print("\u2400\ufffd😀")');
    expect(JSON.parse(execution.code_json ?? '')).toBe(code);
    expect(executionOf(end).code_json).toBeNull();
  });

  it('has no text that can not be stored', () => {
    const bad = 'x\0\udfff';
    const raw = { ...end, error_message: bad, error_name: bad, error_traceback: bad, notebook_path: bad, cell_id: bad, kernel_name: bad, session_id: bad, reason: bad, output_types: [bad] }; // prettier-ignore
    expect(JSON.stringify(executionOf(raw))).not.toMatch(/\\u0000|\\udfff/);
  });
});

describe('any other event that is taken', () => {
  it('keeps its body word for word', () => {
    const gap = page.other({
      type: 'capture.gap',
      reason: 'page_late',
      kernel_id: 'k1',
      gap_from: '3',
      gap_to: '9',
      missing: 5
    });
    expect(occurrenceOf(gap)).toMatchObject({ id: gap.id, type: 'capture.gap', kernel_id: 'k1', body: gap });
    expect(occurrenceOf(gap).body).not.toHaveProperty('original_json');
  });

  it('keeps its exact text beside a body that could not hold it', () => {
    const event = page.other({ reason: 'a\0\ud800' });
    const { body } = occurrenceOf(event);
    expect(body.reason).toBe('a\u2400\ufffd');
    expect(JSON.parse(body.original_json as string)).toEqual(event);
    expect(body.original_json).not.toMatch(/\0|\p{Surrogate}/u);
  });
});
