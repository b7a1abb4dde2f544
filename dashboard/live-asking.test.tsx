import { act, screen } from '@testing-library/react';
import { EMPTY, execution, FakeClient } from './testing/fake-client.js';
import { code, showPortal } from './testing/show.js';

beforeEach(() => localStorage.clear());

it('does not take the answer to a question that was asked before the change', async () => {
  const client = new FakeClient({ ...EMPTY });
  const early: ((list: []) => void)[] = [];
  const later = client.executions;
  client.executions = () => new Promise(resolve => early.push(resolve));
  showPortal(client);
  await screen.findByText('All executions');
  expect(early).toHaveLength(1);
  client.executions = later;
  client.answers.executions = [execution({ code_preview: 'after_the_change()' })];
  act(() => client.change());
  expect(await screen.findByText(code('after_the_change()'))).toBeTruthy();
  // The early answer arrives at last, and is old.
  await act(async () => {
    early[0]!([]);
    await Promise.resolve();
  });
  expect(screen.getByText(code('after_the_change()'))).toBeTruthy();
});

it('ends its stream when the portal is left', async () => {
  const client = new FakeClient();
  const { unmount } = showPortal(client);
  await screen.findByText('Nothing is on record yet');
  expect(client.listeners.size).toBe(1);
  unmount();
  expect(client.listeners.size).toBe(0);
});
