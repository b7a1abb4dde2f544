import { COALESCE_MS, createBus } from './bus.js';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const bus = () => createBus(() => Date.now());

describe('the bus', () => {
  it('tells a change at once to every stream of the person, and to nobody else', () => {
    const { changed, subscribe } = bus();
    const [first, second, other] = [jest.fn(), jest.fn(), jest.fn()];
    subscribe('ali', first);
    subscribe('ali', second);
    subscribe('sara', other);
    changed(['ali', 'nobody']);
    expect(first).toHaveBeenCalledWith({ sequence: 1 });
    expect(second).toHaveBeenCalledWith({ sequence: 1 });
    expect(other).not.toHaveBeenCalled();
  });

  it('makes one change of a burst, and never holds it back for longer than the coalescing time', () => {
    const { changed, subscribe } = bus();
    const told = jest.fn();
    subscribe('ali', told);
    for (let i = 0; i < 1000; i++) changed(['ali']);
    expect(told).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(COALESCE_MS);
    expect(told).toHaveBeenCalledTimes(2);
    jest.advanceTimersByTime(10 * COALESCE_MS);
    expect(told).toHaveBeenCalledTimes(2);
  });

  it('numbers changes so that they rise', () => {
    const live = bus();
    const told: number[] = [];
    live.subscribe('ali', change => told.push(change.sequence));
    for (let i = 0; i < 3; i++) {
      live.changed(['ali']);
      jest.advanceTimersByTime(COALESCE_MS);
    }
    expect(told).toEqual([1, 2, 3]);
    expect(live.sequence).toBe(3);
  });

  it('wakes everyone when nobody knows whose record changed', () => {
    const { changed, subscribe } = bus();
    const [ali, sara] = [jest.fn(), jest.fn()];
    subscribe('ali', ali);
    subscribe('sara', sara);
    changed(null);
    expect([ali.mock.calls.length, sara.mock.calls.length]).toEqual([1, 1]);
  });

  it('tells nothing after the end of a subscription, and leaves no timer behind', () => {
    const { changed, subscribe } = bus();
    const told = jest.fn();
    const end = subscribe('ali', told);
    changed(['ali']);
    changed(['ali']);
    end();
    end();
    expect(jest.getTimerCount()).toBe(0);
    changed(['ali']);
    expect(told).toHaveBeenCalledTimes(1);
  });

  it('forgets what waits when it closes', () => {
    const live = bus();
    live.subscribe('ali', jest.fn());
    live.changed(['ali']);
    live.changed(['ali']);
    live.close();
    expect(jest.getTimerCount()).toBe(0);
  });
});
