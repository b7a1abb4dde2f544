import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import banner from './banner/plugin.js';
import capture from './capture/plugin.js';
import outbox from './outbox/plugin.js';
import panel from './panel/plugin.js';
import portal from './portal.js';
import settings from './settings.js';
import statusbar from './statusbar/plugin.js';

const plugins: JupyterFrontEndPlugin<unknown>[] = [settings, capture, outbox, statusbar, banner, portal, panel];
export default plugins;

// What other extensions may ask for: `import { ICapture } from 'jupyterlab-celltrail'`.
export { ICapture, IOutbox, ISettings } from './tokens.js';
