import { execution } from '../../testing/fake-client.js';
import { heldBack, rowsOf } from './feed.js';

const run = (n: number) =>
  execution({ id: `0199b3c0-0000-8000-8000-${String(n).padStart(12, '0')}`, timestamp: `2026-11-24T08:30:0${n}.000Z` });

it('shows a run once that two pages have', () => {
  expect(
    rowsOf([
      [run(3), run(2)],
      [run(2), run(1)]
    ]).map(({ id }) => id.at(-1))
  ).toEqual(['3', '2', '1']);
});

it('takes the newer answer where two pages have the same run', () => {
  const done = { ...run(2), status: 'success' as const };
  expect(rowsOf([[run(3), done], [{ ...run(2), status: 'running' }]])[1]).toBe(done);
});

it('counts what came since the pause, late runs among it, and nothing that was only loaded', () => {
  const shown = [run(5), run(3), run(2)];
  expect(heldBack(shown, [run(6), run(5), run(4), run(3), run(2), run(1)])).toBe(2);
  expect(heldBack([], [run(1)])).toBe(1);
});
