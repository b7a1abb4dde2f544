import { setImmediate } from 'node:timers';
import type { Surroundings } from '../surroundings.js';

// jsdom takes it away; fake-indexeddb would use timers of a millisecond instead.
globalThis.setImmediate ??= setImmediate;

/** Surroundings whose time stands still until a test moves it. */
export class StillSurroundings implements Surroundings {
  /** @param settle lets everything that is under way come to rest */
  constructor(
    readonly fetch: typeof globalThis.fetch = () => Promise.reject(new Error('no network in this test')),
    private readonly settle: () => Promise<void> = rest
  ) {}

  /** what the dice say */
  dice = 0.5;
  /** wall clock, Unix ms */
  readonly now = (): number => 1_700_000_000_000 + this.time + this.skew;
  /** how far the wall clock jumped, in ms; the monotonic clock never does */
  skew = 0;
  readonly monotonic = (): number => this.time;
  readonly random = (): number => this.dice;

  readonly after = (ms: number, callback: () => void): (() => void) => {
    const timer = { at: this.time + ms, callback };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter(other => other !== timer);
    };
  };

  /** How many callbacks wait for their time. */
  get pending(): number {
    return this.timers.length;
  }

  /** Let so much time pass, and every callback that is due run and come to rest. */
  async pass(ms: number): Promise<void> {
    const end = this.time + ms;
    for (;;) {
      await this.settle();
      const next = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.time = Math.max(this.time, next.at);
      this.timers = this.timers.filter(other => other !== next);
      next.callback();
    }
    this.time = end;
    await this.settle();
  }

  private time = 0;
  private timers: { at: number; callback: () => void }[] = [];
}

/** Lets everything that is under way come to rest: fake-indexeddb takes a turn of the event loop per request. */
export async function rest(): Promise<void> {
  for (let turn = 0; turn < 60; turn++) await new Promise(resolve => setImmediate(resolve));
}
