// A page that hosts the outbox as a Lab tab does, and makes events in the place of a kernel.
import { type Statement } from '@celltrail/protocol';
import { UUID } from '@lumino/coreutils';
import { DATABASE_NAME } from '../../../src/outbox/database.js';
import { LAST_WORDS, LastWords } from '../../../src/outbox/last-words.js';
import { openInPage, openThread, type OpenLink } from '../../../src/outbox/link.js';
import { PageOutbox } from '../../../src/outbox/page-outbox.js';
import { startWorker } from '../../../src/outbox/start-worker.js';
import { browserSurroundings } from '../../../src/outbox/surroundings.js';
import { seeded } from '../dice.js';
import { type Captured, type Contents, type Note, type PageHandle } from '../note.js';
import { makeEvents } from './events.js';

const query = new URLSearchParams(location.search);
const asked = (name: string): string => query.get(name) ?? '';
const dice = seeded(Number(asked('seed')));
const TICK_MS = 250;

const pageId = UUID.uuid4();
let seq = 0;
// The last number that the outbox was handed.
let taken = 0;
let quiet = false;
const facts = { page: pageId, profile: asked('profile'), tab: asked('tab') };
const news = { stored: [] as number[], settled: [] as number[] };

// The recorder has it before the outbox does: a page that is killed in between owes nothing that was not kept.
function note(captured: Captured[]): void {
  const body: Note = { ...facts, captured, ...news, taken };
  const request = new XMLHttpRequest();
  request.open('POST', '/note', false);
  request.send(JSON.stringify(body));
  if (request.status !== 204) throw new Error(`the recorder answered ${request.status}`);
  news.stored = [];
  news.settled = [];
}

function take(made: { statement: Statement; kind: Captured['kind'] }[]): void {
  const stamped = made.map(({ statement, kind }) => {
    const stamp = { page_id: pageId, page_seq: ++seq, observed_at: new Date(Date.now()).toISOString() };
    return { event: { ...statement, ...stamp }, kind };
  });
  note(stamped.map(({ event, kind }) => ({ seq: event.page_seq, id: event.id, kind })));
  for (const { event } of stamped) {
    outbox.take(event);
    taken = event.page_seq;
  }
}

// Hears what the outbox tells its page.
const overheard =
  (open: OpenLink): OpenLink =>
  ({ onMessage, onDeath }) =>
    open({
      onDeath,
      onMessage: message => {
        if (message.kind === 'news') {
          news.stored.push(...message.stored);
          news.settled.push(...message.settled);
        }
        onMessage(message);
      }
    });

const outbox = new PageOutbox({
  surroundings: browserSurroundings,
  pageId,
  destination: () => ({ endpoint: asked('endpoint'), configuredUser: null }),
  bounds: () => ({ maxEvents: 100_000, maxBytes: 256 * 1024 * 1024, maxDays: 30 }),
  page: () => ({ page_id: pageId, extension_version: 'chaos', last_seq: seq, capturing: true }),
  record: statement => take([{ statement, kind: 'other' }]),
  randomId: () => UUID.uuid4(),
  lastWords: new LastWords(localStorage),
  ways: [overheard(openThread(startWorker)), overheard(openInPage)],
  onDetour: reason => console.info(`detour: ${reason}`)
});
window.addEventListener('online', () => outbox.hurry(1_000));
window.addEventListener('pagehide', () => {
  outbox.leave();
  navigator.sendBeacon(
    '/note',
    JSON.stringify({ ...facts, captured: [], ...news, taken, farewell: true } satisfies Note)
  );
});
window.addEventListener('storage', ({ key, newValue }) => {
  if (newValue !== null && key?.startsWith(`${LAST_WORDS}:`)) outbox.adopt();
});

// As many as the rate says on average, in bursts of chance.
const perTick = (Number(asked('rate')) * TICK_MS) / 1000;
let due = 0;
setInterval(() => {
  due += quiet ? 0 : perTick * 2 * dice.next();
  const made = [];
  for (; due >= 1; due -= 1)
    made.push(
      ...makeEvents(
        dice,
        () => UUID.uuid4(),
        () => Date.now()
      )
    );
  if (made.length > 0) take(made);
  else if (news.stored.length + news.settled.length > 0) note([]);
}, TICK_MS);

const all = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('no reason'));
  });

// The outbox's own database, read past the outbox.
async function withDatabase<T>(work: (db: IDBDatabase) => Promise<T>): Promise<T> {
  const db = await all(indexedDB.open(DATABASE_NAME));
  try {
    return await work(db);
  } finally {
    db.close();
  }
}

// From behind: a browser takes long to find the first of those that are left.
const isEmpty = (): Promise<boolean> =>
  withDatabase(async db => (await all(db.transaction('waiting').objectStore('waiting').openKeyCursor(null, 'prev'))) === null); // prettier-ignore

const contents = (): Promise<Contents> =>
  withDatabase(async db => {
    const transaction = db.transaction(['waiting', 'refused']);
    const [waiting, refused] = await Promise.all(
      ['waiting', 'refused'].map(async name => {
        const entries = (await all(transaction.objectStore(name).getAll())) as { page_id: string; page_seq: number }[];
        return entries.map(({ page_id, page_seq }) => ({ page: page_id, seq: page_seq }));
      })
    );
    return { waiting: waiting!, refused: refused! };
  });

const handle: PageHandle = {
  page: pageId,
  quiet: () => {
    quiet = true;
  },
  isEmpty,
  contents
};
(window as unknown as { chaos: PageHandle }).chaos = handle;
