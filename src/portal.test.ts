import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { ICommandPalette } from '@jupyterlab/apputils';
import type { ILauncher } from '@jupyterlab/launcher';
import { CommandRegistry } from '@lumino/commands';
import plugin, { COMMANDS } from './portal.js';
import { readConfigured, Settings } from './settings.js';

const read = (values: Record<string, unknown>) => (name: string) => ({ user: values[name], composite: values[name] });

let settings: Settings;
let commands: CommandRegistry;
const activate = (launcher: ILauncher | null, palette: ICommandPalette | null) =>
  void plugin.activate({ commands } as unknown as JupyterFrontEnd, settings, launcher, palette);

beforeEach(() => {
  settings = new Settings(readConfigured('{"endpoint":"http://a:1"}'), () => ({ lab: null, browser: ['en'] }));
  commands = new CommandRegistry();
});

test('opens the portal of the server that is set now, without giving it this window', async () => {
  activate(null, null);
  const open = jest.spyOn(window, 'open').mockReturnValue(null);
  await commands.execute(COMMANDS.openPortal);
  expect(open).toHaveBeenLastCalledWith('http://a:1/portal', '_blank', 'noopener');
  settings.update(read({ endpoint: 'http://b:2' }));
  await commands.execute(COMMANDS.openPortal);
  expect(open).toHaveBeenLastCalledWith('http://b:2/portal', '_blank', 'noopener');
  open.mockRestore();
});

test('stands in launcher and palette, with the words of the language', () => {
  const [launcher, palette] = [{ add: jest.fn() }, { addItem: jest.fn() }];
  activate(launcher, palette as unknown as ICommandPalette);
  expect(launcher.add).toHaveBeenCalledWith(expect.objectContaining({ command: COMMANDS.openPortal }));
  expect(palette.addItem).toHaveBeenCalledWith({ command: COMMANDS.openPortal, category: 'Celltrail' });
  expect(commands.label(COMMANDS.openPortal)).toBe('Open the audit portal');
  settings.update(read({ language: 'fa' }));
  expect(commands.label(COMMANDS.openPortal)).toBe('باز کردن پرتال ثبت');
});
