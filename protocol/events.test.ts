import { type AuditEvent, type AuditEventType } from './events.js';
import { auditEvent, eventBatch } from './schemas.js';
import { MAX_CODE_LENGTH, MAX_TEXT_LENGTH } from './limits.js';
import { isSupportedVersion, PROTOCOL_VERSION, SUPPORTED_VERSIONS } from './version.js';

const UUID = '00000000-0000-4000-8000-000000000001';
const envelope = { id: UUID, observed_at: '2026-11-24T10:00:00.000Z', page_id: UUID, page_seq: 1 };
const execution = {
  ...envelope,
  kernel_id: 'k1',
  msg_id: 'm1',
  requested_at: '2026-11-24T10:00:00.123456Z',
  code: 'x = "سلام \u0000 \ud800"',
  status: 'success' as const,
  timestamp: '2026-11-24T10:00:00.123456+00:00'
};
const gap = { ...envelope, type: 'capture.gap' as const, reason: 'execution_count' };

/** One of every kind, as bare as it may be. */
const bare: { [T in AuditEventType]: Extract<AuditEvent, { type: T }> } = {
  'execution.started': { ...execution, type: 'execution.started', status: 'running' },
  'execution.finished': { ...execution, type: 'execution.finished' },
  'execution.unseen': {
    ...envelope,
    type: 'execution.unseen',
    kernel_id: 'k',
    msg_id: 'm',
    timestamp: execution.timestamp
  },
  'kernel.started': { ...envelope, type: 'kernel.started', kernel_id: 'k' },
  'kernel.restarted': { ...envelope, type: 'kernel.restarted', kernel_id: 'k' },
  'kernel.died': { ...envelope, type: 'kernel.died', kernel_id: 'k' },
  'capture.enabled': { ...envelope, type: 'capture.enabled' },
  'capture.disabled': { ...envelope, type: 'capture.disabled' },
  'capture.gap': gap,
  'page.opened': { ...envelope, type: 'page.opened' },
  'page.closed': { ...envelope, type: 'page.closed' },
  'terminal.opened': { ...envelope, type: 'terminal.opened', terminal_name: '1' },
  'terminal.closed': { ...envelope, type: 'terminal.closed', terminal_name: '1' },
  'outbox.refused': { ...envelope, type: 'outbox.refused', refused_id: UUID, refused_type: 'x', problem: 'y' }
};

const faultsOf = (event: object) => auditEvent.safeParse(event).error?.issues.map(({ path }) => path.join('.')) ?? [];

test.each(Object.entries(bare))('%s may travel as bare as this', (_, event) => {
  expect(auditEvent.parse(JSON.parse(JSON.stringify(event)))).toEqual(event);
});

test('code travels as it is, with what no database holds', () => {
  expect(auditEvent.parse(bare['execution.finished'])).toMatchObject({ code: execution.code });
});

test.each([
  ['status', 'done'],
  ['code', null],
  ['code', 'x'.repeat(MAX_CODE_LENGTH + 1)],
  ['msg_id', ''],
  ['kernel_id', 'x'.repeat(MAX_TEXT_LENGTH + 1)],
  ['timestamp', '2026-11-24T10:00:00'],
  ['timestamp', 'now'],
  ['requested_at', 1_800_000_000],
  ['execution_time_ms', -1],
  ['execution_time_ms', '12'],
  ['cell_number', 1.5],
  ['client', 'robot'],
  ['silent', 'yes'],
  ['output_types', ['text/plain', 7]],
  ['page_seq', 0],
  ['page_id', 'page'],
  ['id', '1'],
  ['observed_at', undefined]
])('a wrong %s is told by its name', (field, value) => {
  const [fault] = faultsOf({ ...bare['execution.finished'], [field]: value });
  expect(fault?.split('.')[0]).toBe(field);
});

test.each(['timestamp', 'requested_at', 'code', 'status', 'kernel_id', 'msg_id'])(
  'an execution needs its %s',
  field => {
    const event = Object.fromEntries(Object.entries(bare['execution.finished']).filter(([name]) => name !== field));
    expect(faultsOf(event)).toEqual([field]);
  }
);

test.each([undefined, 'execution', 'execution.finished ', 7, null])('%p is no kind of event', type => {
  expect(faultsOf({ ...execution, type })).toEqual(['type']);
});

test.each([
  ['a list', []],
  ['no events', { protocol: 1 }],
  ['events that are no list', { protocol: 1, events: {} }],
  ['a version that is no number', { protocol: '1', events: [] }]
])('%s is no batch', (_, batch) => {
  expect(eventBatch.safeParse(batch).success).toBe(false);
});

test('a batch is read though an event in it is wrong, and with none it is a heartbeat', () => {
  expect(eventBatch.safeParse({ protocol: 1, events: [{}, 7, null] }).success).toBe(true);
  expect(eventBatch.safeParse({ protocol: 1, events: [] }).success).toBe(true);
});

test('this build speaks its own version, and no later one', () => {
  expect(SUPPORTED_VERSIONS[0]).toBe(PROTOCOL_VERSION);
  expect(isSupportedVersion(PROTOCOL_VERSION)).toBe(true);
  expect(isSupportedVersion(PROTOCOL_VERSION + 1)).toBe(false);
});
