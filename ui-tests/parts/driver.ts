import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Page } from '@playwright/test';
import { type Lab } from './lab.js';

/** A cell of a notebook that a test writes. */
export type CellSpec = string | { code: string; tags: string[] };

/** The part of JupyterLab's application that tests use; `LabApp.expose_app_in_browser` puts it on the window. */
interface App {
  started: Promise<void>;
  commands: { execute(id: string, args?: object): Promise<unknown>; hasCommand(id: string): boolean };
  shell: { currentWidget: Panel | null; widgets(area: string): Iterable<Panel>; activateById(id: string): void };
  serviceManager: { kernels: { running(): Iterable<{ id: string; execution_state?: string }> } };
}

interface Panel {
  id: string;
  context?: { path: string; save(): Promise<void> };
  sessionContext?: {
    ready: Promise<void>;
    session: { kernel: Kernel | null } | null;
  };
  content?: {
    activeCellIndex: number;
    select(cell: unknown): void;
    widgets: { model: { executionState?: string; sharedModel: { setSource(text: string): void } } }[];
  };
}

interface Kernel {
  id: string;
  name: string;
  status: string;
  connectionStatus: string;
  anyMessage: { connect(slot: (of: unknown, args: { msg: { parent_header?: { session?: string } } }) => void): void };
}

declare global {
  interface Window {
    jupyterapp: App;
  }
}

/** How long a kernel may take until it is idle, with three others starting beside it on two cores. ms */
const KERNEL_READY_MS = 60_000;

/** Drives one page of JupyterLab as a person does: by Lab's own commands and keys. */
export class Driver {
  constructor(
    readonly page: Page,
    readonly lab: Lab,
    /** by kernel, the notebook it was opened for and the name of its specification: what is opened is added */
    private readonly homes = new Map<string, { path: string; kernelName: string }>()
  ) {}

  /** Opens Lab in a workspace of its own and waits until it has started. */
  async open(path = ''): Promise<void> {
    await this.page.goto(`${this.lab.url}/lab/workspaces/${randomUUID()}${path}`);
    await this.started();
  }

  async started(): Promise<void> {
    await this.page.waitForFunction(() => (window as Partial<Window>).jupyterapp !== undefined);
    await this.page.evaluate(() => window.jupyterapp.started);
  }

  /** Writes a notebook into Lab's folder. @returns its path below the folder */
  write(cells: readonly CellSpec[], kernel = 'python3', path = `${randomUUID()}.ipynb`): string {
    const notebook = {
      nbformat: 4,
      nbformat_minor: 5,
      metadata: { kernelspec: { name: kernel, display_name: kernel } },
      cells: cells.map((cell, index) => ({
        id: `cell-${index}`,
        cell_type: 'code',
        source: typeof cell === 'string' ? cell : cell.code,
        metadata: typeof cell === 'string' ? {} : { tags: cell.tags },
        execution_count: null,
        outputs: []
      }))
    };
    writeFileSync(join(this.lab.root, path), JSON.stringify(notebook));
    return path;
  }

  /** Opens a notebook and waits for its kernel. @returns the kernel's id */
  async openNotebook(path: string, options: { mode?: string } = {}): Promise<string> {
    await this.command('docmanager:open', { path, factory: 'Notebook', options });
    return this.kernelReady(path);
  }

  /** Writes, opens, and waits. @returns path and kernel */
  async notebook(cells: readonly CellSpec[], kernel = 'python3'): Promise<{ path: string; kernel: string }> {
    const path = this.write(cells, kernel);
    return { path, kernel: await this.openNotebook(path) };
  }

  async kernelReady(path: string): Promise<string> {
    const isReady = (wanted: string) => {
      const panel = window.jupyterapp.shell.currentWidget;
      // Where people share notebooks, Lab opens them in a drive of that name.
      if (panel?.context?.path.replace(/^RTC:/, '') !== wanted) return null;
      const kernel = panel.sessionContext?.session?.kernel;
      return kernel && kernel.status === 'idle' ? { id: kernel.id, kernelName: kernel.name } : null;
    };
    const handle = await this.page.waitForFunction(isReady, path, { timeout: KERNEL_READY_MS });
    const { id, kernelName } = (await handle.jsonValue())!;
    this.homes.set(id, { path, kernelName });
    return id;
  }

  /**
   * Waits until the notebook's connection to its kernel, which may be busy, is up and hears what the kernel publishes.
   * The server opens a connection to a busy kernel before the kernel knows of it (`nudge` in jupyter_server 2.21's
   * services/kernels/connection/channels.py), and what is published until then does not reach it. So the kernel is
   * asked something that it answers while it is busy, over a connection of its own, until the page's hears that.
   */
  async kernelConnected(path: string): Promise<void> {
    await this.page.waitForFunction(wanted => {
      const panel = window.jupyterapp.shell.currentWidget;
      const kernel = panel?.sessionContext?.session?.kernel;
      return panel?.context?.path === wanted && kernel?.connectionStatus === 'connected';
    }, path);
    await this.page.evaluate(async () => {
      const kernel = window.jupyterapp.shell.currentWidget!.sessionContext!.session!.kernel!;
      const session = crypto.randomUUID();
      const address = new URL(`api/kernels/${kernel.id}/channels?session_id=${session}`, location.origin);
      const socket = new WebSocket(address.href.replace(/^http/, 'ws'));
      const ask = () => {
        const type = { msg_type: 'kernel_info_request', version: '5.4', username: '', date: new Date().toISOString() };
        const header = { ...type, msg_id: crypto.randomUUID(), session };
        socket.send(JSON.stringify({ channel: 'control', header, parent_header: {}, metadata: {}, content: {} }));
      };
      await new Promise<void>((resolve, reject) => {
        kernel.anyMessage.connect((_, { msg }) => {
          if (msg.parent_header?.session === session) resolve();
        });
        socket.onerror = () => reject(new Error('the kernel could not be asked whether it is heard'));
        socket.onopen = () => {
          ask();
          setInterval(() => socket.readyState === WebSocket.OPEN && ask(), 250);
        };
      });
      socket.close();
    });
  }

  /** Runs a command of Lab and waits for what it returns. */
  async command(id: string, args: object = {}): Promise<void> {
    await this.page.evaluate(async ([name, given]) => void (await window.jupyterapp.commands.execute(name, given)), [
      id,
      args
    ] as const);
  }

  /** Starts a command of Lab and does not wait for its end. */
  async begin(id: string, args: object = {}): Promise<void> {
    await this.page.evaluate(
      ([name, given]) => void window.jupyterapp.commands.execute(name, given).catch(() => undefined),
      [id, args] as const
    );
  }

  /** Makes a cell the active one. */
  async select(index: number): Promise<void> {
    await this.page.evaluate(at => {
      const content = window.jupyterapp.shell.currentWidget?.content;
      if (content) content.activeCellIndex = at;
    }, index);
  }

  /** Starts running a cell of the current notebook. In one turn of the page: Lab moves the focus when it likes. */
  async runCell(index: number): Promise<void> {
    await this.page.evaluate(at => {
      const { commands, shell } = window.jupyterapp;
      if (shell.currentWidget?.content) shell.currentWidget.content.activeCellIndex = at;
      void commands.execute('notebook:run-cell').catch(() => undefined);
    }, index);
  }

  /** Sends code to the current notebook's kernel as an extension would, and waits for its end. */
  async execute(content: { code: string; silent?: boolean; store_history?: boolean }): Promise<void> {
    await this.page.evaluate(async request => {
      const kernel = window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel as unknown as {
        requestExecute(content: object): { done: Promise<unknown> };
      };
      await kernel.requestExecute(request).done;
    }, content);
  }

  /** Restarts the current notebook's kernel, says yes to Lab's question, and waits until it is idle. */
  async restart(): Promise<void> {
    await this.begin('notebook:restart-kernel');
    await this.page.locator('.jp-Dialog button.jp-mod-accept').click();
    await this.page.waitForTimeout(500); // the restart is on its way before its end is waited for
    await this.kernelIs('idle');
  }

  /** Replaces a cell's text, as typing would. */
  async edit(index: number, text: string): Promise<void> {
    await this.page.evaluate(
      ([at, source]) => {
        window.jupyterapp.shell.currentWidget?.content?.widgets[at]?.model.sharedModel.setSource(source);
      },
      [index, text] as const
    );
  }

  /** Types a line into the console's prompt and runs it, as a person does. */
  async typeInConsole(line: string): Promise<void> {
    // Lab drops a line that comes before its console has a kernel.
    await this.page.waitForFunction(() => {
      const { currentWidget } = window.jupyterapp.shell;
      return currentWidget?.sessionContext?.session?.kernel?.connectionStatus === 'connected';
    });
    const prompt = this.page.locator('.jp-CodeConsole-promptCell .cm-content');
    await prompt.click();
    await prompt.pressSequentially(line);
    await this.page.keyboard.press('Shift+Enter');
  }

  /** Waits until the current notebook's kernel says it is in that state. */
  async kernelIs(state: string): Promise<void> {
    await this.page.waitForFunction(
      wanted => window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === wanted,
      state
    );
  }

  /** Waits until no cell of the current notebook is running or waiting to run. */
  async cellsDone(): Promise<void> {
    await this.page.waitForFunction(() => {
      const cells = window.jupyterapp.shell.currentWidget?.content?.widgets ?? [];
      return cells.every(cell => cell.model.executionState !== 'running');
    });
  }

  /** Runs all cells of the current notebook and waits for the last. */
  async runAll(): Promise<void> {
    await this.command('notebook:run-all-cells');
    await this.cellsDone();
  }
}
