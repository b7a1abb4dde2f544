import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { type Absence } from '@celltrail/protocol';
import { EMPTY, FakeClient } from '../../testing/fake-client.js';
import { show, showPortal } from '../../testing/show.js';
import { AbsenceCard } from './AbsenceCard.js';

const gap: Absence['latest'][number] = {
  id: '6a7fd860-7085-8683-a16b-cf65886c7227',
  at: '2026-11-24T10:00:00.000Z',
  username: 'sara',
  type: 'capture.gap',
  reason: 'connection_lost',
  kernel_id: '8f6f3a52-6b0c-4d3e-9a53-0d1f5f0c2b11',
  gap_from: '3',
  gap_to: '6',
  missing: 2
};
const hole: Absence['holes'][number] = {
  page_id: '0b7c3f5e-6a0e-4d0c-9a39-0f6f1d2f7a11',
  username: 'reza',
  missing_from: 4,
  missing_to: 6,
  missing: 3,
  since: '2026-11-24T09:00:00.000Z',
  waiting: 1
};
const withAbsence = (change: Partial<Absence>) =>
  new FakeClient({ ...EMPTY, absence: { ...(EMPTY.absence as Absence), ...change } });

it('says that nothing is known to be missing', async () => {
  show(<AbsenceCard />, 'en', withAbsence({}));
  expect(await screen.findByText(/Nothing is known to be missing/)).toBeTruthy();
});

it('counts gaps by reason and lists each with its kernel, from, to and how many', async () => {
  const figures: Absence['figures'] = [
    { type: 'capture.gap', reason: 'connection_lost', times: 3, missing: 2 },
    { type: 'capture.disabled', reason: null, times: 1, missing: 0 }
  ];
  show(<AbsenceCard />, 'en', withAbsence({ figures, latest: [gap] }));
  const off = (await screen.findByText('Recording turned off')).closest('li')!;
  expect(within(off).getByText('1 time')).toBeTruthy();
  expect(screen.getByText('3 times')).toBeTruthy();
  const entry = within(screen.getByRole('region', { name: 'One by one, the latest first' }));
  expect(entry.getByText('from execution 3 to execution 6')).toBeTruthy();
  expect(entry.getByText('2 executions missing')).toBeTruthy();
  expect(entry.getByTitle(gap.kernel_id!).textContent).toContain('8f6f3a52');
});

it('names the pages whose events did not come, and what may still come', async () => {
  show(<AbsenceCard />, 'en', withAbsence({ holes: [hole] }));
  const entry = within(await screen.findByRole('region', { name: /went quiet/ }));
  expect(entry.getByText(/events 4 to 6: 3 missing since/)).toBeTruthy();
  expect(entry.getByText(/1 event waits in its browser/)).toBeTruthy();
});

it('is told in Persian with Persian digits', async () => {
  show(<AbsenceCard />, 'fa', withAbsence({ holes: [hole], latest: [gap] }));
  expect(await screen.findByText(/رویدادهای ۴ تا ۶/)).toBeTruthy();
});

it('asks for the days that are chosen, and anew when something changes', async () => {
  const client = withAbsence({});
  showPortal(client, '/portal/health');
  fireEvent.click(await screen.findByRole('radio', { name: '7 days' }));
  const asked = () => client.asked.filter(each => each.startsWith('absence'));
  await waitFor(() => expect(asked().length).toBeGreaterThan(1));
  const [from, to] = asked()
    .at(-1)!
    .split(' ')
    .slice(1)
    .map(date => Date.parse(date));
  expect(to! - from!).toBe(6 * 24 * 60 * 60 * 1000);
  const before = asked().length;
  client.change();
  await waitFor(() => expect(asked().length).toBeGreaterThan(before));
});
