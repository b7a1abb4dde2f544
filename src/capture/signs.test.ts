import type { JupyterMessage } from './seen.js';
import { signOf } from './signs.js';

const message = (msg_type: string, content: unknown, parent: object = { msg_id: 'm' }, channel = 'iopub') =>
  ({
    channel,
    header: { msg_id: 'x', msg_type, session: 'p1' },
    parent_header: parent,
    metadata: {},
    content
  }) as JupyterMessage;

test.each([
  ['kernel_info_reply', { implementation: 'ipython' }, { kind: 'info', implementation: 'ipython', process: 'p1' }],
  ['kernel_info_reply', {}, { kind: 'alive', process: 'p1' }],
  ['status', { execution_state: 'busy' }, { kind: 'alive', process: 'p1' }],
  ['execute_input', {}, { kind: 'alive', process: 'p1' }],
  ['shutdown_reply', { restart: true }, { kind: 'shutdown', restart: true, process: 'p1' }],
  ['shutdown_reply', { restart: false }, { kind: 'shutdown', restart: false, process: 'p1' }]
])('%s %j says something of the kernel', (type, content, sign) => {
  expect(signOf(message(type, content))).toEqual(sign);
});

test.each([
  ['starting', { kind: 'starting', process: 'p1' }],
  ['restarting', { kind: 'autorestarting' }],
  ['dead', { kind: 'dead' }],
  ['busy', null]
])('a status without a parent says %s', (execution_state, sign) => {
  expect(signOf(message('status', { execution_state }, {}))).toEqual(sign);
});

test.each(['stream', 'display_data', 'comm_msg', 'execute_reply', 'input_request'])('a %s says nothing', type => {
  expect(signOf(message(type, {}))).toBeNull();
});

test('missing content makes no exception', () => {
  expect(signOf(message('status', null, {}))).toBeNull();
});

test('a message may have null for a parent', () => {
  const orphan = { ...message('status', { execution_state: 'starting' }), parent_header: null };
  expect(signOf(orphan)).toEqual({ kind: 'starting', process: 'p1' });
  expect(signOf({ ...message('iopub_welcome', {}), parent_header: null })).toBeNull();
});
