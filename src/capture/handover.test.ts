import { createHandover, MAX_AGE_MS, MAX_KEPT, MAX_RUNS } from './handover.js';
import { localStorageOf } from '../kept.js';
import { EMPTY } from './footprint.js';
import type { Run } from './run.js';

const run = (over: Partial<Run> = {}): Run => ({
  kernelId: 'k1',
  kernelName: 'python3',
  request: { msgId: 'm1', sessionId: 's1', requestedAt: '2026-11-24T10:00:00.000Z' },
  own: true,
  context: { client: 'notebook', cellId: 'c1', notebookPath: 'a.ipynb' },
  code: 'x = "\u0000\ud800 سلام"',
  silent: false,
  storeHistory: true,
  busyAt: '2026-11-24T10:00:01.000001Z',
  inputAt: '2026-11-24T10:00:01.000002Z',
  idleAt: null,
  isIdleHere: false,
  reply: null,
  failure: null,
  count: 3,
  footprint: EMPTY,
  via: 'A',
  process: 'p1',
  doom: { status: 'kernel_restarted', reason: null, process: 'p1', until: 5 },
  stated: 'unknown',
  busySeen: 100,
  endSeen: null,
  ...over
});

beforeEach(() => localStorage.clear());

test('the next page finds the run as it was, but for what belonged to this page', () => {
  createHandover(localStorage, 'http://hub/user/a/', () => 0).keep(run());
  expect(createHandover(localStorage, 'http://hub/user/a/', () => 1).recall('k1', 'm1')).toEqual(
    run({ own: false, via: null, doom: null, busySeen: null })
  );
});

test('who shares the browser, but not the server, finds nothing', () => {
  createHandover(localStorage, 'http://hub/user/a/', () => 0).keep(run());
  const other = createHandover(localStorage, 'http://hub/user/b/', () => 1);
  expect([other.recall('k1', 'm1'), other.list()]).toEqual([undefined, []]);
  expect(createHandover(localStorage, 'http://hub/user/a/', () => 1).list()).toHaveLength(1);
});

test('a run that is over is forgotten', () => {
  const handover = createHandover(localStorage, 'http://hub/user/a/', () => 0);
  handover.keep(run());
  handover.forget('k1', 'm1');
  expect(handover.recall('k1', 'm1')).toBeUndefined();
});

test('what is too large, too many or too old is not kept', () => {
  const handover = createHandover(localStorage, 'http://hub/user/a/', () => 0);
  handover.keep(run({ code: 'x'.repeat(MAX_KEPT) }));
  expect(localStorage).toHaveLength(0);
  for (let i = 0; i < MAX_RUNS + 5; i++) handover.keep(run({ request: { ...run().request, msgId: `m${i}` } }));
  expect(localStorage).toHaveLength(MAX_RUNS);
  createHandover(localStorage, 'http://hub/user/a/', () => MAX_AGE_MS + 1);
  expect(localStorage).toHaveLength(0);
});

test.each(['', '{', '{"at":1}', '{"at":1,"run":{"kernelId":"other"}}', '{"at":1,"run":null}'])(
  'what somebody else wrote is not believed: %j',
  record => {
    localStorage.setItem('celltrail:run:http://hub/user/a/:k1:m1', record);
    expect(createHandover(localStorage, 'http://hub/user/a/', () => 1).recall('k1', 'm1')).toBeUndefined();
  }
);

test('a full storage leaves the end unknown and makes no exception', () => {
  const full = { ...localStorage, length: 0, key: () => null, removeItem: () => undefined } as unknown as Storage;
  full.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  expect(() => createHandover(full, 'http://hub/user/a/', () => 0).keep(run())).not.toThrow();
});

test('where storage is denied nothing is handed over', () => {
  const denied = Object.defineProperty({}, 'localStorage', {
    get: () => {
      throw new DOMException('denied', 'SecurityError');
    }
  }) as Window;
  expect(localStorageOf(denied)).toBeNull();
  const handover = createHandover(null, 'http://hub/user/a/', () => 0);
  handover.keep(run());
  handover.forget('k1', 'm1');
  expect(handover.recall('k1', 'm1')).toBeUndefined();
});
