import { Agents } from './agents.js';

const ENDLESS = new Promise<never>(() => undefined);

function create() {
  const turns: (() => void)[] = [];
  const agents = new Agents(callback => void turns.push(callback));
  const claimed: string[] = [];
  const send = (name: string) => agents.remember(() => void claimed.push(name));
  const nextTurn = () => turns.splice(0).forEach(end => end());
  return { agents, claimed, send, nextTurn };
}

const cell = { kernelId: 'k1', cellId: 'c1', code: 'x = 1', isScheduled: false };

test('what is sent while an agent acts is the agent’s, and nothing after it, even if it failed', () => {
  const { agents } = create();
  expect(agents.act(() => agents.sends(cell))).toBe(true);
  expect(() =>
    agents.act(() => {
      throw new Error('no such cell');
    })
  ).toThrow('no such cell');
  expect(agents.sends(cell)).toBe(false);
});

test.each([
  'notebook-intelligence:run-cell-at-index',
  'notebook:append-execute',
  'jupyterlab-ai-commands:execute-code-in-kernel'
])('what %s sends in its own turn is the agent’s', command => {
  const { agents, claimed, send } = create();
  send('cell');
  agents.executed('notebook:run-cell', {}, ENDLESS);
  expect(claimed).toEqual([]);
  agents.executed(command, {}, ENDLESS);
  expect(claimed).toEqual(['cell']);
});

test('what a person sent in a turn before is not', () => {
  const { agents, claimed, send, nextTurn } = create();
  send('by hand');
  agents.executed('notebook:run-cell', {}, ENDLESS);
  nextTurn();
  agents.executed('notebook-intelligence:run-cell-at-index', {}, ENDLESS);
  expect(claimed).toEqual([]);
});

test.each(['before', 'after'])('a command that an agent asks for, heard %s it is run', when => {
  const { agents, claimed, send } = create();
  if (when === 'before') agents.asked('notebook:run-all-cells');
  send('first');
  send('second');
  agents.executed('notebook:run-all-cells', {}, ENDLESS);
  if (when === 'after') agents.asked('notebook:run-all-cells');
  expect(claimed).toEqual(['first', 'second']);
});

test('what an agent asked for and this page did not run makes nothing of what a person runs next', () => {
  const { agents, claimed, send, nextTurn } = create();
  agents.asked('notebook:run-cell');
  nextTurn();
  send('by hand');
  agents.executed('notebook:run-cell', {}, ENDLESS);
  expect(claimed).toEqual([]);
});

describe('a command that runs a cell later', () => {
  const executed = (ended: Promise<unknown> = ENDLESS, args: unknown = { cellId: 'c1' }) => {
    const { agents } = create();
    agents.executed('jupyterlab-ai-commands:run-cell', args, ended);
    return agents;
  };

  test('is recognised by the cell it was told', () => {
    expect(executed().sends(cell)).toBe(true);
    expect(executed().sends({ ...cell, cellId: 'c2' })).toBe(false);
    expect(executed().sends({ ...cell, cellId: null })).toBe(false);
  });

  test('is not, where the notebook announced the cell: it may be the person’s own run', () => {
    expect(executed().sends({ ...cell, isScheduled: true })).toBe(false);
  });

  test('is not, once it is over, well or not', async () => {
    const agents = [executed(Promise.resolve()), executed(Promise.reject(new Error('no kernel')))];
    await Promise.resolve();
    await Promise.resolve();
    expect(agents.map(each => each.sends(cell))).toEqual([false, false]);
  });

  test('is recognised by the code and the kernel it was told, where it names no cell', () => {
    const told = { kernelId: 'k1', code: 'x = 1' };
    const sent = { ...cell, cellId: null };
    expect(executed(ENDLESS, told).sends(sent)).toBe(true);
    expect(executed(ENDLESS, told).sends({ ...sent, kernelId: 'k2' })).toBe(false);
    expect(executed(ENDLESS, told).sends({ ...sent, code: 'y' })).toBe(false);
    expect(executed(ENDLESS, { code: 'x = 1' }).sends(sent)).toBe(false);
  });

  test('is not, where its arguments name nothing', () => {
    expect(executed(ENDLESS, null).sends(cell)).toBe(false);
    expect(executed(ENDLESS, { cellId: 7 }).sends(cell)).toBe(false);
  });

  test('is not, where anybody may call the command', () => {
    const { agents } = create();
    agents.executed('notebook:run-cell', { cellId: 'c1' }, ENDLESS);
    expect(agents.sends(cell)).toBe(false);
  });
});
