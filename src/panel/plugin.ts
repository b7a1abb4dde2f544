import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import type { OwnedSummary } from '@celltrail/protocol';
import { guarded } from '../guarded.js';
import { productIcon } from '../icons.js';
import { ISettings } from '../tokens.js';
import { ownClient } from './client.js';
import { followNotebook, withoutDrive } from './notebook.js';
import { SidePanel } from './panel.js';

/** The command that shows the panel. */
export const SHOW_PANEL = 'celltrail:show-panel';

/** Below Lab's own panels at that side. */
const RANK = 900;

const plugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-celltrail:panel',
  description: "A side panel with the person's own runs: figures, feed and search, following the active notebook.",
  autoStart: true,
  requires: [ISettings],
  optional: [INotebookTracker, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    settings: ISettings,
    tracker: INotebookTracker | null,
    palette: ICommandPalette | null
  ) => {
    const notebook = followNotebook(tracker);
    const jump = async (run: OwnedSummary): Promise<void> => {
      const { execution } = await ownClient(settings.values).execution(run.id);
      const path = execution.notebook_path;
      if (path !== null && path !== notebook.path) {
        await app.commands.execute('docmanager:open', { path: withoutDrive(path) });
      }
      if (!(await notebook.reveal(execution))) {
        window.open(`${settings.values.endpoint}/portal/executions/${run.id}`, '_blank', 'noopener');
      }
    };
    const panel = new SidePanel(
      guarded('panel', async () => {
        const { PanelView } = await import('./view.js');
        return new PanelView({ settings, notebook, jump });
      })
    );
    panel.title.icon = productIcon;
    const name = guarded('panel', () => {
      panel.title.caption = settings.t('panel.title');
      panel.node.setAttribute('aria-label', settings.t('panel.title'));
      app.commands.notifyCommandChanged(SHOW_PANEL);
    });
    app.commands.addCommand(SHOW_PANEL, {
      label: () => settings.t('panel.show'),
      icon: productIcon,
      execute: guarded('panel', () => app.shell.activateById(panel.id))
    });
    name();
    settings.changed.connect(name);
    palette?.addItem({ command: SHOW_PANEL, category: settings.t('product.name') });
    app.shell.add(panel, 'right', { rank: RANK });
  }
};
export default plugin;
