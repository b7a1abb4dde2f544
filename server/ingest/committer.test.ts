import { createLog } from '../log.js';
import { type Committed, RowMoved, type Work } from '../store/commit.js';
import { type EventRow } from '../store/event-rows.js';
import { type PresenceRow } from '../store/presence.js';
import { createCommitter, DEFAULT_LIMITS, type Committer, type Wanted } from './committer.js';

const event = (id: string): EventRow => ({ id, type: 'x', username: 'sara', observed_at: '', page_id: null, page_seq: 1, kernel_id: null, body: {} }); // prettier-ignore
const wanted = (...ids: string[]): Wanted => ({ items: ids.map(id => ({ kind: 'event', row: event(id) })), page: null, refused: [], size: ids.length }); // prettier-ignore
const heartbeat: Wanted = { items: [], page: { page_id: 'p' } as PresenceRow, refused: [], size: 0 };
const sqlError = (code: string): Error => Object.assign(new Error(`quotes ${code}`), { code });

/** A store that keeps what it was given, holds each transaction until it is let go, and fails as it is told. */
function fakeStore() {
  const batches: string[][] = [];
  const announced: string[][] = [];
  const holds: (() => void)[] = [];
  const store = {
    batches,
    announced,
    held: false,
    fault: (() => null) as (ids: string[]) => Error | null,
    release: () => holds.splice(0).forEach(go => go()),
    commit: async ({ events, pages }: Work): Promise<Committed> => {
      const ids = [...events.map(({ id }) => id), ...pages.map(() => 'page')];
      batches.push(ids);
      if (store.held) await new Promise<void>(go => holds.push(go));
      const fault = store.fault(ids);
      if (fault) throw fault;
      return { executions: [], events: events.map(() => 'stored'), changed: new Set(events.length ? ['sara'] : []) };
    }
  };
  const committer = (limits = DEFAULT_LIMITS): Committer =>
    createCommitter(store.commit, names => announced.push(names), createLog('silent'), { limits });
  return { store, committer };
}

const turns = () => new Promise(resolve => setImmediate(resolve));

describe('group commit', () => {
  it('commits a lone request at once, without waiting for others', async () => {
    const { store, committer } = fakeStore();
    expect(await committer().submit(wanted('a'))).toEqual(['stored']);
    expect(store.batches).toEqual([['a']]);
    expect(store.announced).toEqual([['sara']]);
  });

  it('gathers what comes during a transaction into the next one, and gives each its own answers', async () => {
    const { store, committer } = fakeStore();
    const one = committer();
    store.held = true;
    const first = one.submit(wanted('a'));
    await turns();
    const rest = [one.submit(wanted('b', 'c')), one.submit(heartbeat), one.submit(wanted('d'))];
    store.held = false;
    store.release();
    expect(await Promise.all([first, ...rest])).toEqual([['stored'], ['stored', 'stored'], [], ['stored']]);
    expect(store.batches).toEqual([['a'], ['b', 'c', 'd', 'page']]);
  });

  it('lets small batches go before large ones that came earlier, and takes both', async () => {
    const { store, committer } = fakeStore();
    const one = committer({ ...DEFAULT_LIMITS, maxItems: 3, smallItems: 1 });
    store.held = true;
    const first = one.submit(wanted('a'));
    await turns();
    const rest = [one.submit(wanted('b', 'c')), one.submit(wanted('d', 'e')), one.submit(wanted('f'))];
    store.held = false;
    store.release();
    await Promise.all([first, ...rest]);
    expect(store.batches).toEqual([['a'], ['f', 'b', 'c'], ['d', 'e']]);
  });

  it('turns large batches away while small ones still find room', async () => {
    const { store, committer } = fakeStore();
    const one = committer({ ...DEFAULT_LIMITS, maxWaitingItems: 8, smallItems: 1 });
    store.held = true;
    const taken = [one.submit(wanted('a', 'b', 'c', 'd', 'e', 'f', 'g'))];
    expect(one.crowded()).toBe(true);
    await expect(one.submit(wanted('h', 'i'))).rejects.toMatchObject({ kind: 'overloaded' });
    taken.push(one.submit(wanted('j')));
    await turns();
    store.held = false;
    store.release();
    await Promise.all(taken);
    expect(one.crowded()).toBe(false);
  });

  it('calls itself crowded when what waits would take too long by the pace it had', async () => {
    const { store, committer } = fakeStore();
    const one = committer({ ...DEFAULT_LIMITS, maxWaitMs: 0, smallItems: 1 });
    const many = Array.from({ length: 200 }, (_, i) => `${i}`);
    await one.submit(wanted(...many));
    expect(one.crowded()).toBe(false);
    store.held = true;
    const waits = one.submit(wanted('a'));
    expect(one.crowded()).toBe(true);
    await expect(one.submit(wanted('b', 'c'))).rejects.toMatchObject({ kind: 'overloaded' });
    await turns();
    store.held = false;
    store.release();
    await waits;
  });

  it('splits what is too much for one transaction, and never a request', async () => {
    const { store, committer } = fakeStore();
    const one = committer({ ...DEFAULT_LIMITS, maxItems: 3 });
    await Promise.all([
      one.submit(wanted('a', 'b')),
      one.submit(wanted('c', 'd')),
      one.submit(wanted('e', 'f', 'g', 'h'))
    ]);
    expect(store.batches).toEqual([['a', 'b'], ['c', 'd'], ['e', 'f', 'g', 'h']]); // prettier-ignore
  });

  it('refuses what does not fit into its memory, takes it when there is room, and takes a giant when nothing waits', async () => {
    const { store, committer } = fakeStore();
    const one = committer({ ...DEFAULT_LIMITS, maxWaitingItems: 2 });
    store.held = true;
    const giant = one.submit(wanted('a', 'b', 'c'));
    await expect(one.submit(wanted('d'))).rejects.toMatchObject({ kind: 'overloaded' });
    await turns();
    store.held = false;
    store.release();
    await giant;
    expect(await one.submit(wanted('d'))).toEqual(['stored']);
  });

  it('answers what it took before it stops, and takes nothing more', async () => {
    const { store, committer } = fakeStore();
    const one = committer();
    store.held = true;
    const first = one.submit(wanted('a'));
    await turns();
    const second = one.submit(wanted('b'));
    const drained = one.drain();
    await expect(one.submit(wanted('c'))).rejects.toMatchObject({ kind: 'stopping' });
    store.held = false;
    store.release();
    await drained;
    expect(await Promise.all([first, second])).toEqual([['stored'], ['stored']]);
  });
});

describe('a fault of the transaction', () => {
  it.each(['22021', '22P05', '23514', '54000', 'CT001'])(
    '%s refuses the event it comes from and no neighbour',
    async code => {
      const { store, committer } = fakeStore();
      store.fault = ids => (ids.includes('bad') ? sqlError(code) : null);
      const one = committer();
      const [first, second] = await Promise.all([one.submit(wanted('a', 'bad', 'b')), one.submit(wanted('c'))]);
      expect(first).toMatchObject(['stored', { refused: { kind: 'field-invalid' } }, 'stored']);
      expect(second).toEqual(['stored']);
      expect(JSON.stringify(first)).not.toContain('quotes');
    }
  );

  it('that is a bug of ours refuses only the event it comes from, with an id to look it up by', async () => {
    const { store, committer } = fakeStore();
    store.fault = ids => (ids.includes('bad') ? new TypeError('oops') : null);
    const [good, bad] = await committer().submit(wanted('a', 'bad'));
    expect(good).toBe('stored');
    expect(bad).toMatchObject({ refused: { kind: 'internal', details: { instance: expect.any(String) as string } } });
  });

  it('that only the driver tells, and that is gone when it is looked at again, refuses nothing', async () => {
    const { store, committer } = fakeStore();
    let left = 2; // the batch, and the event alone
    store.fault = ids => (ids.includes('good') && left-- > 0 ? new Error('words of a driver to come') : null);
    expect(await committer().submit(wanted('a', 'good'))).toEqual(['stored', 'stored']);
  });

  it('in the presence of a page costs no event', async () => {
    const { store, committer } = fakeStore();
    store.fault = ids => (ids.includes('page') ? sqlError('22021') : null);
    expect(await committer().submit({ ...wanted('a'), page: heartbeat.page })).toEqual(['stored']);
  });

  it.each([
    ['ECONNREFUSED', 'database-unreachable'],
    ['57P01', 'database-unreachable'],
    ['08006', 'database-unreachable'],
    ['42P01', 'database-unreachable'],
    ['42501', 'database-unreachable'],
    ['53100', 'database-full'],
    ['53300', 'database-busy'],
    ['57014', 'database-busy'],
    ['25006', 'database-read-only']
  ])('%s is passing, %s: nothing is acknowledged, and the next request finds the loop running', async (code, kind) => {
    const { store, committer } = fakeStore();
    store.fault = () => sqlError(code);
    const one = committer();
    await expect(one.submit(wanted('a'))).rejects.toMatchObject({ kind });
    store.fault = () => null;
    expect(await one.submit(wanted('a'))).toEqual(['stored']);
  });

  it.each([
    [sqlError('40P01'), 'database-busy'],
    [sqlError('40001'), 'database-busy'],
    [new RowMoved('gone'), 'database-unreachable']
  ])('%s is tried again at once, and in the end %s', async (error, kind) => {
    const { store, committer } = fakeStore();
    let left = 3;
    store.fault = () => (left-- > 0 ? error : null);
    expect(await committer().submit(wanted('a'))).toEqual(['stored']);
    left = 4;
    await expect(committer().submit(wanted('a'))).rejects.toMatchObject({ kind });
  });
});
