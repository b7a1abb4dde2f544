import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { CLOCK_CHANNEL } from './page/shifted-clock.js';
import { type Contents, type PageHandle } from './note.js';
import { processes, signal, type Process } from './processes.js';
import { type Recorder } from './recorder.js';
import { until } from './until.js';

const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A name that is not localhost: on plain http such a page has no Web Locks.
  '--host-resolver-rules=MAP lab.test 127.0.0.1'
];

/** What a profile needs to know. */
export interface ProfileParts {
  name: string;
  folder: string;
  /** whether its pages come over plain http from a name that is not localhost */
  plainHttp: boolean;
  stagePort: number;
  endpoint: string;
  /** events per second and page */
  rate: number;
  recorder: Recorder;
  seed: () => number;
}

/** One tab of a profile. */
export interface Tab {
  name: string;
  page: Page;
  crashed: boolean;
}

/** A browser profile with its tabs, each of which hosts an outbox; it outlives the browser. */
export class Profile {
  constructor(private readonly parts: ProfileParts) {}

  tabs: Tab[] = [];

  get name(): string {
    return this.parts.name;
  }

  get origin(): string {
    return `http://${this.parts.plainHttp ? 'lab.test' : '127.0.0.1'}:${this.parts.stagePort}`;
  }

  /** Starts the browser with so many tabs. */
  async start(tabs: number): Promise<void> {
    this.context = await chromium.launchPersistentContext(this.parts.folder, {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: FLAGS,
      // Ctrl-C is ours to handle: what was started is ended in its order.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false
    });
    for (let count = 0; count < tabs; count++) await this.open();
  }

  /** Opens a tab. */
  async open(): Promise<Tab> {
    const name = `tab-${++this.opened}`;
    const page = await this.running().newPage();
    const tab: Tab = { name, page, crashed: false };
    page.on('crash', () => {
      tab.crashed = true;
      this.parts.recorder.killed(this.name, name);
      this.tabs = this.tabs.filter(other => other !== tab);
    });
    await page.goto(this.address(name));
    this.tabs.push(tab);
    return tab;
  }

  /** Closes a tab as a person does. */
  async close(tab: Tab): Promise<void> {
    this.tabs = this.tabs.filter(other => other !== tab);
    this.parts.recorder.left(this.name, tab.name);
    await tab.page.close();
  }

  async reload(tab: Tab): Promise<void> {
    this.parts.recorder.left(this.name, tab.name);
    await tab.page.goto(this.address(tab.name));
  }

  /** Closes the browser as a person does: its tabs hear of it. */
  async quit(): Promise<void> {
    for (const tab of [...this.tabs]) await this.close(tab);
    await this.end();
  }

  /** Ends the browser as the end of a session does: no tab hears of it. */
  async end(): Promise<void> {
    this.tabs = [];
    await this.context?.close();
    // Not before: until then they went on.
    this.parts.recorder.killed(this.name);
    this.context = null;
  }

  /** Kills every process of the browser. */
  async kill(): Promise<void> {
    this.tabs = [];
    for (const { pid } of this.processes()) signal(pid, 'SIGKILL');
    this.parts.recorder.killed(this.name);
    await until('the browser is gone', 30_000, () => this.processes().length === 0);
    await this.context?.close().catch(() => undefined); // nobody is there to hear it
    this.context = null;
  }

  /** All processes of this browser. */
  processes(): Process[] {
    const all = processes();
    const main = all
      .filter(({ args }) => args.join(' ').includes(`--user-data-dir=${this.parts.folder} `))
      .map(({ pid }) => pid);
    const family = new Set(main);
    // Its zygotes make the renderers: children of children.
    for (let size = -1; size !== family.size;) {
      size = family.size;
      for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
    }
    return all.filter(({ pid }) => family.has(pid));
  }

  /** The process that draws a tab: the renderer that works when it is given work. */
  async renderer(tab: Tab): Promise<number> {
    const renderers = (): Process[] =>
      this.processes().filter(({ args }) => args.join(' ').includes(' --type=renderer '));
    const before = new Map(renderers().map(({ pid, ticks }) => [pid, ticks]));
    await tab.page.evaluate(() => {
      const end = performance.now() + 250;
      while (performance.now() < end);
    });
    const used = renderers().map(({ pid, ticks }) => ({ pid, used: ticks - (before.get(pid) ?? ticks) }));
    return used.sort((a, b) => b.used - a.used)[0]!.pid;
  }

  /** Moves the clocks of all tabs. @param ms against the true time */
  async shiftClock(ms: number): Promise<void> {
    await this.tabs[0]?.page.evaluate(([channel, shift]) => new BroadcastChannel(channel).postMessage(shift), [
      CLOCK_CHANNEL,
      ms
    ] as const);
  }

  /** The network is back, as the browser tells its pages. */
  async tellOnline(): Promise<void> {
    for (const { page } of this.tabs) await page.evaluate(() => void window.dispatchEvent(new Event('online')));
  }

  /** No event more. */
  async quiet(): Promise<void> {
    for (const { page } of this.tabs) await page.evaluate(() => (window as unknown as { chaos: PageHandle }).chaos.quiet()); // prettier-ignore
  }

  /** Whether nothing waits in the outbox. */
  isEmpty(): Promise<boolean> {
    return this.tabs[0]!.page.evaluate(() => (window as unknown as { chaos: PageHandle }).chaos.isEmpty());
  }

  /** What lies in the outbox. */
  contents(): Promise<Contents> {
    return this.tabs[0]!.page.evaluate(() => (window as unknown as { chaos: PageHandle }).chaos.contents());
  }

  private address(tab: string): string {
    const { name, endpoint, rate, seed } = this.parts;
    const query = new URLSearchParams({ profile: name, tab, endpoint, rate: String(rate), seed: String(seed()) });
    return `${this.origin}/?${query}`;
  }

  private running(): BrowserContext {
    if (!this.context) throw new Error(`the browser ${this.name} does not run`);
    return this.context;
  }

  private context: BrowserContext | null = null;
  private opened = 0;
}
