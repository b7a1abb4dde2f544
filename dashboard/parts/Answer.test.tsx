import { useState } from 'react';
import { fireEvent, screen } from '@testing-library/react';
import { describeProblem } from '@celltrail/protocol';
import { RequestFailed } from '@celltrail/protocol/client';
import { show } from '../testing/show.js';
import { Answer, type Asked } from './Answer.js';

const refetch = jest.fn();
const asked = (change: Partial<Asked<string[]>>): Asked<string[]> => ({
  data: undefined,
  error: null,
  isFetching: false,
  refetch,
  ...change
});

const answer = (change: Partial<Asked<string[]>>, brief = false) => (
  <Answer
    asked={asked(change)}
    loading={<i>its place</i>}
    brief={brief}
    empty={{ when: list => list.length === 0, face: 'nothing yet' }}
  >
    {list => <p>{list.join(' ')}</p>}
  </Answer>
);

const unreachable = new RequestFailed('TypeError: fetch failed');

it('holds the place of an answer that is awaited, and says so to who can not see it', () => {
  show(answer({ isFetching: true }));
  expect(screen.getByText('its place')).toBeTruthy();
  expect(screen.getByText('Loading…').closest('[aria-busy]')).toBeTruthy();
});

it('shows the data', () => {
  show(answer({ data: ['a', 'b'] }));
  expect(screen.getByText('a b')).toBeTruthy();
});

it('shows what to do where there is nothing to show', () => {
  show(answer({ data: [] }));
  expect(screen.getByText('nothing yet')).toBeTruthy();
});

it('says what broke, how to look closer, and tries again', () => {
  show(answer({ error: unreachable }));
  expect(screen.getByRole('alert').textContent).toContain('The audit server does not answer');
  expect(screen.getByRole('link', { name: 'See what is wrong' }).getAttribute('href')).toBe('/portal/health');
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(refetch).toHaveBeenCalledTimes(1);
});

it("repeats the server's own words, its advice and the id of its log", () => {
  const problem = describeProblem('database-unreachable', {
    detail: 'connect ECONNREFUSED',
    fix: 'Start Postgres.',
    instance: 'b7f0c1'
  });
  show(answer({ error: new RequestFailed('', problem) }), 'fa');
  const said = screen.getByRole('alert').textContent;
  for (const part of ['پایگاه داده‌اش پاسخ نمی‌دهد', 'connect ECONNREFUSED', 'Start Postgres.', 'b7f0c1'])
    expect(said).toContain(part);
});

it('shows the title of a problem that this build has no words for', () => {
  const problem = { type: 'urn:celltrail:from-the-future', title: 'Too modern', status: 418 };
  show(answer({ error: new RequestFailed('', problem) }));
  expect(screen.getByRole('alert').textContent).toContain('Too modern');
});

it('tells a failure in one line where the whole of it stands elsewhere', () => {
  show(answer({ error: unreachable }, true));
  expect(screen.queryByRole('alert')).toBeNull();
  expect(screen.getByRole('status').textContent).toContain('The audit server does not answer');
});

it('keeps what it had, under a line that it is old, when it can not be renewed', () => {
  show(answer({ data: ['a'], error: unreachable }));
  expect(screen.getByText('a')).toBeTruthy();
  expect(screen.getByRole('status').textContent).toMatch(/^Not up to date: /);
});

it('stays failed while it is tried again, so that the pressed button keeps its place', () => {
  // A new try clears the question's error before there is another answer.
  const Tried = () => {
    const [tried, setTried] = useState(false);
    return (
      <>
        {answer(tried ? { isFetching: true } : { error: unreachable })}
        <button onClick={() => setTried(true)}>try</button>
      </>
    );
  };
  show(<Tried />);
  const button = screen.getByRole('button', { name: 'Try again' });
  fireEvent.click(screen.getByText('try'));
  expect(screen.getByRole('button', { name: 'Try again' })).toBe(button);
  expect(screen.queryByText('its place')).toBeNull();
});
