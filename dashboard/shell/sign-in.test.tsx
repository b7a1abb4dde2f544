import { fireEvent, screen } from '@testing-library/react';
import { describeProblem } from '@celltrail/protocol';
import { RequestFailed } from '@celltrail/protocol/client';
import { EMPTY, FakeClient } from '../testing/fake-client.js';
import { showPortal } from '../testing/show.js';

const refusedBy = (kind: 'not-signed-in' | 'token-refused') => new RequestFailed(kind, describeProblem(kind));
const strangers = () => {
  const refused = refusedBy('not-signed-in');
  return new FakeClient({ ...EMPTY, me: refused, portal: refused, stats: refused, executions: refused });
};

beforeEach(() => localStorage.clear());

it('asks for a token before anything else, and shows the portal once it was taken', async () => {
  const client = strangers();
  client.signIn = token => {
    expect(token).toBe('ct_secret');
    Object.assign(client.answers, EMPTY, { me: { ...EMPTY.me, auth: 'token' } });
    return Promise.resolve(client.answers.me as never);
  };
  showPortal(client);
  fireEvent.change(await screen.findByLabelText('Token'), { target: { value: ' ct_secret ' } });
  expect(screen.queryByRole('navigation')).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(await screen.findByRole('heading', { level: 1, name: 'Your executions' })).toBeTruthy();
  expect(await screen.findByRole('button', { name: 'Sign out' })).toBeTruthy();
});

it('says that a token was refused, and lets another be tried', async () => {
  const client = strangers();
  client.signIn = () => Promise.reject(refusedBy('token-refused'));
  showPortal(client);
  fireEvent.change(await screen.findByLabelText('Token'), { target: { value: 'wrong' } });
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(await screen.findByText('That token is not valid. It may have been revoked, or have expired.')).toBeTruthy();
});

it('goes back to the token when it is signed out', async () => {
  const client = new FakeClient({
    ...EMPTY,
    me: { username: 'sara', role: 'admin', auth: 'token', server_version: '0' }
  });
  client.signOut = () => {
    Object.assign(client.answers, strangers().answers);
    return Promise.resolve();
  };
  showPortal(client);
  fireEvent.click(await screen.findByRole('button', { name: 'Sign out' }));
  expect(await screen.findByLabelText('Token')).toBeTruthy();
});

it('has no way out where nobody signed in', async () => {
  showPortal(new FakeClient());
  await screen.findByText('test_user');
  expect(screen.queryByRole('button', { name: 'Sign out' })).toBeNull();
});
