/**
 * @jest-environment node
 * @jest-environment-options {"globalsCleanup": "off"}
 */
import type { Statement } from '@celltrail/protocol';
import { openThread, type Hearing, type OpenLink } from './link.js';
import { LastWords } from './last-words.js';
import type { FromOutbox, News, ToOutbox } from './messages.js';
import { PageOutbox, SILENCE_MS } from './page-outbox.js';
import { NOTHING_KNOWN } from './state.js';
import { StillSurroundings } from './test/clock.js';
import { MemoryStorage } from './test/storage.js';
import { ROOMY } from './test/databases.js';
import { PAGE_ID, someEvent } from './test/events.js';

/** One way to an outbox, whose other end is this test. */
class FakeWay {
  readonly told: ToOutbox[] = [];
  isClosed = false;
  hearing: Hearing | null = null;

  readonly open: OpenLink = hearing => {
    this.hearing = hearing;
    return {
      tell: message => void this.told.push(message),
      close: () => {
        this.isClosed = true;
      }
    };
  };

  get taken(): number[] {
    return this.told.flatMap(message => (message.kind === 'take' ? [message.event.page_seq] : []));
  }

  says(message: FromOutbox): void {
    this.hearing!.onMessage(message);
  }

  news(news: Partial<News>): void {
    this.says({ kind: 'news', state: NOTHING_KNOWN, confirmed: null, stored: [], settled: [], ...news });
  }
}

let time: StillSurroundings;
let thread: FakeWay;
let page: FakeWay;
let detours: string[];
let statements: Statement[];
let requests: RequestInit[];
let outbox: PageOutbox;
let lastWords: LastWords;
const open = (...ways: OpenLink[]): PageOutbox =>
  new PageOutbox({
    surroundings: time,
    pageId: PAGE_ID,
    destination: () => ({ endpoint: 'http://a:1', configuredUser: null }),
    bounds: () => ROOMY,
    page: () => ({ page_id: PAGE_ID, extension_version: '0.1.0', lab_version: '4.6.6', capturing: true }),
    record: statement => void statements.push(statement),
    randomId: () => 'an id',
    ways,
    lastWords,
    onDetour: reason => void detours.push(reason)
  });

beforeEach(() => {
  requests = [];
  lastWords = new LastWords(new MemoryStorage());
  time = new StillSurroundings(((_url: string, init: RequestInit) => {
    requests.push(init);
    return Promise.resolve({});
  }) as typeof fetch);
  [thread, page] = [new FakeWay(), new FakeWay()];
  [detours, statements] = [[], []];
  outbox = open(thread.open, page.open);
});
afterEach(() => outbox.dispose());

test('the outbox learns whose page it works for before anything else', () => {
  outbox.take(someEvent(1));
  expect(thread.told.map(({ kind }) => kind)).toEqual(['open', 'take']);
  expect(thread.told[0]).toMatchObject({ pageId: PAGE_ID, destination: { endpoint: 'http://a:1' } });
});

test('where no thread can be started, the page does the work', () => {
  outbox = open(() => {
    throw new Error('forbidden');
  }, page.open);
  outbox.take(someEvent(1));
  expect(page.taken).toEqual([1]);
  expect(detours).toEqual(['Error: forbidden']);
});

test('when the thread dies, the page goes on with what is not known to be on the disk', () => {
  for (const seq of [1, 2, 3]) outbox.take(someEvent(seq));
  thread.news({ stored: [1, 2] });
  thread.hearing!.onDeath('out of memory');
  outbox.take(someEvent(4));
  expect(thread.isClosed).toBe(true);
  expect(page.told[0]!.kind).toBe('open');
  expect(page.taken).toEqual([3, 4]);
  thread.hearing!.onDeath('again');
  expect(page.isClosed).toBe(false);
  expect(detours).toEqual(['out of memory']);
});

test('a thread that says nothing is given up, one that answers is not', async () => {
  outbox.take(someEvent(1));
  await time.pass(SILENCE_MS + 1);
  thread.news({ stored: [1] });
  await time.pass(10 * SILENCE_MS);
  expect(detours).toEqual([]);
  outbox.take(someEvent(2));
  await time.pass(2 * SILENCE_MS + 1);
  expect(detours).toEqual(['it is silent']);
  expect(page.taken).toEqual([2]);
});

test('there is nothing to wait for once the page does the work itself', async () => {
  thread.hearing!.onDeath('gone');
  outbox.take(someEvent(1));
  await time.pass(10 * SILENCE_MS);
  expect(page.isClosed).toBe(false);
  expect(detours).toHaveLength(1);
});

test('what the outbox states of itself gets an id of the page', () => {
  thread.says({ kind: 'statement', statement: { type: 'capture.gap', reason: 'outbox_full', missing: 2 } });
  expect(statements).toEqual([{ id: 'an id', type: 'capture.gap', reason: 'outbox_full', missing: 2 }]);
});

test('the state is told when it is another', () => {
  const states: unknown[] = [];
  outbox.changed.connect((_, state) => void states.push(state));
  const state = { ...NOTHING_KNOWN, username: 'ana', waiting: 1 };
  thread.news({ state });
  thread.news({ state: { ...state } });
  expect(states).toEqual([state]);
  expect(outbox.state).toEqual(state);
});

test('a page that goes sends nothing while nobody confirmed who it is for', () => {
  const state = { ...NOTHING_KNOWN, username: 'ana' };
  thread.news({ state, confirmed: null });
  outbox.take(someEvent(1));
  outbox.leave();
  expect(requests).toHaveLength(0);
  thread.news({ state, confirmed: 'ana' });
  outbox.leave();
  expect(requests).toMatchObject([{ keepalive: true }]);
  expect(JSON.parse(requests[0]!.body as string)).toMatchObject({ actor: 'ana', events: [{ page_seq: 1 }] });
});

test('a page that goes leaves what is not known to be on the disk, and forgets it when it is safe', () => {
  for (const seq of [1, 2, 3]) outbox.take(someEvent(seq));
  thread.news({ stored: [1, 2] });
  outbox.leave();
  expect(lastWords.all.map(({ event }) => event.page_seq)).toEqual([3]);
  const next = open(page.open);
  expect(page.told.at(-1)).toMatchObject({ kind: 'adopt', words: [{ event: { page_seq: 3 } }] });
  page.says({ kind: 'adopted', ids: [{ page_id: PAGE_ID, page_seq: 3 }] });
  expect(lastWords.all).toEqual([]);
  next.dispose();
});

test('a thread is what it says and what happens to it', () => {
  const [postMessage, terminate] = [jest.fn(), jest.fn()];
  const worker = { postMessage, terminate } as unknown as Worker;
  const heard: unknown[] = [];
  const link = openThread(() => worker)({
    onMessage: message => heard.push(message),
    onDeath: reason => heard.push(reason)
  });
  worker.onmessage!({ data: 'news' } as MessageEvent);
  worker.onerror!({ message: 'x is not a function' } as ErrorEvent);
  worker.onerror!({} as ErrorEvent);
  worker.onmessageerror!({} as MessageEvent);
  expect(heard).toEqual([
    'news',
    'x is not a function',
    'the script could not be loaded',
    'a message could not be read'
  ]);
  link.tell({ kind: 'hurry', spreadMs: 0 });
  link.close();
  expect(postMessage).toHaveBeenCalledWith({ kind: 'hurry', spreadMs: 0 });
  expect(terminate).toHaveBeenCalled();
});
