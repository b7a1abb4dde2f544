/**
 * @jest-environment-options {"globalsCleanup": "off"}
 */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { AuditEvent, EventBatch } from '@celltrail/protocol';
import { Signal } from '@lumino/signaling';
import { readConfigured, Settings } from '../settings.js';
import type { IOutbox } from '../tokens.js';
import plugin from './plugin.js';
import type { PageOutbox } from './page-outbox.js';
import { rest } from './test/clock.js';
import { freshProfile } from './test/databases.js';
import { PAGE_ID, someEvent } from './test/events.js';

// jsdom has no threads; a real one is tried in ui-tests.
jest.mock('./start-worker.js', () => ({
  startWorker: () => {
    throw new Error('no threads here');
  }
}));

class FakeCapture {
  readonly pageId = PAGE_ID;
  sequence = 0;
  readonly fault = null;
  faultCode: string | null = null;
  capturing = true;
  readonly events = new Signal<this, AuditEvent>(this);
  readonly stateChanged = new Signal<this, void>(this);
  record(): void {
    throw new Error('nothing is refused in this test');
  }
}

/** jsdom has no `Response`; these are the parts of one that are read. */
const response = (body: unknown) => ({
  status: 200,
  headers: { get: () => null },
  text: () => Promise.resolve(JSON.stringify(body))
});

let requests: { url: string; batch: EventBatch | null; keepalive: boolean }[];
let capture: FakeCapture;
let settings: Settings;
let outbox: IOutbox;
const sent = (): EventBatch[] => requests.flatMap(({ batch }) => batch ?? []);
const read = (values: Record<string, unknown>) => (name: string) => ({ user: values[name], composite: values[name] });

beforeEach(async () => {
  freshProfile();
  requests = [];
  globalThis.fetch = ((url: string, init: RequestInit) => {
    const batch = typeof init.body === 'string' ? (JSON.parse(init.body) as EventBatch) : null;
    requests.push({ url, batch, keepalive: init.keepalive === true });
    return Promise.resolve(
      response(batch ? { answers: batch.events.map(() => ({ outcome: 'stored' })) } : { username: 'ana' })
    );
  }) as unknown as typeof fetch;
  capture = new FakeCapture();
  settings = new Settings(readConfigured('{"endpoint":"http://a:1"}'), () => ({ lab: null, browser: ['en'] }));
  const app = { version: '4.6.6' } as JupyterFrontEnd;
  outbox = await plugin.activate(app, capture, settings);
  await rest();
});
afterEach(() => (outbox as PageOutbox).dispose());

test('what capture emits arrives at the server that the settings name', async () => {
  capture.events.emit(someEvent(1));
  await rest();
  expect(sent().flatMap(({ events }) => events)).toEqual([someEvent(1)]);
  expect(requests.at(-1)!.url).toBe('http://a:1/api/events');
  expect(sent().at(-1)!.page).toMatchObject({ page_id: PAGE_ID, lab_version: '4.6.6', capturing: true, last_seq: 0 });
  expect(outbox.state).toMatchObject({ reach: 'reachable', waiting: 0, username: 'ana' });
});

test('the server learns at once that capture was turned off', async () => {
  capture.capturing = false;
  capture.stateChanged.emit();
  await rest();
  expect(sent().at(-1)!.page!.capturing).toBe(false);
});

test('the server learns at once that capture is faulty, by the code that it has words for', async () => {
  expect(sent().at(-1)!.page!.fault).toBeNull();
  capture.faultCode = 'no-connect-to';
  capture.stateChanged.emit();
  await rest();
  expect(sent().at(-1)!.page!.fault).toBe('no-connect-to');
});

test('another address takes effect at once, another banner asks nobody', async () => {
  const before = requests.length;
  settings.update(read({ banner: ['x'] }));
  await rest();
  expect(requests).toHaveLength(before);
  settings.update(read({ endpoint: 'http://b:2' }));
  await rest();
  expect(requests.slice(before).map(({ url }) => url)).toEqual(['http://b:2/api/me', 'http://b:2/api/events']);
});

test('a page that goes sends what it has left', () => {
  capture.events.emit(someEvent(1));
  window.dispatchEvent(new Event('pagehide'));
  expect(requests.at(-1)).toMatchObject({ keepalive: true, batch: { events: [someEvent(1)] } });
});
