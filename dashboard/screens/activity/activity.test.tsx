import { act, fireEvent, screen } from '@testing-library/react';
import { EMPTY, execution, FakeClient } from '../../testing/fake-client.js';
import { code, showPortal } from '../../testing/show.js';

const run = (n: number) =>
  execution({
    id: `0199b3c0-0000-8000-8000-${String(n).padStart(12, '0')}`,
    timestamp: new Date(Date.UTC(2026, 10, 24, 8, 0, n)).toISOString(),
    code_preview: `cell_${n}()`
  });
const runs = (last: number, first: number) => Array.from({ length: last - first + 1 }, (_, n) => run(last - n));
const open = (executions = runs(3, 1)) => {
  const client = new FakeClient({ ...EMPTY, executions });
  showPortal(client, '/portal/activity');
  return client;
};
const shown = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map(row => row.querySelector('a')!.textContent);

beforeEach(() => localStorage.clear());

it('shows what runs as it runs, newest first', async () => {
  const client = open();
  expect(await screen.findByText(code('cell_3()'))).toBeTruthy();
  client.answers.executions = runs(4, 1);
  act(() => client.change());
  expect(await screen.findByText(code('cell_4()'))).toBeTruthy();
  expect(shown()).toEqual(['cell_4()', 'cell_3()', 'cell_2()', 'cell_1()']);
});

it('holds still when it is paused, says how much came, and goes on with all of it', async () => {
  const client = open();
  await screen.findByText(code('cell_3()'));
  fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
  client.answers.executions = runs(5, 1);
  act(() => client.change());
  expect(await screen.findByText('2 new runs')).toBeTruthy();
  expect(shown()).toHaveLength(3);
  fireEvent.click(screen.getByRole('button', { name: 'Go on' }));
  expect(shown()).toHaveLength(5);
});

it('loads what is older, and after a sleep has neither gap nor double', async () => {
  const client = open(runs(120, 1));
  await screen.findByText(code('cell_120()'));
  fireEvent.click(screen.getByRole('button', { name: 'Load older ones' }));
  expect(await screen.findByText(code('cell_21()'))).toBeTruthy();
  expect(shown()).toHaveLength(100);
  act(() => client.connect(false));
  // Seventy ran meanwhile: more than one page holds, and one of them came late.
  client.answers.executions = runs(190, 1);
  act(() => client.connect(true));
  expect(await screen.findByText(code('cell_190()'))).toBeTruthy();
  expect(await screen.findByText(code('cell_91()'))).toBeTruthy();
  expect(shown()).toEqual(runs(190, 91).map(({ code_preview }) => code_preview));
});

it('says that there is nothing older', async () => {
  open();
  expect(await screen.findByText('This is all that is on record.')).toBeTruthy();
});

it('says what to do while nothing is on record', async () => {
  open([]);
  expect(await screen.findByText(/open a notebook and run a cell/)).toBeTruthy();
});
