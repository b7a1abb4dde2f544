import { expect } from '@playwright/test';
import { startCutter, type Cutter } from '../../parts/cutter.js';
import { type Driver } from '../../parts/driver.js';
import { runElsewhere } from '../other-client.js';
import { type Scenario, type Stage } from '../scenario.js';

/** Runs lines by a client that is no browser. */
const elsewhere = (stage: Stage, kernel: string, ...lines: string[]) =>
  runElsewhere(
    stage,
    kernel,
    lines.map(line => [line] as const)
  );

const nowhere = (...lines: string[]) => new Map(lines.map(line => [line, null]));

/** Opens a page whose cables can be pulled: until its browser is closed, so that it can send what it has. */
async function throughCutter<T>(stage: Stage, play: (page: Driver, cutter: Cutter, port: number) => Promise<T>) {
  const cutter = await startCutter();
  const driver = await stage.stranger({ proxy: { server: cutter.server } });
  driver.page.context().once('close', () => void cutter.close());
  return play(driver, cutter, Number(new URL(stage.lab.url).port));
}

const linkIs = (driver: Driver, wanted: string) =>
  driver.page.waitForFunction(status => {
    const kernel = window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel as unknown as {
      connectionStatus: string;
    };
    return kernel.connectionStatus === status;
  }, wanted);

/** How often Lab tries to reconnect before it gives up: seven times by itself, for up to two minutes. */
const tries = (driver: Driver, limit: number) =>
  driver.page.evaluate(often => {
    const kernel = window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel;
    (kernel as unknown as { _reconnectLimit: number })._reconnectLimit = often;
  }, limit);

/** What is on record of a kernel, beside its runs. */
interface Told {
  gaps: Record<string, unknown>[];
  deaths: Record<string, unknown>[];
}

/**
 * Ends the kernel and waits until that is on record: what was told of it before has arrived by then, too.
 * @param holds what must hold then; not asked of a recorder that keeps no events
 */
async function allTold(stage: Stage, driver: Driver, kernel: string, holds: (told: Told) => void): Promise<void> {
  await driver.page.evaluate(async id => {
    const { kernels } = window.jupyterapp.serviceManager as unknown as {
      kernels: { shutdown(id: string): Promise<void> };
    };
    await kernels.shutdown(id);
  }, kernel);
  await stage.audited('kernel.died', kernel, deaths => holds({ deaths, gaps: stage.onRecord('capture.gap', kernel) }));
}

/** What is told of terminals from now on, waited for. */
function terminalsTold({ onRecord }: Stage) {
  const all = (type: string) => onRecord(type, null);
  const [opened, closed] = [all('terminal.opened').length, all('terminal.closed').length];
  return {
    opened: () => all('terminal.opened').slice(opened),
    closed: () => all('terminal.closed').slice(closed),
    until: (type: 'opened' | 'closed', count: number) =>
      expect
        .poll(() => all(`terminal.${type}`).length - (type === 'opened' ? opened : closed), { timeout: 15_000 })
        .toBe(count)
  };
}

/** Lab looks at the server's terminals every ten seconds; this is such a look. @returns their names */
const lookAtTerminals = (driver: Driver) =>
  driver.page.evaluate(async () => {
    const { terminals } = window.jupyterapp.serviceManager as unknown as {
      terminals: { refreshRunning(): Promise<void>; running(): Iterable<{ name: string }> };
    };
    await terminals.refreshRunning();
    return Array.from(terminals.running(), ({ name }) => name);
  });

/** As the panel of running things does it. */
const shutDownTerminal = (driver: Driver, name: string) =>
  driver.page.evaluate(async which => {
    const { terminals } = window.jupyterapp.serviceManager as unknown as {
      terminals: { shutdown(name: string): Promise<void> };
    };
    await terminals.shutdown(which);
  }, name);

/** What nobody saw, and that this is on record; and that nothing else is called missing. */
export const absence: Scenario[] = [
  {
    name: 'a connection that is lost and comes back in time',
    play: stage =>
      throughCutter(stage, async (driver, cutter, port) => {
        const { kernel } = await driver.notebook(['a = 1', 'b = 2']);
        await driver.runCell(0);
        await stage.ended(1);
        await driver.cellsDone(); // the page has seen its end
        cutter.cut(port);
        await linkIs(driver, 'connecting');
        await elsewhere(stage, kernel, 'meanwhile = 1', 'meanwhile = 2');
        await stage.ended(3);
        cutter.mend();
        await linkIs(driver, 'connected');
        await driver.runCell(1);
        await stage.ended(4);
        await allTold(stage, driver, kernel, ({ gaps }) => {
          // The server kept the messages: the runs are on record, and that nothing could be seen for a while.
          expect(gaps).toMatchObject([{ reason: 'connection_lost' }]);
          expect(gaps[0]!['missing'] ?? null).toBeNull();
          const [from, to] = ['gap_from', 'gap_to'].map(end => Date.parse(String(gaps[0]?.[end])));
          expect(to! - from!).toBeGreaterThan(0);
        });
        const foreign = { client: 'foreign' };
        return new Map([
          ['meanwhile = 1', foreign],
          ['meanwhile = 2', foreign]
        ]);
      })
  },
  {
    name: 'a connection that comes back too late',
    play: stage =>
      throughCutter(stage, async (driver, cutter, port) => {
        const { kernel } = await driver.notebook(['a = 1', 'b = 2']);
        await driver.runCell(0);
        await stage.ended(1);
        await driver.cellsDone(); // the page has seen its end
        await tries(driver, 0);
        cutter.cut(port);
        await linkIs(driver, 'disconnected');
        await elsewhere(stage, kernel, 'meanwhile = 1', 'meanwhile = 2');
        await stage.ended(3);
        await forget(stage.driver, kernel);
        cutter.mend();
        await tries(driver, 7);
        await driver.command('kernelmenu:reconnect-to-kernel');
        await linkIs(driver, 'connected');
        await driver.runCell(1);
        await stage.ended(4);
        await allTold(stage, driver, kernel, ({ gaps }) => {
          expect(gaps).toMatchObject([
            { reason: 'connection_lost', gap_to: null },
            { reason: 'connection_lost', gap_from: '1', gap_to: '4', missing: 2 }
          ]);
        });
        return nowhere('meanwhile = 1', 'meanwhile = 2');
      })
  },
  {
    name: 'a page that comes late to a running kernel',
    async play(stage) {
      const { driver } = stage;
      const path = driver.write(['b = 2', 'c = 3']);
      const kernel = await startSession(driver, path);
      await elsewhere(stage, kernel, 'early = 1', 'early = 2', 'early = 3');
      await stage.ended(3);
      await knownToRun(driver, kernel);
      expect(await driver.openNotebook(path)).toBe(kernel);
      await driver.runCell(0);
      await stage.ended(4);
      const second = await stage.stranger();
      await second.openNotebook(path);
      await second.runCell(1);
      await stage.ended(5);
      await second.page.waitForTimeout(2000); // the two browsers send apart
      await allTold(stage, driver, kernel, ({ gaps }) => {
        expect(gaps).toMatchObject([
          { reason: 'page_late', gap_from: null, gap_to: '4', missing: 3 },
          // The second one's own blindness: what the first recorded, it did not see.
          { reason: 'page_late', gap_from: null, gap_to: '5', missing: 4 }
        ]);
      });
      return nowhere('early = 1', 'early = 2', 'early = 3');
    }
  },
  {
    name: 'a reload with a run meanwhile',
    async play(stage) {
      const { driver } = stage;
      const { path, kernel } = await driver.notebook(['a = 1', 'b = 2']);
      await driver.runCell(0);
      await stage.ended(1);
      await driver.command('docmanager:save');
      await driver.page.goto('about:blank');
      await elsewhere(stage, kernel, 'meanwhile = 1');
      await stage.ended(2);
      await driver.open();
      await driver.openNotebook(path);
      await driver.runCell(1);
      await stage.ended(3);
      await allTold(stage, driver, kernel, ({ gaps }) => {
        expect(gaps).toMatchObject([{ reason: 'page_late', gap_from: '1', gap_to: '3', missing: 1 }]);
      });
      return nowhere('meanwhile = 1');
    }
  },
  {
    name: 'recording turned off, runs, and on again',
    async play(stage) {
      const { driver } = stage;
      const { path, kernel } = await driver.notebook(['before = 1', 'unseen = 1', 'unseen = 2', 'after = 2']);
      const switches = () => ['capture.disabled', 'capture.enabled'].map(type => stage.onRecord(type, null).length);
      const before = switches();
      await driver.runCell(0);
      await stage.ended(1);
      await toggle(driver, 'off');
      await driver.openNotebook(path);
      for (const cell of [1, 2]) {
        await driver.runCell(cell);
        await stage.ended(cell + 1);
      }
      await toggle(driver, 'recording');
      await driver.openNotebook(path);
      await driver.runCell(3);
      await stage.ended(4);
      await allTold(stage, driver, kernel, ({ gaps }) => {
        expect(gaps).toMatchObject([{ reason: 'capture_disabled', gap_from: '1', gap_to: '4', missing: 2 }]);
        expect(switches()).toEqual(before.map(count => count + 1));
      });
      return nowhere('unseen = 1', 'unseen = 2');
    }
  },
  {
    name: 'no gap where nothing is missing: silent and unstored runs, a restart, a reload, two tabs',
    async play(stage) {
      const { driver } = stage;
      const { path, kernel } = await driver.notebook(['a = 1', 'b = 2', 'c = 3']);
      const second = await stage.another();
      await second.openNotebook(path);
      await driver.runCell(0);
      await driver.execute({ code: 'q = 1', silent: true });
      await driver.execute({ code: 'u = 1', store_history: false });
      await second.runCell(1);
      await stage.ended(4);
      await second.page.reload();
      await second.started();
      await second.openNotebook(path);
      await second.runCell(2);
      await stage.ended(5);
      await driver.restart();
      await driver.runCell(0);
      await stage.ended(6);
      await second.runCell(1);
      await stage.ended(7);
      await allTold(stage, driver, kernel, ({ gaps, deaths }) => {
        expect(gaps).toEqual([]);
        // Two tabs saw each of these, and each is one event.
        expect(deaths).toHaveLength(1);
        for (const type of ['kernel.started', 'kernel.restarted']) expect(stage.onRecord(type, kernel)).toHaveLength(1);
        expect(stage.onRecord('event.contradicted', kernel)).toEqual([]);
      });
      const background = { client: 'background' };
      return new Map([
        ['q = 1', background],
        ['u = 1', background]
      ]);
    }
  },
  {
    name: 'a terminal, in two tabs, over a reload, and for a browser that comes late',
    async play(stage) {
      const { driver } = stage;
      await driver.notebook(['a = 1']);
      await driver.runCell(0);
      await stage.ended(1);
      const second = await stage.another();
      const told = terminalsTold(stage);
      const before = Date.now();
      await driver.command('terminal:create-new');
      await told.until('opened', 1);
      const seen = Date.now();
      const [name] = await lookAtTerminals(second);
      expect(name).toBe(told.opened()[0]!['terminal_name']);
      await driver.page.reload();
      await driver.started();
      const stranger = await stage.stranger();
      // Another browser can't know that it is one of these: it tells of it by itself, and who tells it stands beside it.
      await told.until('opened', 2);
      const closing = Date.now();
      await shutDownTerminal(driver, name!);
      await lookAtTerminals(stranger);
      await lookAtTerminals(second);
      await told.until('closed', 2);
      const after = Date.now();
      await second.page.waitForTimeout(2000); // what one tab too many would tell is there by then
      const closed = told.closed();
      expect([told.opened().length, closed.length]).toEqual([2, 2]);
      expect(new Set([...told.opened(), ...closed].map(event => event['terminal_name']))).toEqual(new Set([name]));
      const durations = closed.map(event => event['duration_ms']).filter(ms => typeof ms === 'number');
      // The browser that came late does not know since when it was open.
      expect(durations).toHaveLength(1);
      expect(durations[0]).toBeGreaterThanOrEqual(closing - seen);
      expect(durations[0]).toBeLessThanOrEqual(after - before);
      expect(stage.onRecord('event.contradicted', null)).toEqual([]);
    }
  },
  {
    name: 'no gap in 300 quick runs that two browsers watch',
    async play(stage) {
      const { driver } = stage;
      const { path, kernel } = await driver.notebook(Array.from({ length: 300 }, (_, i) => `x = ${i}`));
      const second = await stage.stranger();
      await second.openNotebook(path);
      await driver.runAll();
      await stage.ended(300);
      await allTold(stage, driver, kernel, ({ gaps, deaths }) => {
        expect([gaps, deaths.length]).toEqual([[], 1]);
        expect(stage.onRecord('event.contradicted', kernel)).toEqual([]);
      });
    }
  }
];

/** Another client connects and goes: the server gives up what it kept for the page that is away. */
async function forget(driver: Driver, kernel: string): Promise<void> {
  await driver.page.evaluate(
    id =>
      new Promise<void>((resolve, reject) => {
        const address = `ws://${location.host}/api/kernels/${id}/channels?session_id=passer-by`;
        const socket = new WebSocket(address);
        socket.onopen = () => {
          socket.close();
          resolve();
        };
        socket.onerror = () => reject(new Error(`no connection to ${address}`));
      }),
    kernel
  );
}

/** A notebook's kernel that no page is connected to. @returns its id */
async function startSession(driver: Driver, path: string): Promise<string> {
  return driver.page.evaluate(async wanted => {
    const token = /_xsrf=([^;]+)/.exec(document.cookie)?.[1] ?? '';
    const response = await fetch('/api/sessions', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-xsrftoken': token },
      body: JSON.stringify({ path: wanted, name: wanted, type: 'notebook', kernel: { name: 'python3' } })
    });
    return ((await response.json()) as { kernel: { id: string } }).kernel.id;
  }, path);
}

/** The server has heard that the kernel is up: until then it calls it starting, whatever ran there. */
async function knownToRun(driver: Driver, kernel: string): Promise<void> {
  const state = (id: string): Promise<string> =>
    driver.page.evaluate(async wanted => {
      const response = await fetch(`/api/kernels/${wanted}`);
      return ((await response.json()) as { execution_state: string }).execution_state;
    }, id);
  await expect.poll(() => state(kernel)).not.toBe('starting');
}

/** The toggle in Lab's settings, as a person finds it. */
async function toggle(driver: Driver, standing: 'off' | 'recording'): Promise<void> {
  await driver.command('settingeditor:open', { query: 'Celltrail' });
  await driver.page.locator('.jp-SettingsPanel').getByLabel('Record executions').first().click();
  await expect(driver.page.locator('.celltrail-StatusItem')).toHaveAttribute('data-standing', standing);
}
