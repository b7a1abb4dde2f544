import { fireEvent, screen, within } from '@testing-library/react';
import { describeProblem, type ExecutionDetail } from '@celltrail/protocol';
import { RequestFailed } from '@celltrail/protocol/client';
import { EMPTY, execution, FakeClient } from '../../testing/fake-client.js';
import { code, showPortal } from '../../testing/show.js';

const ID = '0199b3c0-0000-8000-8000-000000000001';
const PAYLOAD = '<img src=x onerror=alert(1)>';
const summary = execution();

const detail = (
  change: Partial<ExecutionDetail['execution']> = {},
  around: Partial<ExecutionDetail> = {}
): ExecutionDetail => ({
  execution: {
    id: summary.id,
    timestamp: summary.timestamp,
    notebook_path: summary.notebook_path,
    cell_number: 1,
    status: 'success',
    execution_time_ms: 1.204,
    error_message: null,
    client: 'notebook',
    msg_id: 'm-1',
    session_id: null,
    username: 'test_user',
    code: 'x = 1\nprint(x)',
    cell_id: 'a1b2',
    kernel_id: 'k-1',
    kernel_name: 'python3',
    requested_at: summary.timestamp,
    queued_ms: 12,
    silent: false,
    store_history: true,
    error_name: null,
    error_traceback: null,
    error_traceback_length: null,
    output_types: ['text/plain'],
    output_bytes: 1536,
    reason: null,
    code_json: null,
    witnessed: false,
    page_id: ID,
    page_seq: 1,
    observed_at: summary.timestamp,
    stored_at: summary.timestamp,
    completed_at: null,
    ...change
  },
  before: [],
  after: [],
  versions: [],
  ...around
});
const open = (answer: ExecutionDetail | Error) => {
  const client = new FakeClient({ ...EMPTY, execution: answer });
  showPortal(client, `/portal/executions/${ID}`);
  return client;
};

beforeEach(() => localStorage.clear());

it('shows all of the code, and where and how it ran', async () => {
  const client = open(detail());
  const block = await screen.findByRole('group', { name: 'Code' });
  expect(block.textContent).toBe('x = 1\nprint(x)');
  expect(block.getAttribute('dir')).toBe('ltr');
  expect(client.asked).toContain(`execution ${ID}`);
  const context = within(screen.getByRole('region', { name: 'Context' }));
  for (const text of ['reports/customers.ipynb', 'python3', 'k-1', '1.5 kB', '12 ms', ID])
    expect(context.getByText(text)).toBeTruthy();
});

it('shows the error with its traceback, and says where that was cut', async () => {
  open(
    detail({
      status: 'error',
      error_message: 'ZeroDivisionError: division by zero',
      error_traceback: 'Traceback (most recent call last):',
      error_traceback_length: 9000
    })
  );
  expect(await screen.findByText('ZeroDivisionError: division by zero')).toBeTruthy();
  expect(screen.getByRole('group', { name: 'Traceback' }).textContent).toContain('most recent call last');
  expect(screen.getByText('Cut off here; it was 9,000 characters long.')).toBeTruthy();
});

it('compares it with what the same cell held before', async () => {
  const version = {
    id: ID,
    timestamp: summary.timestamp,
    cell_number: 1,
    status: 'error' as const,
    code: 'x = 2\nprint(x)'
  };
  open(detail({}, { versions: [version] }));
  const diff = await screen.findByRole('group', { name: 'What changed since that version' });
  expect(within(diff).getByText('x = 2').parentElement?.dataset['kind']).toBe('removed');
  expect(within(diff).getByText('x = 1').parentElement?.dataset['kind']).toBe('added');
  fireEvent.click(screen.getByRole('button', { name: 'Hide' }));
  expect(screen.queryByRole('group', { name: 'What changed since that version' })).toBeNull();
});

it('lists what ran before and after it in its kernel', async () => {
  const near = (n: number, text: string) => ({
    ...execution({ id: ID.replace(/1$/, String(n)), code_preview: text }),
    username: 'test_user'
  });
  open(detail({}, { before: [near(2, 'earlier()')], after: [near(3, 'later()')] }));
  const before = within(await screen.findByRole('region', { name: 'Before it in this kernel' }));
  expect(before.getByText(code('earlier()'))).toBeTruthy();
  expect(screen.getByText(code('later()')).closest('a')?.getAttribute('href')).toMatch(/0003$/);
});

it('opens the notebook in JupyterLab', async () => {
  open(detail());
  const link = await screen.findByRole('link', { name: 'Open the notebook' });
  expect(link.getAttribute('href')).toBe('http://localhost:8888/lab/tree/reports/customers.ipynb');
});

it('says that there is no such run', async () => {
  open(new RequestFailed('no', describeProblem('not-found')));
  expect((await screen.findByRole('alert')).textContent).toContain('There is no such thing on record');
});

it('shows HTML in every text as text', async () => {
  open(
    detail(
      {
        code: PAYLOAD,
        error_message: PAYLOAD,
        error_traceback: PAYLOAD,
        notebook_path: PAYLOAD,
        username: PAYLOAD,
        kernel_name: PAYLOAD,
        reason: PAYLOAD
      },
      { versions: [{ id: ID, timestamp: summary.timestamp, cell_number: 1, status: 'success', code: `${PAYLOAD}2` }] }
    )
  );
  await screen.findByRole('group', { name: 'What changed since that version' });
  expect(document.querySelector('img[src=x]')).toBeNull();
  expect(document.body.textContent.split(PAYLOAD).length).toBeGreaterThan(8);
});
