import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import { Signal, type ISignal } from '@lumino/signaling';

/** The notebook that a person works in, as far as the panel needs it. */
export interface ActiveNotebook {
  /** its path as events carry it; null while none is open */
  readonly path: string | null;
  readonly changed: ISignal<ActiveNotebook, void>;
  /** Brings a cell into view and makes it the active one. @returns whether it is still there */
  reveal(cell: CellPlace): Promise<boolean>;
}

/** What tells a cell: its id, or where that is not known its execution count. */
export interface CellPlace {
  cell_id: string | null;
  cell_number: number | null;
}

/** Follows the tracker's current notebook. @param tracker null where Lab has no notebooks */
export function followNotebook(tracker: INotebookTracker | null): ActiveNotebook {
  const notebook: ActiveNotebook = {
    get path() {
      return tracker?.currentWidget?.context.path ?? null;
    },
    get changed() {
      return changed;
    },
    async reveal(cell) {
      const panel = tracker?.currentWidget;
      if (!panel) return false;
      const index = indexOf(panel, cell);
      if (index < 0) return false;
      panel.content.activeCellIndex = index;
      await panel.content.scrollToItem(index, 'smart');
      panel.content.activate();
      return true;
    }
  };
  const changed = new Signal<ActiveNotebook, void>(notebook);
  tracker?.currentChanged.connect(() => changed.emit());
  return notebook;
}

// A cell keeps its id when it is run again; a count is only of its last run, so it comes second.
function indexOf(panel: NotebookPanel, { cell_id, cell_number }: CellPlace): number {
  const { widgets } = panel.content;
  const byId = cell_id === null ? -1 : widgets.findIndex(({ model }) => model.id === cell_id);
  if (byId >= 0 || cell_number === null) return byId;
  return widgets.findIndex(
    ({ model }) => (model.sharedModel.toJSON() as { execution_count?: number | null }).execution_count === cell_number
  );
}

/** A path as Lab's file browser has it: without a drive before it (`RTC:report.ipynb`). */
export function withoutDrive(path: string): string {
  return path.replace(/^[A-Za-z][\w-]*:/, '');
}
