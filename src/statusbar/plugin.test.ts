import type { JupyterFrontEnd } from '@jupyterlab/application';
import { describeProblem } from '@celltrail/protocol';
import { Clipboard } from '@jupyterlab/apputils';
import type { IStatusBar } from '@jupyterlab/statusbar';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import { faults } from '../guarded.js';
import { Settings, readConfigured } from '../settings.js';
import type { OutboxState, Refusal } from '../tokens.js';
import plugin from './plugin.js';

class FakeCapture {
  capturing = true;
  fault: string | null = null;
  readonly stateChanged = new Signal<this, void>(this);
}

class FakeOutbox {
  state: OutboxState = {
    reach: 'reachable',
    waiting: 0,
    others: 0,
    refused: 0,
    full: false,
    lastStoredAt: null,
    nextTryAt: null,
    problem: null,
    username: 'ana'
  };
  retries = 0;
  list: Refusal[] = [];
  refusals(): Promise<readonly Refusal[]> {
    return Promise.resolve(this.list);
  }
  readonly changed = new Signal<this, OutboxState>(this);
  retry(): void {
    this.retries++;
  }
  set(some: Partial<OutboxState>): void {
    this.state = { ...this.state, ...some };
    this.changed.emit(this.state);
  }
}

let capture: FakeCapture;
let outbox: FakeOutbox;
let settings: Settings;
let item: Widget;
const read = (values: Record<string, unknown>) => (name: string) => ({ user: values[name], composite: values[name] });
const button = (): HTMLButtonElement => item.node.querySelector('button')!;
const dialog = (): HTMLElement | null => document.querySelector('.celltrail-ExplanationDialog');
const rested = () => new Promise(resolve => setTimeout(resolve));

beforeEach(() => {
  capture = new FakeCapture();
  outbox = new FakeOutbox();
  settings = new Settings(readConfigured('{"endpoint":"http://a:1"}'), () => ({ lab: null, browser: ['en'] }));
  const bar: Partial<IStatusBar> = {
    registerStatusItem: (_id, options) => {
      item = options.item;
      Widget.attach(item, document.body);
      return item;
    }
  };
  activate(bar as IStatusBar);
});
afterEach(async () => {
  dialog()?.querySelector<HTMLElement>('.jp-Dialog-footer button')?.click();
  await rested();
  item.dispose();
  faults.clear('outbox');
});

function activate(bar: IStatusBar | null): void {
  void plugin.activate({} as JupyterFrontEnd, settings, capture, outbox, bar);
}

test('what was stored and what waits for a moment leave the item alone', () => {
  const touched = jest.spyOn(button(), 'setAttribute');
  outbox.set({ waiting: 1 });
  outbox.set({ waiting: 0, lastStoredAt: Date.now() });
  expect(touched).not.toHaveBeenCalled();
  outbox.set({ refused: 1 });
  expect(touched).toHaveBeenCalled();
});

test('without a status bar nothing is shown and nothing fails', () => {
  expect(() => activate(null)).not.toThrow();
});

test('the item is a button with words for eyes and for screen readers, and a shape of its own per standing', () => {
  expect(button().textContent).toBe('Recording');
  expect(button().getAttribute('aria-label')).toBe('Celltrail: Recording. Press for an explanation.');
  const shapes = new Set([item.node.querySelector('svg')!.innerHTML]);
  for (const reach of ['unknown', 'unreachable', 'refused', 'expired', 'storage'] as const) {
    outbox.set({ reach });
    shapes.add(item.node.querySelector('svg')!.innerHTML);
  }
  outbox.set({ reach: 'unreachable', full: true });
  shapes.add(item.node.querySelector('svg')!.innerHTML);
  capture.fault = 'x';
  capture.stateChanged.emit();
  shapes.add(item.node.querySelector('svg')!.innerHTML);
  capture.capturing = false;
  capture.stateChanged.emit();
  shapes.add(item.node.querySelector('svg')!.innerHTML);
  expect(shapes.size).toBe(9);
  expect(button().textContent).toBe('Not recording');
});

test('an outbox that threw shows as a fault', () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  faults.report('outbox', new Error('broken'));
  expect(button().textContent).toBe('Recording is impaired');
  warn.mockRestore();
});

test('another language and direction take effect at once', () => {
  settings.update(read({ language: 'fa' }));
  expect(button().textContent).toBe('در حال ثبت');
  expect(item.node.dir).toBe('rtl');
  expect(document.documentElement.dir).toBe('');
});

test('a press opens the explanation once; it follows the state and can try at once', async () => {
  button().click();
  button().click();
  await rested();
  expect(document.querySelectorAll('.celltrail-ExplanationDialog')).toHaveLength(1);
  const box = dialog()!;
  expect(box.getAttribute('aria-label')).toBe('Celltrail: the audit trail');
  expect(box.querySelector('a')!.href).toBe('http://a:1/portal/health');
  outbox.set({ reach: 'unreachable', waiting: 2, problem: '<img src=x onerror=alert(1)>' });
  expect(box.querySelector('[data-row="explain.waiting"]')!.textContent).toBe('2 events');
  expect(box.querySelector('[data-row="explain.problem"]')!.textContent).toBe('<img src=x onerror=alert(1)>');
  expect(box.querySelector('img')).toBeNull();
  box.querySelector<HTMLElement>('.celltrail-Explanation-actions button')!.click();
  expect(outbox.retries).toBe(1);
  box.querySelector<HTMLElement>('.jp-Dialog-footer button')!.click();
  await rested();
  expect(dialog()).toBeNull();
  button().click();
  await rested();
  expect(dialog()).not.toBeNull();
});

test('the explanation lists what the server refused, and copies it', async () => {
  const problem = describeProblem('field-invalid', { field: 'events[4].code' });
  outbox.list = [{ event: { id: 'x' }, problem, refusedAt: 1 }];
  outbox.set({ refused: 1 });
  const copied = jest.spyOn(Clipboard, 'copyToSystem').mockImplementation(() => undefined);
  button().click();
  await rested();
  const list = dialog()!.querySelector<HTMLElement>('.celltrail-Refused')!;
  expect(list.hidden).toBe(false);
  expect(list.querySelector('li')!.textContent).toBe('1 event · A field is not valid · code');
  list.querySelector('button')!.click();
  expect(JSON.parse(copied.mock.calls[0]![0] as string)).toMatchObject([{ event: { id: 'x' }, refusedAt: 1 }]);
  expect(list.querySelector('button')!.textContent).toBe('Copied');
  copied.mockRestore();
});

test('where nothing was refused there is no list', async () => {
  button().click();
  await rested();
  expect(dialog()!.querySelector<HTMLElement>('.celltrail-Refused')!.hidden).toBe(true);
});

test('a disposed item listens no more', () => {
  item.dispose();
  expect(() => outbox.set({ reach: 'unreachable' })).not.toThrow();
});
