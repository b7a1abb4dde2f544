import { act, screen, within } from '@testing-library/react';
import { EXECUTION_STATUSES } from '@celltrail/protocol';
import { RequestFailed } from '@celltrail/protocol/client';
import { EMPTY, execution, FakeClient } from '../../testing/fake-client.js';
import { code, show, showPortal } from '../../testing/show.js';
import HomeScreen from './HomeScreen.js';

const STATS = { today: 2, total: 3, errors: 1, successRate: 2 / 3, running: 1, lastEventAt: '2026-11-24T08:30:05Z' };
const ID = (n: number) => `0199b3c0-0000-8000-8000-${String(n).padStart(12, '0')}`;

const figures = () => screen.getAllByRole('definition').map(each => each.textContent);
const rows = () => screen.getAllByRole('row').slice(1);

beforeEach(() => localStorage.clear());

it('opens JupyterLab in a new tab', async () => {
  show(<HomeScreen />);
  const launch = await screen.findByRole('link', { name: /Launch Jupyter Lab/ });
  expect(launch.getAttribute('href')).toBe('http://localhost:8888/lab');
  expect(launch.getAttribute('target')).toBe('_blank');
  expect(launch.getAttribute('rel')).toBe('noopener');
});

it('names the button in Persian as the scenario does', async () => {
  show(<HomeScreen />, 'fa');
  expect(await screen.findByRole('link', { name: /^راه‌اندازی Jupyter Lab/ })).toBeTruthy();
});

it('says why JupyterLab can not be opened, and what to set', async () => {
  show(<HomeScreen />, 'en', new FakeClient({ ...EMPTY, portal: { labUrl: null, language: null } }));
  expect(await screen.findByText('AUDIT_LAB_URL')).toBeTruthy();
  const launch = screen.getByRole<HTMLButtonElement>('button', { name: 'Launch Jupyter Lab' });
  expect(launch.disabled).toBe(true);
  const reason = document.getElementById(launch.getAttribute('aria-describedby')!);
  expect(reason?.textContent).toContain('Set AUDIT_LAB_URL and start the server again.');
});

it('shows the three figures in the digits of the language', async () => {
  show(<HomeScreen />, 'fa', new FakeClient({ ...EMPTY, stats: { ...STATS, total: 12483 } }));
  await screen.findByText('۱۲٬۴۸۳');
  expect(figures()).toEqual(expect.arrayContaining(['۲', '۱۲٬۴۸۳', '۶۶٫۷٪']));
});

it('shows a dash for the success rate as long as nothing has ended', async () => {
  show(<HomeScreen />);
  expect(await screen.findByText('no execution has ended yet')).toBeTruthy();
  expect(figures()).toContain('–');
});

it("asks for today in the browser's time zone", async () => {
  const client = new FakeClient();
  show(<HomeScreen />, 'en', client);
  await screen.findByText('Nothing is on record yet');
  expect(client.asked).toContain(`stats ${Intl.DateTimeFormat().resolvedOptions().timeZone}`);
});

it('says what to do while nothing is on record', async () => {
  show(<HomeScreen />);
  expect(await screen.findByText(/open a notebook and run a cell/)).toBeTruthy();
  expect(screen.getByRole('link', { name: /nothing appeared/ }).getAttribute('href')).toBe('/portal/health');
});

it('lists an execution with all that it is asked about', async () => {
  const failed = execution({
    status: 'error',
    cell_number: 3,
    code_preview: '1 / 0  # This will raise ZeroDivisionError\nprint("never")',
    execution_time_ms: 0.412,
    error_message: 'ZeroDivisionError: division by zero'
  });
  show(<HomeScreen />, 'en', new FakeClient({ ...EMPTY, executions: [failed] }));
  const line = await screen.findByText(code('1 / 0 # This will raise ZeroDivisionError …'));
  expect(line.getAttribute('dir')).toBe('ltr');
  expect(line.closest('a')?.getAttribute('href')).toBe(`/portal/executions/${failed.id}`);
  expect(line.closest('a')?.title).toBe(failed.code_preview);
  const row = within(rows()[0]!);
  for (const text of ['Error', 'ZeroDivisionError: division by zero', 'customers.ipynb', '3', '0.41 ms'])
    expect(row.getByText(text)).toBeTruthy();
  expect(row.getByText(/08:30:05|12:00:05/).getAttribute('datetime')).toBe(failed.timestamp);
});

it('has words and an icon for every status', async () => {
  const executions = EXECUTION_STATUSES.map((status, n) => execution({ id: ID(n), status }));
  show(<HomeScreen />, 'en', new FakeClient({ ...EMPTY, executions }));
  await screen.findByText('Kernel died');
  for (const badge of document.querySelectorAll('[data-status]')) {
    expect(badge.textContent).not.toMatch(/^(status\.|$)/);
    expect(badge.querySelector('svg')?.getAttribute('aria-hidden')).toBe('true');
  }
});

it('stands for missing values without breaking', async () => {
  const bare = { notebook_path: null, cell_number: null, execution_time_ms: null, client: null, code_preview: ' \n' };
  show(<HomeScreen />, 'en', new FakeClient({ ...EMPTY, executions: [execution(bare)] }));
  expect(await screen.findByText('(blank)')).toBeTruthy();
  expect(within(rows()[0]!).getAllByText('–')).toHaveLength(3);
});

it('shows HTML in code, errors and names as text', async () => {
  const payload = '<img src=x onerror=alert(1)>';
  const hostile = execution({ code_preview: payload, error_message: payload, notebook_path: payload });
  show(<HomeScreen />, 'en', new FakeClient({ ...EMPTY, executions: [hostile] }));
  expect(await screen.findAllByText(code(payload))).toHaveLength(3);
  expect(document.querySelector('img[src=x]')).toBeNull();
});

it('changes figures and list when the record changes, without a reload', async () => {
  const client = new FakeClient({ ...EMPTY, executions: [execution()], stats: STATS });
  showPortal(client);
  await screen.findByText('66.7%');
  client.answers.stats = { ...STATS, today: 3, total: 4, successRate: 0.75 };
  client.answers.executions = [execution({ id: ID(2), code_preview: 'x = 10 + 20' }), execution()];
  act(() => client.change());
  expect(await screen.findByText('75%')).toBeTruthy();
  expect(await screen.findByText(code('x = 10 + 20'))).toBeTruthy();
  expect(rows()).toHaveLength(2);
});

it('asks anew after the stream was lost and came back', async () => {
  const client = new FakeClient();
  showPortal(client);
  await screen.findByText('Nothing is on record yet');
  act(() => client.connect(false));
  expect(screen.getByText('Connection lost, trying again…')).toBeTruthy();
  client.answers.executions = [execution()];
  act(() => client.connect(true));
  expect(await screen.findByText(code('print("Hello Shaparak!")'))).toBeTruthy();
  expect(screen.getByText('Live')).toBeTruthy();
});

it('says what broke when nothing can be loaded, and shows it all once it can', async () => {
  const failed = new RequestFailed('TypeError: fetch failed');
  const client = new FakeClient({ ...EMPTY, me: failed, portal: failed, stats: failed, executions: failed });
  showPortal(client);
  expect((await screen.findByRole('alert')).textContent).toContain('The audit server does not answer');
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Launch Jupyter Lab' }).disabled).toBe(true);
  Object.assign(client.answers, EMPTY, { stats: STATS, executions: [execution()] });
  act(() => client.connect(true));
  expect(await screen.findByText('66.7%')).toBeTruthy();
  expect(await screen.findByRole('link', { name: /Launch Jupyter Lab/ })).toBeTruthy();
  expect(await screen.findByText('test_user')).toBeTruthy();
  expect(screen.queryByRole('alert')).toBeNull();
});
