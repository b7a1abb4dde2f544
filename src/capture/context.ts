import type { CodeConsole } from '@jupyterlab/console';
import type { Kernel } from '@jupyterlab/services';
import type { Context } from './seen.js';

/** A notebook or console that is open, as far as it matters here. */
export interface OpenWidget {
  kind: 'notebook' | 'console';
  /** the path of its file, or of the file its console belongs to; null when there is none */
  path: string | null;
  connection: Kernel.IKernelConnection | null;
}

/** What is open in the application now. */
export interface Application {
  widgets(): Iterable<OpenWidget>;
  /** the path of the session a kernel belongs to, wherever it was opened */
  sessionPath(kernelId: string): string | null;
}

/** Cells that were scheduled and whose request was not seen yet. */
const SCHEDULED = 1000;

/** How long a cell that its executor calls done waits for its run to be seen, ms: the kernel's messages come apart. */
export const DONE_AWAITED_MS = 5000;

/** A cell that Lab's notebook announced, which its executor is about to run. */
export interface Scheduled {
  kernelId: string;
  cellId: string;
  path: string;
  /** its text then */
  code: string;
  /** an agent has it run */
  isAgents: boolean;
}

/** What a request of this page says of itself. */
export interface Sent {
  /** of its metadata; Lab sends it for cells only */
  cellId: string | null;
  code: string;
  /** neither silent nor left out of the history: what variable inspectors and the like send is one of them */
  storeHistory: boolean;
}

/** What places need from their page. */
export interface PlacesEdge {
  /** the page's monotonic clock, ms */
  clock: () => number;
  /** calls back when the synchronous turn that is going on is over */
  afterTurn: (callback: () => void) => void;
}

/** Where a request comes from, and the cell that was announced for it, if one was. */
export interface Place {
  context: Context;
  scheduled: Scheduled | null;
}

type Entry = Scheduled & {
  /** scheduled in the turn that is going on */
  isNow: boolean;
  /** the page's clock after which its run is no longer awaited, ms */
  until: number;
};

/**
 * Where runs come from: the notebook and cell, the console, another client.
 *
 * Lab's order for a cell, all in one turn: `executionScheduled`, then `requestExecute` with the cell's id in its
 * metadata, and `executed` when it ended:
 * https://github.com/jupyterlab/jupyterlab/blob/v4.6.0/packages/notebook/src/cellexecutor.ts (runCell)
 * https://github.com/jupyterlab/jupyterlab/blob/v4.6.0/packages/cells/src/widget.ts (CodeCell.execute)
 * Another executor may leave the cell's id out, send other code, or have the server send it, and then nothing is sent
 * from here. It still has the cell announced; so a run is told by that where only one cell can be meant.
 */
export class Places {
  constructor(
    private readonly application: Application,
    private readonly edge: PlacesEdge
  ) {}

  /** Where a request of this page comes from. */
  ofRequest(connection: Kernel.IKernelConnection, sent: Sent): Place {
    const widget = this.find(widget => isSame(widget.connection, connection));
    const scheduled = this.meant(connection.id, sent, widget);
    const cellId = sent.cellId ?? scheduled?.cellId ?? null;
    const notebookPath = this.notebookPath(widget, connection.id);
    // Widgets, inspectors and completers use the notebook's own connection, but name no cell.
    const client = cellId && widget ? widget.kind : scheduled ? 'notebook' : 'background';
    return { context: { client, cellId, notebookPath: notebookPath ?? scheduled?.path ?? null }, scheduled };
  }

  /** Where a run comes from that another client sent, or Lab's server for this page. */
  ofForeign(kernelId: string, code: string): Context {
    const scheduled = this.unschedule(entry => entry.kernelId === kernelId && entry.code === code);
    if (!scheduled) return { client: 'foreign', cellId: null, notebookPath: this.pathOf(kernelId) };
    const { cellId, path, isAgents } = scheduled;
    return { client: isAgents ? 'agent' : 'notebook', cellId, notebookPath: path };
  }

  /** A cell is about to be run. @returns it, as it is kept */
  schedule(scheduled: Scheduled): Scheduled {
    this.unschedule(known => known.cellId === scheduled.cellId && known.kernelId === scheduled.kernelId);
    const entry = { ...scheduled, isNow: true, until: Infinity };
    this.scheduled.push(entry);
    if (this.scheduled.length > SCHEDULED) this.scheduled.shift();
    this.edge.afterTurn(() => (entry.isNow = false));
    return entry;
  }

  /** Its executor calls a cell done. The server may have run it, and the kernel's messages may be on their way. */
  done(cellId: string): void {
    const until = this.edge.clock() + DONE_AWAITED_MS;
    for (const entry of this.scheduled) if (entry.cellId === cellId) entry.until = Math.min(entry.until, until);
  }

  /** Where the notebook of a kernel lies now; null: it has none, or none that is known. */
  pathOf(kernelId: string): string | null {
    const notebook = this.find(widget => widget.kind === 'notebook' && widget.connection?.id === kernelId);
    return this.notebookPath(notebook, kernelId);
  }

  /** Whether a path is that of an open notebook. */
  isNotebook(path: string): boolean {
    return this.find(widget => widget.kind === 'notebook' && widget.path === path) !== undefined;
  }

  private notebookPath(widget: OpenWidget | undefined, kernelId: string): string | null {
    if (widget?.kind === 'notebook') return widget.path;
    const path = widget?.path ?? this.application.sessionPath(kernelId);
    return path && (path.endsWith('.ipynb') || this.isNotebook(path)) ? path : null;
  }

  private find(isMeant: (widget: OpenWidget) => boolean): OpenWidget | undefined {
    for (const widget of this.application.widgets()) if (isMeant(widget)) return widget;
    return undefined;
  }

  /**
   * The cell that a request was announced by: the one it names; else, on a notebook's own connection, the first with
   * that code, or the only one that was announced in this turn, whose code its executor changed.
   */
  private meant(kernelId: string, { cellId, code, storeHistory }: Sent, widget?: OpenWidget): Scheduled | null {
    const here = (entry: Entry) => entry.kernelId === kernelId;
    if (cellId) return this.unschedule(entry => here(entry) && entry.cellId === cellId);
    if (widget?.kind !== 'notebook' || !storeHistory) return null;
    const same = this.unschedule(entry => here(entry) && entry.code === code);
    if (same) return same;
    const now = this.scheduled.filter(entry => here(entry) && entry.isNow);
    return now.length === 1 ? this.unschedule(entry => entry === now[0]) : null;
  }

  private unschedule(isMeant: (entry: Entry) => boolean): Scheduled | null {
    const now = this.edge.clock();
    const index = this.scheduled.findIndex(entry => entry.until >= now && isMeant(entry));
    return index < 0 ? null : (this.scheduled.splice(index, 1)[0] ?? null);
  }

  private readonly scheduled: Entry[] = [];
}

/** Another extension may have put an object of its own in front of the connection; the client's id is the same. */
function isSame(a: Kernel.IKernelConnection | null, b: Kernel.IKernelConnection): boolean {
  return a === b || (a !== null && a.clientId === b.clientId);
}

/** Drives are part of a path's name in Lab; that of shared documents is not a place of its own. */
export function withoutSharing(path: string): string {
  return path.startsWith('RTC:') ? path.slice(4) : path;
}

/** An open console. */
export function consoleWidget(console: CodeConsole): OpenWidget {
  const session = console.sessionContext.session;
  const path = session?.path ?? null;
  return { kind: 'console', path: path && withoutSharing(path), connection: session?.kernel ?? null };
}
