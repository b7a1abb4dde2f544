import type { Statement } from '@celltrail/protocol';
import { LastWords } from '../last-words.js';
import { PageOutbox } from '../page-outbox.js';
import { serveOutbox } from '../serve.js';
import { StillSurroundings } from './clock.js';
import { MoodyDatabase, ROOMY } from './databases.js';
import { someEvent } from './events.js';
import type { FakeLocks } from './locks.js';
import type { FakeServer } from './server.js';

/** One Lab tab of a browser profile: its outbox, its clock, its database connection, its numbering. */
export class Tab {
  constructor(
    server: FakeServer,
    locks: FakeLocks,
    readonly pageId = '11111111-1111-4111-8111-111111111111',
    options: { configuredUser?: string; fault?: Error; storage?: Storage; isPlainHttp?: boolean } = {}
  ) {
    this.time = new StillSurroundings(server.fetch);
    this.database.fault = options.fault ?? null;
    this.outbox = new PageOutbox({
      surroundings: this.time,
      pageId,
      destination: () => ({ endpoint: this.endpoint, configuredUser: options.configuredUser ?? null }),
      bounds: () => this.bounds,
      page: () => ({ page_id: pageId, extension_version: '0.1.0', lab_version: '4.6.6', capturing: true }),
      record: statement => this.record(statement),
      randomId: () => `00000000-0000-4000-9000-${String(this.seq).padStart(12, '0')}`,
      ways: [
        ({ onMessage }) => {
          const { time: surroundings, database } = this;
          const given = options.isPlainHttp ? undefined : locks.tab();
          const served = serveOutbox({ surroundings, database, locks: given, tell: onMessage, newsMs: 0 });
          return { tell: message => served.hear(message), close: () => served.dispose() };
        }
      ],
      lastWords: new LastWords(options.storage ?? null),
      onDetour: reason => {
        throw new Error(`there is no other way: ${reason}`);
      }
    });
  }

  readonly time: StillSurroundings;
  readonly database = new MoodyDatabase();
  readonly outbox: PageOutbox;
  bounds = ROOMY;
  endpoint = 'http://localhost:8001';
  /** what the outbox stated of itself */
  readonly statements: Statement[] = [];

  /** Something is captured in this tab. */
  capture(reason = 'test'): void {
    this.outbox.take(someEvent(++this.seq, this.pageId, reason));
  }

  /** Let everything come to rest, or so much time pass. */
  async pass(ms = 0): Promise<void> {
    await this.time.pass(ms);
  }

  /** The tab goes in this very turn: of what it has not written yet, nothing comes to the disk. */
  die(): void {
    this.database.fault = new DOMException('the page is gone', 'InvalidStateError');
    this.outbox.dispose();
  }

  async close(): Promise<void> {
    this.outbox.dispose();
    await this.pass();
    await this.database.close();
  }

  private record(statement: Statement): void {
    this.statements.push(statement);
    const stamp = { page_id: this.pageId, page_seq: ++this.seq, observed_at: '2026-11-24T10:00:00.000Z' };
    this.outbox.take({ ...statement, ...stamp });
  }

  private seq = 0;
}
