import type { JupyterFrontEnd } from '@jupyterlab/application';
import { CommandRegistry } from '@lumino/commands';
import { MessageLoop } from '@lumino/messaging';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import type { OwnedSummary } from '@celltrail/protocol';
import type { Client } from '@celltrail/protocol/client';
import { readConfigured, Settings } from '../settings.js';
import type { ActiveNotebook } from './notebook.js';
import { withoutDrive } from './notebook.js';
import { SidePanel } from './panel.js';
import plugin, { SHOW_PANEL } from './plugin.js';
import { wanted } from './questions.js';
import { PanelView } from './view.js';

const PAYLOAD = '<img src=x onerror=alert(1)>';
const run = (change: Partial<OwnedSummary> = {}): OwnedSummary => ({
  id: '0199b3c0-0000-8000-8000-000000000001',
  username: 'ana',
  timestamp: '2026-11-24T08:30:05.123Z',
  notebook_path: 'a.ipynb',
  cell_number: 1,
  code_preview: 'load()',
  status: 'success',
  execution_time_ms: 12,
  error_message: null,
  client: 'notebook',
  ...change
});
const settings = () =>
  new Settings(readConfigured('{"endpoint":"http://a:1"}'), () => ({ lab: null, browser: ['en'] }));

class OpenNotebook implements ActiveNotebook {
  path: string | null = 'a.ipynb';
  readonly changed = new Signal<this, void>(this);
  reveal = jest.fn(() => Promise.resolve(true));
}

/** Waits until something is so. */
async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 500) throw new Error(document.body.innerHTML);
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

describe('the runs that are wanted', () => {
  const runs = [run(), run({ notebook_path: 'b.ipynb', code_preview: 'Train(model)', error_message: 'KeyError: x' })];
  it.each([
    ['a.ipynb', '', 1],
    [null, '', 2],
    [null, 'keyerror train', 1],
    ['a.ipynb', 'train', 0]
  ])('of notebook %s with the words %j are %d', (notebook, text, count) => {
    expect(wanted(runs, { notebook, text })).toHaveLength(count);
  });
});

test('a path loses its drive before it is opened', () => {
  expect(withoutDrive('RTC:x/a.ipynb')).toBe('x/a.ipynb');
  expect(withoutDrive('x/a:b.ipynb')).toBe('x/a:b.ipynb');
});

describe('the view', () => {
  let view: PanelView;
  let notebook: OpenNotebook;
  let runs: OwnedSummary[];
  let announce: () => void;
  let jumped: string[];
  const rows = () => [...view.node.querySelectorAll('li')].map(each => each.querySelector('bdi')!.textContent);
  beforeEach(() => {
    notebook = new OpenNotebook();
    jumped = [];
    runs = [run(), run({ id: '2', notebook_path: 'b.ipynb', code_preview: PAYLOAD, error_message: PAYLOAD })];
    const client = {
      stats: () => Promise.resolve({ today: 3, total: 40, errors: 4, successRate: 0.9, running: 0, lastEventAt: null }),
      activity: () => Promise.resolve({ items: runs, next: null }),
      live: ({ onChange }: { onChange: (change: { sequence: number }) => void }) => {
        announce = () => onChange({ sequence: 1 });
        return () => undefined;
      }
    } as unknown as Client;
    const jump = (to: OwnedSummary) => Promise.resolve(void jumped.push(to.id));
    view = new PanelView({ settings: settings(), notebook, jump, connect: () => client });
    Widget.attach(view, document.body);
  });
  afterEach(() => view.dispose());

  it("shows the person's figures and the active notebook's runs, and follows the record", async () => {
    await until(() => rows().length === 1);
    expect(view.node.querySelector('dl')!.textContent).toBe('Today3All40Success rate90%');
    expect(rows()).toEqual(['load()']);
    runs = [run({ id: '3', code_preview: 'more()' }), ...runs];
    announce();
    await until(() => rows().length === 2);
    expect(rows()).toEqual(['more()', 'load()']);
  });

  it('follows the person to another notebook, and shows what is hostile as text', async () => {
    await until(() => rows().length === 1);
    notebook.path = 'b.ipynb';
    notebook.changed.emit();
    await until(() => rows()[0] === PAYLOAD);
    expect(view.node.querySelector('img')).toBeNull();
  });

  it('goes from a row to its cell', async () => {
    await until(() => rows().length === 1);
    view.node.querySelector<HTMLButtonElement>('li button')!.click();
    expect(jumped).toEqual([run().id]);
  });
});

describe('the place at the side', () => {
  it('loads its content when it is shown, once, and again when that failed', async () => {
    const content = new Widget();
    const load = jest.fn().mockResolvedValueOnce(undefined).mockResolvedValue(content);
    const panel = new SidePanel(load);
    Widget.attach(panel, document.body);
    expect(load).not.toHaveBeenCalled();
    const show = async () => {
      MessageLoop.sendMessage(panel, Widget.Msg.AfterShow);
      await Promise.resolve();
      await Promise.resolve();
    };
    await show();
    await show();
    await show();
    expect(load).toHaveBeenCalledTimes(2);
    expect(content.isAttached).toBe(true);
    panel.dispose();
    expect(content.isDisposed).toBe(true);
  });

  it('stands at the right, and a command shows it', async () => {
    const shell = { add: jest.fn(), activateById: jest.fn() };
    const commands = new CommandRegistry();
    void plugin.activate({ commands, shell } as unknown as JupyterFrontEnd, settings(), null, null);
    expect(shell.add).toHaveBeenCalledWith(expect.any(SidePanel), 'right', expect.anything());
    await commands.execute(SHOW_PANEL);
    expect(shell.activateById).toHaveBeenCalledWith('celltrail-panel');
    expect(commands.label(SHOW_PANEL)).toBe('Show your recorded runs');
  });
});
