import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Signal } from '@lumino/signaling';
import { BoxPanel, Widget } from '@lumino/widgets';
import { readConfigured, Settings } from '../settings.js';
import type { ICapture, IOutbox, OutboxState } from '../tokens.js';
import plugin from './plugin.js';

const read = (values: Record<string, unknown>) => (name: string) => ({ user: values[name], composite: values[name] });

let settings: Settings;
let capture: { capturing: boolean; fault: string | null; stateChanged: Signal<object, void> };
let outbox: { state: Pick<OutboxState, 'reach' | 'username'>; changed: Signal<object, unknown> };
let header: BoxPanel;
let disposed: Signal<object, void>;

/** A notebook whose kernel runs; every test has a kernel of its own, because the tab remembers. */
function start(configured: string, labUsername: string | null, kernelId: string): void {
  settings = new Settings(readConfigured(configured), () => ({ lab: null, browser: ['en'] }));
  capture = { capturing: true, fault: null, stateChanged: new Signal({}) };
  outbox = { state: { reach: 'unknown', username: null }, changed: new Signal({}) };
  header = new BoxPanel();
  disposed = new Signal({});
  Widget.attach(header, document.body);
  const panel = {
    contentHeader: header,
    content: { activate: () => undefined },
    disposed,
    sessionContext: {
      session: { kernel: { id: kernelId, isDisposed: false } },
      kernelChanged: new Signal({}),
      statusChanged: new Signal({})
    }
  };
  const tracker = { forEach: (callback: (panel: unknown) => void) => callback(panel), widgetAdded: new Signal({}) };
  const app = { serviceManager: { user: { identity: labUsername === null ? null : { username: labUsername } } } };
  void plugin.activate(app as unknown as JupyterFrontEnd, settings, capture, outbox, tracker);
}
const lines = (): string[] => header.node.querySelector('[role="status"]')?.textContent?.split('\n') ?? [];
afterEach(() => header.dispose());

test('fills in the user: the server’s word, else the configuration, else Lab’s, never a made-up name', () => {
  start('{"user":"configured"}', 'lab-user', 'k1');
  expect(lines()[1]).toBe('👤 User: configured');
  outbox.state = { reach: 'reachable', username: 'ana' };
  outbox.changed.emit(undefined);
  expect(lines()[1]).toBe('👤 User: ana');
  header.dispose();
  start('', 'lab-user', 'k2');
  expect(lines()[1]).toBe('👤 User: lab-user');
  header.dispose();
  start('', '0123456789abcdef0123456789abcdef', 'k3');
  expect(lines()[1]).toBe('👤 User: not known yet');
});

test('its last line follows what is true', () => {
  start('', null, 'k4');
  expect(lines().at(-1)).toContain('Connecting');
  outbox.state = { reach: 'reachable', username: 'ana' };
  outbox.changed.emit(undefined);
  expect(lines().at(-1)).toBe('✅ The audit log is active - all code is recorded');
  capture.capturing = false;
  capture.stateChanged.emit();
  expect(lines().at(-1)).toContain('Recording is off');
});

test('lines, language and the switch take effect at once', () => {
  start('', null, 'k5');
  settings.update(read({ banner: ['hello {user}'], language: 'fa' }));
  expect(lines()[0]).toBe('hello هنوز معلوم نیست');
  expect(header.node.querySelector('section')!.dir).toBe('rtl');
  settings.update(read({ showBanner: false }));
  expect(lines()).toEqual([]);
});

test('goes with its notebook, and stays away without a tracker', () => {
  start('', null, 'k6');
  disposed.emit();
  expect(lines()).toEqual([]);
  expect(() =>
    plugin.activate({} as JupyterFrontEnd, settings, capture as unknown as ICapture, outbox as unknown as IOutbox, null)
  ).not.toThrow();
});
