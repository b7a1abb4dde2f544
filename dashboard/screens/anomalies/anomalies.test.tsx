import { fireEvent, screen } from '@testing-library/react';
import { type Anomaly } from '@celltrail/protocol';
import { EMPTY, FakeClient } from '../../testing/fake-client.js';
import { showPortal } from '../../testing/show.js';

const PAYLOAD = '<img src=x onerror=alert(1)>';
const ID = '0199b3c0-0000-8000-8000-000000000001';
const anomaly = (change: Partial<Anomaly> = {}): Anomaly => ({
  id: ID,
  kind: 'excessive_failures',
  username: 'sara',
  begins: '2026-11-24T08:00:00Z',
  ends: '2026-11-24T09:00:00Z',
  found_at: '2026-11-24T09:00:05Z',
  figure: 0.62,
  unit: 'share',
  normal: { typical: 0.08, limit: 0.3, days: 60 },
  names: [],
  evidence: [ID],
  evidence_count: 31,
  grown_at: null,
  grown: false,
  verdict: null,
  history: [],
  ...change
});
const SAID = { verdict: 'fine' as const, comment: null, by: 'auditor', at: '2026-11-24T10:00:00Z', figure: 0.62, evidence_count: 31 }; // prettier-ignore
const SEEN = '{"figure":0.62,"evidence_count":31,"grown_at":null}';
const admin = { ...EMPTY.me, role: 'admin' } as typeof EMPTY.me;
const auditor = { ...EMPTY.me, role: 'auditor' } as typeof EMPTY.me;
const counts = { open: 1, grown: 0, fine: 4, not_fine: 0, needs_look: 2 };
const open = (items: Anomaly[], change: Partial<ConstructorParameters<typeof FakeClient>[0]> = {}) => {
  const client = new FakeClient({ ...EMPTY, me: auditor, anomalies: { items, next: null, counts }, ...change });
  showPortal(client, '/portal/anomalies');
  return client;
};

beforeEach(() => localStorage.clear());

it('shows what was seen, what is normal for this person, and the evidence', async () => {
  open([anomaly()]);
  expect(await screen.findByText('62%')).toBeTruthy();
  expect(screen.getByText('usually 8%, up to 30%, from 60 days')).toBeTruthy();
  expect(screen.getByText('Evidence: 31 runs')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'run 1' }).getAttribute('href')).toBe(`/portal/executions/${ID}`);
});

it('takes a verdict with its comment, and takes it back', async () => {
  const said = { ...SAID, verdict: 'not_fine' as const, comment: 'asked them' };
  const client = open([anomaly()], { me: admin, judge: anomaly({ verdict: said, history: [said] }) });
  fireEvent.change(await screen.findByLabelText('Comment'), { target: { value: 'asked them' } });
  fireEvent.click(screen.getByRole('button', { name: 'Not fine' }));
  expect(await screen.findByText('asked them')).toBeTruthy();
  const undone = { ...SAID, verdict: null, at: '2026-11-24T10:01:00Z' };
  client.answers.judge = anomaly({ verdict: undone, history: [said, undone] });
  fireEvent.click(screen.getByRole('button', { name: 'Take it back' }));
  expect(await screen.findByText('Taken back')).toBeTruthy();
  expect(client.asked.filter(each => each.startsWith('judge'))).toEqual([
    `judge ${ID} not_fine ${SEEN}`,
    `judge ${ID}  ${SEEN}`
  ]);
});

it('says of an alert that grew after its verdict what it was then and is now, and takes another one', async () => {
  const grown = anomaly({ figure: 0.7, evidence_count: 42, grown: true, grown_at: '2026-11-24T11:00:00Z', history: [SAID] }); // prettier-ignore
  const client = open([grown], {
    me: admin,
    judge: { ...grown, grown: false, verdict: SAID, history: [SAID, { ...SAID, at: '2026-11-24T12:00:00Z' }] }
  });
  expect(await screen.findByText('seen then: 62% · 31 runs')).toBeTruthy();
  expect(screen.getByText('Grown since, waits for a verdict again')).toBeTruthy();
  expect(screen.getByText('now: 70% · 42 runs')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Fine' }));
  expect(await screen.findByRole('button', { name: 'Take it back' })).toBeTruthy();
  expect(screen.queryByText('Grown since, waits for a verdict again')).toBeNull();
  expect(client.asked).toContain(`judge ${ID} fine {"figure":0.7,"evidence_count":42,"grown_at":"2026-11-24T11:00:00Z"}`); // prettier-ignore
});

it('asks again where an alert grew while it was looked at', async () => {
  const grown = anomaly({ figure: 0.7, evidence_count: 42, grown: true, grown_at: '2026-11-24T11:00:00Z', history: [SAID] }); // prettier-ignore
  const client = open([anomaly()], { me: admin, judge: grown });
  await screen.findByText('62%');
  client.answers.anomalies = { items: [grown], next: null, counts };
  fireEvent.click(screen.getByRole('button', { name: 'Fine' }));
  expect(await screen.findByText('70%')).toBeTruthy();
  expect(screen.getByText('Grown since, waits for a verdict again')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Not fine' })).toBeTruthy();
});

it('lets an analyst read what is about them, and judge nothing', async () => {
  open([anomaly()], { me: EMPTY.me });
  expect(await screen.findByText('62%')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Needs a look' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Report of a day' })).toBeNull();
});

it('lets an auditor read everything and judge nothing', async () => {
  open([anomaly()]);
  expect(await screen.findByText('62%')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Report of a day' })).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Needs a look' })).toBeNull();
});

it('shows the report of a day', async () => {
  const client = open([], {
    review: {
      begins: '2026-11-24T00:00:00Z',
      ends: '2026-11-25T00:00:00Z',
      tz: 'UTC',
      executions: 412,
      errors: 31,
      people: [],
      alerts: [anomaly()],
      judged: [],
      open: 3,
      coverage: { gaps: 2, missing: 0, switched_off: 1, unseen: 0, unknown: 7 }
    }
  });
  fireEvent.click(await screen.findByRole('button', { name: 'Report of a day' }));
  expect(await screen.findByText('412')).toBeTruthy();
  expect(screen.getByText('Runs whose end was not seen').parentElement!.textContent).toContain('7');
  fireEvent.click(screen.getByRole('button', { name: 'Day before' }));
  await screen.findByText('412');
  expect(new Set(client.asked.filter(each => each.startsWith('review'))).size).toBe(2);
});

it('says that no alert waits, and not that all is well', async () => {
  open([]);
  expect(await screen.findByText('No alert waits for a verdict')).toBeTruthy();
  expect(screen.getByText(/does not say that nothing unusual happened/)).toBeTruthy();
});

it('shows HTML in names and comments as text', async () => {
  const said = { ...SAID, comment: PAYLOAD, by: PAYLOAD };
  open([anomaly({ username: PAYLOAD, names: [PAYLOAD], verdict: said, history: [said] })]);
  expect(await screen.findAllByText(PAYLOAD)).toHaveLength(4);
  expect(document.querySelector('img[src=x]')).toBeNull();
});
