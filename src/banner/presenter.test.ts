import type { NotebookPanel } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';
import { BoxPanel, Widget } from '@lumino/widgets';
import { Presenter } from './presenter.js';
import { ShownStarts } from './starts.js';
import type { BannerView } from './widget.js';

class FakePanel {
  readonly contentHeader = new BoxPanel();
  readonly content = { activate: () => void this.activated++ };
  readonly isDisposed = false;
  activated = 0;
  readonly sessionContext = {
    session: null as { kernel: { id: string; isDisposed: boolean } | null } | null,
    kernelChanged: new Signal<object, unknown>({}),
    statusChanged: new Signal<object, string>({})
  };

  /** Its kernel is there, started or found running. */
  connect(id: string): void {
    this.sessionContext.session = { kernel: { id, isDisposed: false } };
    this.sessionContext.kernelChanged.emit(undefined);
    this.status('idle');
  }

  status(status: string): void {
    this.sessionContext.statusChanged.emit(status);
  }

  get banner(): HTMLElement | null {
    return this.contentHeader.node.querySelector('.celltrail-Banner');
  }

  dismiss(): void {
    this.banner!.querySelector('button')!.click();
  }
}

const words: BannerView = {
  lines: [
    [{ kind: 'text', text: 'یک' }],
    [],
    [
      { kind: 'text', text: '<img src=x>' },
      { kind: 'code', text: 'db.q()' },
      { kind: 'name', text: 'ana' }
    ]
  ],
  direction: 'rtl',
  label: 'Notice',
  dismiss: 'Dismiss'
};
let view: BannerView | null;
let starts: ShownStarts;
let panels: FakePanel[];
function open(): FakePanel & { presenter: Presenter } {
  const panel = new FakePanel();
  Widget.attach(panel.contentHeader, document.body);
  panels.push(panel);
  const presenter = new Presenter({ panel: panel as unknown as NotebookPanel, starts, view: () => view });
  return Object.assign(panel, { presenter });
}

beforeEach(() => {
  view = words;
  starts = new ShownStarts(null);
  panels = [];
});
afterEach(() => panels.forEach(panel => panel.contentHeader.dispose()));

test('shows when the kernel starts, as text, and as a named region', () => {
  const panel = open();
  expect(panel.banner).toBeNull();
  panel.connect('k1');
  const banner = panel.banner!;
  expect(banner.querySelector('[role="status"]')!.textContent).toBe('یک\n\n<img src=x>db.q()ana');
  expect(banner.querySelector('img')).toBeNull();
  expect([...banner.querySelectorAll('bdi')].map(part => part.dir)).toEqual(['ltr', '']);
  expect(banner.tagName).toBe('SECTION');
  expect(banner.getAttribute('aria-label')).toBe('Notice');
  expect(banner.dir).toBe('rtl');
});

test('shows once per start: not for other statuses, not for another view, not after a reload', () => {
  const panel = open();
  panel.connect('k1');
  panel.dismiss();
  for (const status of ['busy', 'idle', 'connecting', 'idle']) panel.status(status);
  panel.connect('k1');
  expect(panel.banner).toBeNull();
  const second = open();
  second.connect('k1');
  expect(second.banner).toBeNull();
});

test.each(['restarting', 'autorestarting'])('shows again after %s, in one place', status => {
  const panel = open();
  panel.connect('k1');
  panel.status(status);
  panel.status('starting');
  panel.status('idle');
  expect(panel.contentHeader.node.querySelectorAll('.celltrail-Banner')).toHaveLength(1);
  panel.dismiss();
  panel.status(status);
  expect(panel.banner).toBeNull();
  panel.status('idle');
  expect(panel.banner).not.toBeNull();
});

test('shows for another kernel', () => {
  const panel = open();
  panel.connect('k1');
  panel.dismiss();
  panel.connect('k2');
  expect(panel.banner).not.toBeNull();
});

test('a kernel that was there before the plugin is seen, too', () => {
  const panel = new FakePanel();
  panel.sessionContext.session = { kernel: { id: 'k1', isDisposed: false } };
  panels.push(panel);
  new Presenter({ panel: panel as unknown as NotebookPanel, starts, view: () => view });
  expect(panel.banner).not.toBeNull();
});

test('Escape closes it and gives the keyboard back to the notebook', () => {
  const panel = open();
  panel.connect('k1');
  const button = panel.banner!.querySelector('button')!;
  button.focus();
  let outside = 0;
  document.body.addEventListener('keydown', () => void outside++, { once: true });
  button.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  expect(panel.banner).toBeNull();
  expect(panel.activated).toBe(1);
  expect(outside).toBe(0);
});

test('a click elsewhere keeps its focus where it is', () => {
  const panel = open();
  panel.connect('k1');
  panel.dismiss();
  expect(panel.activated).toBe(0);
});

test('follows the words without touching what did not change', () => {
  const panel = open();
  panel.connect('k1');
  const first = panel.banner!.querySelector('[role="status"]')!.children[0];
  view = { ...words, lines: [words.lines[0]!, [], [{ kind: 'text', text: 'changed' }]] };
  panel.presenter.refresh();
  const shown = panel.banner!.querySelector('[role="status"]')!;
  expect(shown.textContent).toBe('یک\n\nchanged');
  expect(shown.children[0]).toBe(first);
  view = { ...words, lines: [] };
  panel.presenter.refresh();
  expect(shown.textContent).toBe('');
});

test('switched off it is not shown, and goes when it is there', () => {
  const panel = open();
  view = null;
  panel.connect('k1');
  expect(panel.banner).toBeNull();
  view = words;
  panel.connect('k2');
  view = null;
  panel.presenter.refresh();
  expect(panel.banner).toBeNull();
});

test('a disposed presenter is gone with its banner and listens no more', () => {
  const panel = open();
  panel.connect('k1');
  panel.presenter.dispose();
  panel.connect('k2');
  expect(panel.banner).toBeNull();
  expect(panel.presenter.isDisposed).toBe(true);
});
