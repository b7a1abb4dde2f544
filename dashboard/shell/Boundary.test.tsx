import { render, screen } from '@testing-library/react';
import { Boundary } from './Boundary.js';

function Broken(): never {
  throw new TypeError('list is undefined');
}

it('shows what to report when a screen fails, and keeps the rest', () => {
  const said = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  render(
    <>
      <p>the frame</p>
      <Boundary title="It has failed" fix="Load it again:">
        <Broken />
      </Boundary>
    </>
  );
  expect(screen.getByText('the frame')).toBeTruthy();
  expect(screen.getByRole('alert').textContent).toBe('It has failedLoad it again:list is undefined');
  expect(said).toHaveBeenCalled();
  said.mockRestore();
});
