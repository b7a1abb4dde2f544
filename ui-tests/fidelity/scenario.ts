import { type BrowserContext, type BrowserContextOptions } from '@playwright/test';
import { type Driver } from '../parts/driver.js';
import { type Lab } from '../parts/lab.js';
import { type Expected } from './compare.js';
import { type Truth } from './truth.js';

/** What a scenario plays on. */
export interface Stage {
  /** a page of Lab that has started */
  driver: Driver;
  lab: Lab;
  context: BrowserContext;
  /** another page of the same browser profile */
  another: () => Promise<Driver>;
  /** a page of another browser of the same user */
  stranger: (options?: BrowserContextOptions) => Promise<Driver>;
  /** what the kernels wrote down in this scenario so far */
  truth: () => Truth[];
  /** waits until the kernels have begun that many runs in this scenario (`ended`: come to their end) */
  began: (count: number) => Promise<void>;
  ended: (count: number) => Promise<void>;
  /**
   * Waits for the events of that kind and kernel in `audit_events`. @returns what each says
   * @param holds what must hold of them; not asked where the scenario is played on a recorder that keeps no events
   */
  audited: (
    type: string,
    kernel: string,
    holds?: (events: Record<string, unknown>[]) => void
  ) => Promise<Record<string, unknown>[]>;
  /** what is on record now of that kind and kernel, null for events of no kernel; empty on a recorder that keeps none */
  onRecord: (type: string, kernel: string | null) => Record<string, unknown>[];
  /** runs Python beside Lab, with the arguments given; for clients that are no browser */
  python: (code: string, ...args: string[]) => Promise<string>;
}

/** One thing people do with notebooks, and what its runs must be called where the kernel's own hook can't know it. */
export interface Scenario {
  name: string;
  play(stage: Stage): Promise<Expected | void>;
}
