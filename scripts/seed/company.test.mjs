import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { OWN_CELLS, readNotebooks } from './cells.mjs';
import { idOf, makeCompany } from './company.mjs';

const UNTIL = Date.parse('2026-11-24T12:00:00Z');
const notebooks = readNotebooks(OWN_CELLS);
const company = change => [
  ...makeCompany({ users: 45, days: 30, executions: 20_000, seed: 1, until: UNTIL, notebooks, ...change })
];
const rows = company().flat();

test('a company is the same for the same seed, and another for another', () => {
  assert.deepEqual(company().flat(), rows);
  assert.notDeepEqual(company({ seed: 2 }).flat()[0], rows[0]);
});

test('a company has about as many executions as were asked for, none after the end, each with an id of its own', () => {
  // Who runs far more than usual in the last week does so on top of it.
  assert.ok(rows.length > 19_000 && rows.length <= 20_500, String(rows.length));
  assert.ok(rows.every(({ observed_at }) => Date.parse(observed_at) <= UNTIL));
  assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length);
});

test('people work by day, little on Thursdays and hardly on Fridays', () => {
  const tehran = rows.map(({ timestamp }) => new Date(Date.parse(timestamp) + 3.5 * 3_600_000));
  const of = day => tehran.filter(at => at.getUTCDay() === day).length;
  assert.ok(of(4) < of(1) / 2 && of(5) < of(1) / 10, `${of(1)} ${of(4)} ${of(5)}`);
  const night = tehran.filter(at => at.getUTCHours() < 6).length;
  assert.ok(night > 0 && night < rows.length / 20, String(night));
});

test('most runs end well, some fail, some take long, some are Persian, and cells come again changed', () => {
  const share = condition => rows.filter(condition).length / rows.length;
  const failed = share(({ status }) => status === 'error');
  assert.ok(failed > 0.03 && failed < 0.25, String(failed));
  const slow = share(({ execution_time_ms }) => execution_time_ms > 1000);
  assert.ok(slow > 0.01 && slow < 0.15, String(slow));
  assert.ok(share(({ code }) => /[\u0600-\u06ff]/.test(code)) > 0.02);
  const distinct = new Set(rows.map(({ code }) => code)).size / rows.length;
  assert.ok(distinct > 0.3 && distinct < 0.8, String(distinct));
});

test('an id is the one that the protocol gives', { skip: !existsSync('protocol/lib/execution-id.js') }, async () => {
  const { executionId } = await import('../../protocol/lib/execution-id.js');
  const { id, kernel_id, msg_id, requested_at } = rows[0];
  assert.equal(id, executionId(requested_at, kernel_id, msg_id));
  assert.equal(idOf(UNTIL, 'k', 'm'), executionId('2026-11-24T12:00:00Z', 'k', 'm'));
});
