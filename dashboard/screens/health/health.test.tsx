import { fireEvent, screen, within } from '@testing-library/react';
import { type Check } from '@celltrail/protocol';
import { RequestFailed } from '@celltrail/protocol/client';
import { EMPTY, FakeClient } from '../../testing/fake-client.js';
import { show } from '../../testing/show.js';
import HealthScreen from './HealthScreen.js';

const check = (id: string, ok: boolean | null, fix: string | null = null): Check => ({
  id,
  ok,
  detail: `Sentence of ${id}.`,
  figures: { version: '0.1.0', url: 'http://localhost:8001', reason: 'refused', database: 'celltrail' },
  fix
});
const withChecks = (...checks: Check[]) => new FakeClient({ ...EMPTY, checks });

it('says that all is well when nothing is wrong', async () => {
  show(<HealthScreen />, 'en', withChecks(check('server', true), check('database', true)));
  expect((await screen.findByRole('status')).textContent).toBe('All is well');
  expect(screen.getAllByText('In order')).toHaveLength(2);
});

it('counts what is wrong and what is not known, and puts the fix under what is wrong', async () => {
  const client = withChecks(
    check('server', true),
    check('database', false, 'reach_database'),
    check('schema', null),
    check('roles', null)
  );
  show(<HealthScreen />, 'en', client);
  expect((await screen.findByRole('status')).textContent).toBe('1 thing is wrong · 2 things are not known yet');
  const database = within(screen.getByRole('heading', { name: 'Database' }).closest('li')!);
  expect(database.getByText('Wrong')).toBeTruthy();
  expect(database.getByText(/Start Postgres and check AUDIT_DB_CONNECTION/)).toBeTruthy();
  expect(screen.getAllByText('What to do:')).toHaveLength(1);
});

it('is told in Persian with Persian digits', async () => {
  show(<HealthScreen />, 'fa', withChecks(check('database', false)));
  expect((await screen.findByRole('status')).textContent).toBe('۱ مورد ایراد دارد');
  expect(screen.getByRole('heading', { name: 'پایگاه داده' })).toBeTruthy();
});

it('checks again when asked', async () => {
  const client = withChecks(check('database', false));
  show(<HealthScreen />, 'en', client);
  await screen.findByText('1 thing is wrong');
  client.answers.checks = [check('database', true)];
  fireEvent.click(screen.getByRole('button', { name: 'Check again' }));
  expect(await screen.findByText('All is well')).toBeTruthy();
});

it('says how to start the server when that does not answer', async () => {
  show(<HealthScreen />, 'en', new FakeClient({ ...EMPTY, checks: new RequestFailed('TypeError: fetch failed') }));
  expect((await screen.findByRole('alert')).textContent).toContain('npm start');
});
