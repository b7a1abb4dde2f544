import { DEFAULT_RULES } from './rules.js';
import { see, type JupyterMessage, type Origin } from './seen.js';

const origin: Origin = {
  kernelId: 'k1',
  kernelName: 'python3',
  rules: DEFAULT_RULES,
  via: 'A',
  clock: 5,
  wall: () => '2026-11-24T12:00:00.000Z'
};
const parent = { msg_id: 'm1', msg_type: 'execute_request', session: 's1', date: '2026-11-24T10:00:00.123456Z' };
const message = (msg_type: string, content: unknown, over: Partial<JupyterMessage> = {}): JupyterMessage => ({
  channel: 'iopub',
  header: { msg_id: 'x1', msg_type, session: 'kernel', date: '2026-11-24T10:00:01.000001Z' },
  parent_header: parent,
  metadata: {},
  content,
  ...over
});
const recv = (msg_type: string, content: unknown, over: Partial<JupyterMessage> = {}) =>
  see('recv', message(msg_type, content, over), origin);

test('a request that is sent tells its code, its flags and its cell', () => {
  const request = { code: 'a = 1', silent: false, store_history: false };
  const sent = see(
    'send',
    message('x', request, { header: parent, parent_header: {}, metadata: { cellId: 'c1' } }),
    origin
  );
  expect(sent).toEqual({
    kind: 'request',
    code: 'a = 1',
    silent: false,
    storeHistory: false,
    cellId: 'c1',
    origin,
    request: { msgId: 'm1', sessionId: 's1', requestedAt: parent.date },
    at: parent.date,
    process: null
  });
});

test('an agent’s request says so in its metadata, and which cell it is of', () => {
  const send = (metadata: Readonly<Record<string, unknown>>) =>
    see('send', message('x', { code: '1' }, { header: parent, metadata }), origin);
  const claim = { client: 'agent', cellId: 'c1' };
  expect(send({ celltrail: claim })).toMatchObject({ isAgents: true, cellId: 'c1' });
  expect(send({ celltrail: { client: 'agent' } })).toMatchObject({ isAgents: true, cellId: null });
  expect(send({ celltrail: { client: 'notebook', cellId: 'c1' } })).not.toHaveProperty('isAgents');
  expect(send({ celltrail: null })).not.toHaveProperty('isAgents');
});

test('a cell whose own metadata says that it is an agent’s is a person’s: Lab sends that along', () => {
  const metadata = { celltrail: { client: 'agent', cellId: 'other' }, cellId: 'c1' };
  const sent = see('send', message('x', { code: '1' }, { header: parent, metadata }), origin);
  expect(sent).toMatchObject({ cellId: 'c1' });
  expect(sent).not.toHaveProperty('isAgents');
});

test('history is the default, and a silent run has none whatever it says', () => {
  const send = (content: object) => see('send', message('x', content, { header: parent }), origin);
  expect(send({ code: '' })).toMatchObject({ silent: false, storeHistory: true, cellId: null });
  expect(send({ code: '', silent: true, store_history: true })).toMatchObject({ silent: true, storeHistory: false });
});

test.each([
  ['status', { execution_state: 'busy' }, { kind: 'busy' }],
  ['status', { execution_state: 'idle' }, { kind: 'idle' }],
  ['execute_input', { code: 'x', execution_count: 3 }, { kind: 'input', code: 'x', count: 3 }],
  ['execute_input', { code: 'x' }, { kind: 'input', count: null }],
  ['stream', { name: 'stdout', text: 'ab' }, { kind: 'output', footprint: { bytes: 2 } }],
  ['display_data', { data: { 'text/plain': 'ab' } }, { kind: 'output', footprint: { types: ['text/plain'] } }],
  ['update_display_data', { data: { 'text/plain': 'ab' } }, { kind: 'output' }],
  ['execute_result', { data: { 'text/plain': 'ab' } }, { kind: 'output' }],
  ['error', { ename: 'E', evalue: 'v', traceback: ['t', 7] }, { kind: 'error', failure: { traceback: ['t'] } }],
  ['error', {}, { kind: 'error', failure: { ename: '', evalue: '', traceback: [] } }],
  ['execute_reply', { status: 'ok', execution_count: 3 }, { kind: 'reply', status: 'ok', failure: null, count: 3 }],
  ['execute_reply', { status: 'error', ename: 'E' }, { kind: 'reply', status: 'error', failure: { ename: 'E' } }],
  ['execute_reply', { status: 'aborted' }, { kind: 'reply', status: 'aborted', count: null }]
])('%s %j is read', (type, content, expected) => {
  // The dates of outputs are not read.
  const at = expected.kind === 'output' ? '' : '2026-11-24T10:00:01.000001Z';
  expect(recv(type, content)).toMatchObject({ ...expected, at, process: 'kernel' });
});

test('a reply says when the kernel began, if it does', () => {
  const metadata = { started: '2026-11-24T10:00:00.5Z' };
  expect(recv('execute_reply', { status: 'ok' }, { metadata })).toMatchObject({ startedAt: '2026-11-24T10:00:00.5Z' });
  expect(recv('execute_reply', { status: 'ok' }, { metadata: { started: 'soon' } })).toMatchObject({ startedAt: null });
});

test.each([
  'kernel_info_request',
  'comm_msg',
  'comm_open',
  'complete_request',
  'inspect_request',
  'debug_request',
  'shutdown_request'
])('what belongs to a %s makes nothing', msg_type => {
  expect(recv('status', { execution_state: 'busy' }, { parent_header: { ...parent, msg_type } })).toBeNull();
});

test.each(['comm_open', 'comm_msg', 'input_request', 'clear_output', 'debug_event', 'anything_new'])(
  'a %s inside of a run makes nothing',
  msg_type => {
    expect(recv(msg_type, {})).toBeNull();
  }
);

test('a message without a parent makes nothing, and neither does another request that is sent', () => {
  expect(recv('status', { execution_state: 'starting' }, { parent_header: {} })).toBeNull();
  expect(see('send', message('kernel_info_request', {}), origin)).toBeNull();
  expect(see('send', message('input_reply', { value: 'x' }), origin)).toBeNull();
});

test.each(['', '1969-12-31T23:59:59Z', 'soon'])('the page’s clock stands in for a date like %j', date => {
  const header = { msg_id: 'x', msg_type: 'status', session: 'kernel' };
  const seen = recv('status', { execution_state: 'busy' }, { header, parent_header: { ...parent, date } });
  expect(seen).toMatchObject({ at: origin.wall(), request: { requestedAt: origin.wall() } });
});

test('content that is missing or odd makes no exception', () => {
  for (const content of [null, undefined, 'text', 7, []]) {
    for (const type of ['status', 'execute_input', 'stream', 'display_data', 'error', 'execute_reply']) {
      expect(() => recv(type, content)).not.toThrow();
    }
  }
});
