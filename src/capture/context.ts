import { type CodeConsole } from '@jupyterlab/console';
import { type Kernel } from '@jupyterlab/services';
import { type Context } from './seen.js';

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

/** Cells that were scheduled and whose request was not seen being sent yet. */
const SCHEDULED = 1000;

interface Scheduled {
  kernelId: string;
  cellId: string;
  path: string;
  code: string;
}

/**
 * Where runs come from: the notebook and cell, the console, another client.
 *
 * Lab's order for a cell, all in one turn: `executionScheduled`, then `requestExecute` with the cell's id in its metadata:
 * https://github.com/jupyterlab/jupyterlab/blob/v4.6.0/packages/notebook/src/cellexecutor.ts (runCell)
 * https://github.com/jupyterlab/jupyterlab/blob/v4.6.0/packages/cells/src/widget.ts (CodeCell.execute)
 * An executor that runs cells through the server sends nothing from here: its cells are told by what was scheduled.
 */
export class Places {
  constructor(private readonly application: Application) {}

  /** Where a request of this page comes from. @param cellId of its metadata; Lab sends it for cells only */
  ofRequest(connection: Kernel.IKernelConnection, cellId: string | null): Context {
    const widget = this.find(widget => widget.connection === connection);
    if (cellId) this.unschedule(scheduled => scheduled.cellId === cellId && scheduled.kernelId === connection.id);
    const notebookPath = this.notebookPath(widget, connection.id);
    // Widgets, inspectors and completers use the notebook's own connection, but name no cell.
    return { client: cellId && widget ? widget.kind : 'background', cellId, notebookPath };
  }

  /** Where a run comes from that another client sent, or Lab's server for this page. */
  ofForeign(kernelId: string, code: string): Context {
    const scheduled = this.unschedule(entry => entry.kernelId === kernelId && entry.code === code);
    if (scheduled) return { client: 'notebook', cellId: scheduled.cellId, notebookPath: scheduled.path };
    return { client: 'foreign', cellId: null, notebookPath: this.pathOf(kernelId) };
  }

  /** A cell is about to be run. */
  schedule(entry: Scheduled): void {
    this.unschedule(known => known.cellId === entry.cellId && known.kernelId === entry.kernelId);
    this.scheduled.push(entry);
    if (this.scheduled.length > SCHEDULED) this.scheduled.shift();
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

  private unschedule(isMeant: (entry: Scheduled) => boolean): Scheduled | undefined {
    const index = this.scheduled.findIndex(isMeant);
    return index < 0 ? undefined : this.scheduled.splice(index, 1)[0];
  }

  private readonly scheduled: Scheduled[] = [];
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
