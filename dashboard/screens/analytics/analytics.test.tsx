import { fireEvent, screen, within } from '@testing-library/react';
import { type Analytics } from '@celltrail/protocol';
import { EMPTY, execution, FakeClient } from '../../testing/fake-client.js';
import { code, showPortal } from '../../testing/show.js';

const PAYLOAD = '<img src=x onerror=alert(1)>';
const at = '2026-11-24T00:00:00.000Z';
const durations = {
  executions: 1204,
  errors: 120,
  success_rate: 0.9,
  average_ms: 250,
  median_ms: 80,
  p95_ms: 900,
  p99_ms: 4000
};
const { id, timestamp, notebook_path, cell_number } = execution();
const slowRun = { id, timestamp, notebook_path, cell_number, username: PAYLOAD, status: 'success' as const };
const analytics: Analytics = {
  begins: at,
  ends: at,
  tz: 'UTC',
  step: 'day',
  followed_to: at,
  percentile_error: 0.09,
  totals: { ...durations, people: 3, notebooks: 12 },
  over_time: { rows: [{ at, executions: 1204, errors: 120, error_rate: 0.1 }], sql: 'SELECT over_time' },
  by_user: { rows: [{ username: PAYLOAD, ...durations }], sql: 'SELECT by_user' },
  by_notebook: { rows: [{ notebook_path: 'a/b.ipynb', ...durations }], sql: 'SELECT by_notebook' },
  slow: {
    rows: [{ ...slowRun, code_preview: 'train()', execution_time_ms: 4000 }],
    sql: 'SELECT slow',
    threshold_ms: 1000,
    executions: 31
  },
  heat: { rows: [{ weekday: 2, hour: 9, executions: 7, errors: 1 }], sql: 'SELECT heat' },
  frequent_errors: {
    rows: [{ error_name: PAYLOAD, executions: 9, people: 2, last_at: at, example_id: id, example_message: PAYLOAD }],
    sql: 'SELECT errors'
  },
  queue: { rows: [], sql: 'SELECT queue' }
};
const open = (role: 'analyst' | 'admin' = 'admin', address = '/portal/analytics?last=7&tz=UTC') => {
  const client = new FakeClient({ ...EMPTY, me: { ...EMPTY.me, role }, analytics });
  showPortal(client, address);
  return client;
};
const asked = (client: FakeClient) =>
  client.asked
    .filter(each => each.startsWith('analytics '))
    .map(each => JSON.parse(each.slice('analytics '.length)) as Record<string, unknown>);
const card = (name: string) => within(screen.getByRole('region', { name }));

beforeEach(() => localStorage.clear());

it('shows the figures of the days in the address, and says how exact they are', async () => {
  const client = open('admin', '/portal/analytics?from=2026-11-01&to=2026-11-10&tz=Asia/Tehran');
  expect(await screen.findByText(/Percentiles are off by 9% at most/)).toBeTruthy();
  expect(asked(client)[0]).toEqual({ from: '2026-11-01', to: '2026-11-10', tz: 'Asia/Tehran', slower_than: 1000 });
});

it('has for each graph its table and its SQL', async () => {
  open();
  await screen.findByText(/Percentiles are off/);
  const queries = ['over_time', 'by_user', 'by_notebook', 'heat', 'errors', 'queue'];
  const buttons = screen.getAllByRole('button', { name: 'SQL' }).filter(each => each.hasAttribute('aria-pressed'));
  for (const button of buttons) fireEvent.click(button);
  for (const query of queries) expect(screen.getByText(`SELECT ${query}`)).toBeTruthy();
  fireEvent.click(card('When it is busy').getByRole('button', { name: 'Table' }));
  expect(card('When it is busy').getByText('Tuesday')).toBeTruthy();
});

it('asks anew from another threshold, in the digits of either language', async () => {
  const client = open();
  const field = await screen.findByLabelText('from');
  expect(screen.getByText(code('train()'))).toBeTruthy();
  fireEvent.change(field, { target: { value: '۵۰۰۰' } });
  fireEvent.submit(field.closest('form')!);
  await screen.findByText(/Percentiles are off/);
  expect(asked(client).at(-1)?.['slower_than']).toBe(5000);
  expect(new URLSearchParams(location.search).get('slower_than')).toBe('5000');
});

it('narrows to one person, whose name is shown as text', async () => {
  const client = open();
  await screen.findByText(/Percentiles are off/);
  fireEvent.click(card('Durations by person').getByRole('button', { name: PAYLOAD }));
  expect(await screen.findByText(/Percentiles are off/)).toBeTruthy();
  expect(asked(client).at(-1)?.['user']).toBe(PAYLOAD);
  expect(document.querySelector('img[src=x]')).toBeNull();
});

it('compares nobody for an analyst', async () => {
  open('analyst');
  await screen.findByText(/Percentiles are off/);
  expect(screen.queryByRole('region', { name: 'Durations by person' })).toBeNull();
});
