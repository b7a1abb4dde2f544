import { expect, test } from '@playwright/test';
import { compare, type Row } from '../compare.js';
import { type Truth } from '../truth.js';
import { identify, NOBODYS } from './identify.js';

const ran = (msg_id: string, code: string, count: number | null = null, kernel_id = 'k'): Truth => ({
  kernel_id,
  pid: 1,
  msg_id,
  session_id: 's',
  code,
  silent: false,
  store_history: true,
  aborted: false,
  cell_id: null,
  requested_at: 0,
  taken_at: 0,
  at: 0,
  ran_ms: 1,
  took_ms: 1,
  idle_ms: 1,
  status: 'ok',
  ename: null,
  evalue: null,
  count,
  input_count: count,
  output: null
});

const row = (code: string, cell_number: number | null = null, kernel_id = 'k'): Row => ({
  kernel_id,
  msg_id: NOBODYS,
  code,
  code_json: null,
  status: 'success',
  execution_time_ms: 1,
  cell_number,
  error_message: null,
  reason: null,
  client: 'notebook',
  timestamp: '2026-01-01T00:00:00.000Z'
});

const requests = (rows: Row[], truths: Truth[]) => identify(rows, truths).map(({ msg_id }) => msg_id);

test('runs of the same code get their rows in order', () => {
  expect(requests([row('a'), row('a')], [ran('1', 'a'), ran('2', 'a'), ran('3', 'a')])).toEqual(['1', '2']);
});

test('the number tells which of several runs of the same code was missed', () => {
  expect(requests([row('a', 2)], [ran('1', 'a', 1), ran('2', 'a', 2)])).toEqual(['2']);
});

test('another text under the same number is one wrong code, not one missing and one phantom', () => {
  const truths = [ran('1', 'ran', 1), ran('2', 'b', 2)];
  const verdict = compare(truths, identify([row('written later', 1), row('b', 2)], truths));
  expect(verdict).toMatchObject({ missing: [], phantom: [], wrongStatus: [], wrongCode: [expect.any(String)] });
});

test('a row that no run is left for is a phantom', () => {
  const truths = [ran('1', 'a', 1)];
  expect(compare(truths, identify([row('a', 1), row('never ran', 2)], truths)).phantom).toHaveLength(1);
});

test('a second row of one run is a duplicate', () => {
  const truths = [ran('1', 'a', 1)];
  expect(compare(truths, identify([row('a', 1), row('a', 1)], truths))).toMatchObject({
    duplicate: [expect.any(String)],
    phantom: []
  });
});

test('a row never becomes that of a run on another kernel', () => {
  const truths = [ran('1', 'a', 1, 'one')];
  const verdict = compare(truths, identify([row('a', 1, 'other')], truths));
  expect([verdict.missing.length, verdict.phantom.length]).toEqual([1, 1]);
});
