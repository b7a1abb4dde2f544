import { type CodeConsole } from '@jupyterlab/console';
import { type Kernel } from '@jupyterlab/services';
import { consoleWidget, Places, withoutSharing, type OpenWidget } from './context.js';

const connection = (id: string) => ({ id }) as Kernel.IKernelConnection;
const ours = connection('k1');
const consoles = connection('k1');
const notebook: OpenWidget = { kind: 'notebook', path: 'work/a.ipynb', connection: ours };
const attached: OpenWidget = { kind: 'console', path: 'work/a.ipynb', connection: consoles };

function create(widgets: OpenWidget[] = [notebook, attached], session: string | null = null) {
  return new Places({ widgets: () => widgets, sessionPath: () => session });
}

test('a cell of a notebook is told by its connection and the id in its request', () => {
  expect(create().ofRequest(ours, 'c1')).toEqual({ client: 'notebook', cellId: 'c1', notebookPath: 'work/a.ipynb' });
});

test('what uses the notebook’s connection and names no cell is in the background', () => {
  expect(create().ofRequest(ours, null)).toEqual({ client: 'background', cellId: null, notebookPath: 'work/a.ipynb' });
});

test('a console has a connection of its own, and the notebook it was opened for', () => {
  expect(create().ofRequest(consoles, 'c2')).toEqual({ client: 'console', cellId: 'c2', notebookPath: 'work/a.ipynb' });
});

test('a console of no notebook names none', () => {
  const alone: OpenWidget = { kind: 'console', path: 'console-1-abc', connection: consoles };
  expect(create([alone]).ofRequest(consoles, 'c2')).toEqual({ client: 'console', cellId: 'c2', notebookPath: null });
});

test('a connection of nobody’s is in the background, with the notebook of its session', () => {
  const other = connection('k2');
  expect(create([], 'b.ipynb').ofRequest(other, null)).toMatchObject({ client: 'background', notebookPath: 'b.ipynb' });
  expect(create([], 'b.py').ofRequest(other, 'c1')).toMatchObject({ client: 'background', notebookPath: null });
});

test('another client’s run belongs to the notebook of that kernel', () => {
  expect(create().ofForeign('k1', 'x')).toEqual({ client: 'foreign', cellId: null, notebookPath: 'work/a.ipynb' });
});

test('a path is that of the moment', () => {
  const moved = { ...notebook };
  const places = create([moved]);
  moved.path = 'elsewhere/b.ipynb';
  expect(places.ofRequest(ours, 'c1').notebookPath).toBe('elsewhere/b.ipynb');
});

test('a cell that another executor runs through the server is told by what was scheduled, once', () => {
  const places = create();
  places.schedule({ kernelId: 'k1', cellId: 'c1', path: 'work/a.ipynb', code: 'x = 1' });
  expect(places.ofForeign('k2', 'x = 1').client).toBe('foreign');
  expect(places.ofForeign('k1', 'x = 1')).toEqual({ client: 'notebook', cellId: 'c1', notebookPath: 'work/a.ipynb' });
  expect(places.ofForeign('k1', 'x = 1').client).toBe('foreign');
});

test('a cell that was sent from here is no longer awaited from the server', () => {
  const places = create();
  places.schedule({ kernelId: 'k1', cellId: 'c1', path: 'work/a.ipynb', code: 'x = 1' });
  places.ofRequest(ours, 'c1');
  expect(places.ofForeign('k1', 'x = 1').client).toBe('foreign');
});

test('what was scheduled and never sent does not pile up', () => {
  const places = create();
  for (let i = 0; i < 3000; i++) places.schedule({ kernelId: 'k1', cellId: `c${i}`, path: 'a.ipynb', code: String(i) });
  expect(places.ofForeign('k1', '0').client).toBe('foreign');
  expect(places.ofForeign('k1', '2999').client).toBe('notebook');
});

test('the drive of shared documents is no part of a path, another drive is', () => {
  expect(withoutSharing('RTC:work/a.ipynb')).toBe('work/a.ipynb');
  expect(withoutSharing('s3:work/a.ipynb')).toBe('s3:work/a.ipynb');
});

test('a console without a session has neither path nor connection', () => {
  const of = (session: unknown) => consoleWidget({ sessionContext: { session } } as CodeConsole);
  expect(of(null)).toEqual({ kind: 'console', path: null, connection: null });
  expect(of({ path: 'RTC:a.ipynb', kernel: ours })).toEqual({ kind: 'console', path: 'a.ipynb', connection: ours });
});
