import { type JupyterFrontEndPlugin } from '@jupyterlab/application';
import settings from './settings.js';

const plugins: JupyterFrontEndPlugin<unknown>[] = [settings];
export default plugins;
