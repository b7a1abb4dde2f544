import { describeProblem, type ProblemType } from '@celltrail/protocol';
import { failed, verdictOf, type Heard } from './verdict.js';

const heard = (status: number, body: unknown, retryAfter: string | null = null): Heard => ({
  status,
  body,
  retryAfter,
  failure: null
});
const said = (kind: ProblemType): Heard => {
  const problem = describeProblem(kind);
  return heard(problem.status, problem);
};
const stored = { outcome: 'stored' };

test('one readable answer per event acknowledges', () => {
  const answers = [stored, { outcome: 'duplicate' }, { outcome: 'refused', problem: describeProblem('field-invalid') }];
  expect(verdictOf(heard(200, { answers }), 3, 0)).toEqual({ kind: 'answered', answers });
});

test.each([
  ['a captive portal', undefined],
  ['JSON of another program', { ok: true }],
  ['a list of another length', { answers: [stored] }],
  ['nothing but null', null],
  ['a list that is none', { answers: 'stored' }]
])('%s with status 200 is a server that was not reached', (_, body) => {
  expect(verdictOf(heard(200, body), 2, 0)).toMatchObject({ kind: 'failed', reach: 'unreachable' });
});

test.each([
  ['of a kind this build does not know', { outcome: 'postponed' }],
  ['that is none', 7],
  ['of a refusal without a problem', { outcome: 'refused' }]
])('an answer %s is unclear, and its neighbours count', (_, odd) => {
  expect(verdictOf(heard(200, { answers: [stored, odd] }), 2, 0)).toEqual({
    kind: 'answered',
    answers: [stored, { outcome: 'unclear' }]
  });
});

test('413 says what was too much, and a bare one of a proxy means bytes', () => {
  expect(verdictOf(said('batch-too-large'), 2, 0)).toMatchObject({ kind: 'too-large', measure: 'events' });
  expect(verdictOf(said('body-too-large'), 2, 0)).toMatchObject({ kind: 'too-large', measure: 'bytes' });
  expect(verdictOf(heard(413, undefined), 2, 0)).toMatchObject({ kind: 'too-large', measure: 'bytes' });
});

test('413 is the word on an event only where our server said it', () => {
  const its = describeProblem('body-too-large');
  expect(verdictOf(said('body-too-large'), 1, 0)).toMatchObject({ problem: its });
  const foreign = { type: 'about:blank', title: 'Content Too Large', status: 413 };
  for (const body of [undefined, '<html>', { type: its.type }, foreign]) {
    expect(verdictOf(heard(413, body), 1, 0)).toMatchObject({ kind: 'too-large', problem: null });
  }
});

test.each<[string, Heard, boolean]>([
  ['a connection that was cut', { ...heard(0, undefined), failure: 'Failed to fetch' }, true],
  ['403 of a firewall', heard(403, undefined), true],
  ['502 of a proxy', heard(502, undefined), true],
  ['our own 500', said('internal'), false],
  ['a proxy that asks for patience', heard(503, undefined), false],
  ['429', heard(429, undefined), false]
])('after %s, that what was sent is the reason is %j', (_, answer, mayBeContent) => {
  expect(verdictOf(answer, 1, 0)).toMatchObject({ kind: 'failed', mayBeContent });
});

test('413 for a heartbeat has nothing to split and is a failure', () => {
  expect(verdictOf(heard(413, undefined), 0, 0)).toMatchObject({ kind: 'failed', reach: 'unreachable' });
});

test.each<[string, Heard, 'unreachable' | 'refused' | 'expired']>([
  ['no answer at all', { status: 0, body: undefined, retryAfter: null, failure: 'Failed to fetch' }, 'unreachable'],
  ['401', heard(401, undefined), 'expired'],
  ['401 of ours', said('not-signed-in'), 'expired'],
  ['403 of a proxy', heard(403, undefined), 'refused'],
  ['403 of ours', said('origin-refused'), 'refused'],
  ['protocol-unsupported', said('protocol-unsupported'), 'refused'],
  ['actor-changed', said('actor-changed'), 'expired'],
  ['404 of another program', heard(404, undefined), 'unreachable'],
  ['408', heard(408, undefined), 'unreachable'],
  ['429', heard(429, undefined), 'unreachable'],
  ['500', said('internal'), 'unreachable'],
  ['501', heard(501, undefined), 'unreachable'],
  ['502 of a proxy', heard(502, undefined), 'unreachable'],
  ['507', heard(507, undefined), 'unreachable'],
  ['304', heard(304, undefined), 'unreachable'],
  ['503', said('overloaded'), 'unreachable']
])('%s keeps everything and counts as %s', (_, answer, reach) => {
  expect(verdictOf(answer, 1, 0)).toMatchObject({ kind: 'failed', reach });
});

test('a failure speaks in the words of the server, then of the network, then of HTTP', () => {
  expect(failed(heard(403, describeProblem('admin-only', { detail: 'locked' })), 0).problem).toBe('locked');
  expect(failed(said('stopping'), 0).problem).toBe('The server is stopping');
  expect(failed({ ...heard(0, undefined), failure: 'timeout' }, 0).problem).toBe('timeout');
  expect(failed(heard(502, undefined), 0).problem).toBe('HTTP 502');
  expect(verdictOf(heard(200, undefined), 1, 0)).toMatchObject({ problem: 'not-our-server' });
});

test('Retry-After travels with the failure', () => {
  expect(failed(heard(503, undefined, '7'), 0).retryAfterMs).toBe(7000);
});
