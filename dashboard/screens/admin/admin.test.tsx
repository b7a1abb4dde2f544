import { screen, waitFor, within } from '@testing-library/react';
import { describeProblem, type OpenPage, type Person } from '@celltrail/protocol';
import { RequestFailed } from '@celltrail/protocol/client';
import { EMPTY, execution, FakeClient } from '../../testing/fake-client.js';
import { code, showPortal } from '../../testing/show.js';

const PAYLOAD = '<img src=x onerror=alert(1)>';
const person = (change: Partial<Person> = {}): Person => ({
  username: 'sara',
  executions: 1204,
  errors: 120,
  error_rate: 0.1,
  last_active: '2026-11-24T08:30:05.123Z',
  capture: 'recording',
  days: [0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  ...change
});
const page = (change: Partial<OpenPage> = {}): OpenPage => ({
  page_id: '0199b3c0-0000-4000-8000-000000000001',
  username: 'ali',
  extension_version: '0.1.0',
  lab_version: '4.6.1',
  capturing: true,
  fault: null,
  waiting: 0,
  refused: 0,
  first_seen: '2026-11-24T08:00:00Z',
  last_seen: '2026-11-24T08:30:00Z',
  open: true,
  ...change
});
const admin = { ...EMPTY.me, role: 'admin' } as typeof EMPTY.me;
const open = (answers: Partial<typeof EMPTY>) =>
  showPortal(new FakeClient({ ...EMPTY, me: admin, ...answers }), '/portal/admin');

beforeEach(() => localStorage.clear());

it('lists everyone with their figures and how their recording stands', async () => {
  open({ people: { items: [person(), person({ username: 'reza', capture: 'off', error_rate: null })], next: null } });
  const row = within((await screen.findByRole('link', { name: 'sara' })).closest('tr')!);
  for (const text of ['1,204', '10%', 'Recording']) expect(row.getByText(text)).toBeTruthy();
  expect(row.getByRole('img', { name: '78 runs in 14 days, 12 today' })).toBeTruthy();
  expect(row.getByRole('link').getAttribute('href')).toBe('/portal/people/sara');
  expect(within(screen.getByRole('link', { name: 'reza' }).closest('tr')!).getByText('Off')).toBeTruthy();
});

it('shows what runs now, and whose end may never be told', async () => {
  const running = {
    ...execution({ status: 'running', code_preview: 'train()', execution_time_ms: null }),
    username: 'sara',
    kernel_id: 'k',
    kernel_name: 'python3',
    running_ms: 125_000,
    page_open: false
  };
  open({ running: [running] });
  expect(await screen.findByText(code('train()'))).toBeTruthy();
  expect(screen.getByText('page gone, end not seen')).toBeTruthy();
  expect(screen.getByText(/^2 min/)).toBeTruthy();
});

it('takes what ended off the wall at once, and asks for what began', async () => {
  const running = (id: string) => ({
    ...execution({ id, status: 'running', code_preview: `train(${id.at(-1)})`, execution_time_ms: null }),
    username: 'sara',
    kernel_id: 'k',
    kernel_name: 'python3',
    running_ms: 5_000,
    page_open: true
  });
  const [first, second] = ['0199b3c0-0000-8000-8000-000000000001', '0199b3c0-0000-8000-8000-000000000002'];
  const client = new FakeClient({ ...EMPTY, me: admin, running: [running(first)] });
  showPortal(client, '/portal/admin');
  expect(await screen.findByText(code('train(1)'))).toBeTruthy();
  client.answers.running = [running(second)];
  const told = { username: 'sara', notebook_path: null, cell_number: 1, client: null, timestamp: '2026-11-24T08:30:05.123Z', execution_time_ms: null }; // prettier-ignore
  for (const wall of client.walls) wall.onRuns({ runs: [{ ...told, id: first, status: 'success' }], more: false });
  await waitFor(() => expect(screen.queryByText(code('train(1)'))).toBeNull());
  for (const wall of client.walls) wall.onRuns({ runs: [{ ...told, id: second, status: 'running' }], more: false });
  expect(await screen.findByText(code('train(2)'), undefined, { timeout: 5_000 })).toBeTruthy();
});

it('says who has Lab open without being recorded, and why', async () => {
  open({
    coverage: {
      open: 3,
      recording: 1,
      uncovered: [page({ capturing: false }), page({ page_id: 'b', fault: 'bypassed' })],
      waiting: [page({ page_id: 'c', open: false, waiting: 4 })]
    }
  });
  expect(await screen.findByText('1 of 3 open pages record')).toBeTruthy();
  for (const why of ['recording is turned off', 'misses runs: bypassed', '4 events wait in its browser'])
    expect(screen.getByText(why)).toBeTruthy();
});

it('does not say that pages record while none is open', async () => {
  open({});
  expect(await screen.findByText('No page of JupyterLab is open, and no events wait in a browser.')).toBeTruthy();
});

it('says that it is for admins to whom it is refused, and is not in their navigation', async () => {
  const refused = new RequestFailed('no', describeProblem('admin-only'));
  open({ me: EMPTY.me, people: refused, running: refused, coverage: refused });
  expect(await screen.findByText('Only admins may see this.')).toBeTruthy();
  expect(screen.queryByRole('link', { name: 'Everyone' })).toBeNull();
});

it('shows HTML in names, code and faults as text', async () => {
  open({
    people: { items: [person({ username: PAYLOAD })], next: null },
    coverage: { open: 1, recording: 0, uncovered: [page({ username: PAYLOAD, fault: PAYLOAD })], waiting: [] }
  });
  await screen.findByText('Last active');
  await screen.findByText(`misses runs: ${PAYLOAD}`);
  expect(screen.getAllByText(PAYLOAD)).toHaveLength(2);
  expect(document.querySelector('img[src=x]')).toBeNull();
});

it('shows one person, mirrored in Persian', async () => {
  localStorage.setItem('celltrail.language', 'fa');
  const client = new FakeClient({
    ...EMPTY,
    me: admin,
    person: {
      person: person(),
      statuses: [{ status: 'success', executions: 1084 }],
      notebooks: [{ notebook_path: 'a/report.ipynb', executions: 10, errors: 1 }],
      errors: [{ error_name: 'KeyError', times: 3 }],
      hours: [{ weekday: 6, hour: 9, executions: 5 }],
      pages: [page()],
      latest: [{ ...execution(), username: 'sara' }]
    }
  });
  showPortal(client, '/portal/people/sara');
  expect(await screen.findByText('۱٬۰۸۴')).toBeTruthy();
  expect(screen.getByRole('heading', { level: 1, name: 'sara' })).toBeTruthy();
  expect(screen.getByText('KeyError')).toBeTruthy();
  expect(client.asked.find(each => each.startsWith('person'))).toBe('person sara');
});
