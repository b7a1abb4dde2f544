import { oneAtATime } from './one-at-a-time.js';

/** A piece of work that ends when the test says so. */
function work() {
  const ends: (() => void)[] = [];
  const run = jest.fn(() => new Promise<void>(resolve => ends.push(resolve)));
  const endNext = async () => {
    ends.shift()!();
    await Promise.resolve();
    await Promise.resolve();
  };
  return { run, endNext };
}

it('runs at once', () => {
  const { run } = work();
  oneAtATime(run)();
  expect(run).toHaveBeenCalledTimes(1);
});

it('makes one more run of a hundred calls during a run', async () => {
  const { run, endNext } = work();
  const call = oneAtATime(run);
  for (let n = 0; n < 101; n++) call();
  expect(run).toHaveBeenCalledTimes(1);
  await endNext();
  expect(run).toHaveBeenCalledTimes(2);
  await endNext();
  expect(run).toHaveBeenCalledTimes(2);
});

it('runs again after it has rested', async () => {
  const { run, endNext } = work();
  const call = oneAtATime(run);
  call();
  await endNext();
  call();
  expect(run).toHaveBeenCalledTimes(2);
});
