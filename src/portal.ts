import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ILauncher } from '@jupyterlab/launcher';
import { guarded } from './guarded.js';
import { productIcon } from './icons.js';
import { ISettings } from './tokens.js';

/** The commands of the extension, by what people call them in menus and key maps. */
export const COMMANDS = { openPortal: 'celltrail:open-portal' } as const;

/** Lab's own heading in the launcher; it translates it itself. */
const LAUNCHER_CATEGORY = 'Other';

const plugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-celltrail:portal',
  description: 'Opens the audit portal from the launcher and the command palette.',
  autoStart: true,
  requires: [ISettings],
  optional: [ILauncher, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    settings: ISettings,
    launcher: ILauncher | null,
    palette: ICommandPalette | null
  ) => {
    app.commands.addCommand(COMMANDS.openPortal, {
      label: () => settings.t('portal.open'),
      caption: () => settings.t('portal.open.caption'),
      icon: productIcon,
      execute: guarded('portal', () => {
        window.open(`${settings.values.endpoint}/portal`, '_blank', 'noopener');
      })
    });
    // Another language, other labels.
    settings.changed.connect(guarded('portal', () => app.commands.notifyCommandChanged(COMMANDS.openPortal)));
    launcher?.add({ command: COMMANDS.openPortal, category: LAUNCHER_CATEGORY });
    palette?.addItem({ command: COMMANDS.openPortal, category: settings.t('product.name') });
  }
};
export default plugin;
