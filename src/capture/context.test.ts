import type { CodeConsole } from '@jupyterlab/console';
import type { Kernel } from '@jupyterlab/services';
import { consoleWidget, DONE_AWAITED_MS, Places, withoutSharing, type OpenWidget, type Sent } from './context.js';

let clients = 0;
const connection = (id: string) => ({ id, clientId: `client-${++clients}` }) as Kernel.IKernelConnection;
const ours = connection('k1');
const consoles = connection('k1');
const notebook: OpenWidget = { kind: 'notebook', path: 'work/a.ipynb', connection: ours };
const attached: OpenWidget = { kind: 'console', path: 'work/a.ipynb', connection: consoles };

function create(widgets: OpenWidget[] = [notebook, attached], session: string | null = null) {
  const turns: (() => void)[] = [];
  const time = { clock: 0 };
  const places = new Places(
    { widgets: () => widgets, sessionPath: () => session },
    { clock: () => time.clock, afterTurn: callback => void turns.push(callback) }
  );
  const of = (connection: Kernel.IKernelConnection, sent: Partial<Sent> = {}) =>
    places.ofRequest(connection, { cellId: null, code: 'x = 1', storeHistory: true, ...sent }).context;
  const schedule = (cellId = 'c1', code = 'x = 1', isAgents = false) =>
    places.schedule({ kernelId: 'k1', cellId, path: 'work/a.ipynb', code, isAgents });
  return { places, of, schedule, time, nextTurn: () => turns.splice(0).forEach(end => end()) };
}

const cell = (cellId: string) => ({ client: 'notebook', cellId, notebookPath: 'work/a.ipynb' });
const nobodys = { client: 'background', cellId: null, notebookPath: 'work/a.ipynb' };

test('a cell of a notebook is told by its connection and the id in its request', () => {
  expect(create().of(ours, { cellId: 'c1' })).toEqual(cell('c1'));
});

test('what uses the notebook’s connection and names no cell is in the background', () => {
  expect(create().of(ours)).toEqual(nobodys);
});

test('a connection that another extension put its own object in front of is the same', () => {
  const inFront = { ...ours } as Kernel.IKernelConnection;
  expect(create([{ ...notebook, connection: inFront }]).of(ours, { cellId: 'c1' })).toEqual(cell('c1'));
});

test('a console has a connection of its own, and the notebook it was opened for', () => {
  expect(create().of(consoles, { cellId: 'c2' })).toEqual({ ...cell('c2'), client: 'console' });
});

test('a console of no notebook names none', () => {
  const alone: OpenWidget = { kind: 'console', path: 'console-1-abc', connection: consoles };
  const { of } = create([alone]);
  expect(of(consoles, { cellId: 'c2' })).toEqual({ client: 'console', cellId: 'c2', notebookPath: null });
});

test('a connection of nobody’s is in the background, with the notebook of its session', () => {
  const other = connection('k2');
  expect(create([], 'b.ipynb').of(other)).toMatchObject({ client: 'background', notebookPath: 'b.ipynb' });
  expect(create([], 'b.py').of(other, { cellId: 'c1' })).toMatchObject({ client: 'background', notebookPath: null });
});

test('another client’s run belongs to the notebook of that kernel', () => {
  const { places } = create();
  expect(places.ofForeign('k1', 'x')).toEqual({ client: 'foreign', cellId: null, notebookPath: 'work/a.ipynb' });
});

test('a path is that of the moment', () => {
  const moved = { ...notebook };
  const { of } = create([moved]);
  moved.path = 'elsewhere/b.ipynb';
  expect(of(ours, { cellId: 'c1' }).notebookPath).toBe('elsewhere/b.ipynb');
});

describe('with an executor that has the server run cells', () => {
  test('a cell is told by what was announced, once', () => {
    const { places, schedule } = create();
    schedule();
    expect(places.ofForeign('k2', 'x = 1').client).toBe('foreign');
    expect(places.ofForeign('k1', 'x = 1')).toEqual(cell('c1'));
    expect(places.ofForeign('k1', 'x = 1').client).toBe('foreign');
  });

  test('two cells with the same text are told in the order they were announced', () => {
    const { places, schedule } = create();
    schedule('c1');
    schedule('c2');
    expect([places.ofForeign('k1', 'x = 1').cellId, places.ofForeign('k1', 'x = 1').cellId]).toEqual(['c1', 'c2']);
  });

  test('a cell that was sent from here is no longer awaited from the server', () => {
    const { places, schedule, of } = create();
    schedule();
    of(ours, { cellId: 'c1' });
    expect(places.ofForeign('k1', 'x = 1').client).toBe('foreign');
  });

  test('a cell that is done is awaited a little longer: the kernel’s messages come by another way', () => {
    const { places, schedule, time } = create();
    schedule('c1');
    schedule('c2', 'y = 1');
    places.done('c1');
    places.done('c2');
    time.clock += DONE_AWAITED_MS;
    expect(places.ofForeign('k1', 'x = 1')).toEqual(cell('c1'));
    time.clock += 1;
    places.done('c2');
    expect(places.ofForeign('k1', 'y = 1').client).toBe('foreign');
  });

  test('an agent’s cell is the agent’s', () => {
    const { places, schedule } = create();
    schedule('c1', 'x = 1', true);
    expect(places.ofForeign('k1', 'x = 1')).toEqual({ ...cell('c1'), client: 'agent' });
  });

  test('what was announced and never sent does not pile up', () => {
    const { places, schedule } = create();
    for (let i = 0; i < 3000; i++) schedule(`c${i}`, String(i));
    expect(places.ofForeign('k1', '0').client).toBe('foreign');
    expect(places.ofForeign('k1', '2999').client).toBe('notebook');
  });
});

describe('with an executor that sends cells without their ids', () => {
  test('a cell is told by its text, in whatever turn it is sent', () => {
    const { of, schedule, nextTurn } = create();
    schedule('c1');
    schedule('c2', 'y = 1');
    nextTurn();
    expect([of(ours, { code: 'y = 1' }), of(ours)]).toEqual([cell('c2'), cell('c1')]);
    expect(of(ours)).toEqual(nobodys);
  });

  test('a cell whose text the executor changed is told by the turn, where it is the only one', () => {
    const { of, schedule } = create();
    schedule('c1');
    expect(of(ours, { code: 'changed' })).toEqual(cell('c1'));
  });

  test('it is not, where two were announced, or the turn is over', () => {
    const two = create();
    two.schedule('c1');
    two.schedule('c2');
    expect(two.of(ours, { code: 'changed' })).toEqual(nobodys);
    const later = create();
    later.schedule('c1');
    later.nextTurn();
    expect(later.of(ours, { code: 'changed' })).toEqual(nobodys);
  });

  test('what an inspector sends meanwhile is not the cell', () => {
    const { of, schedule } = create();
    schedule();
    expect(of(ours, { storeHistory: false })).toEqual(nobodys);
    expect(of(connection('k1')).cellId).toBeNull();
    expect(of(consoles).cellId).toBeNull();
    expect(of(ours)).toEqual(cell('c1'));
  });
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
