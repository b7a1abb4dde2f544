import type { AuditEvent, PageState, Statement } from '@celltrail/protocol';
import type { OutboxBounds, OutboxState, Refusal } from '../tokens.js';
import type { LastWord, WordId } from './entry.js';

/** A page as it stands, without the outbox's own counts. */
export type PageFacts = Omit<PageState, 'keeping' | 'waiting' | 'refused'>;

/** Where events go, and whom the image's configuration names. */
export interface Destination {
  /** address of the audit server without a trailing slash */
  endpoint: string;
  configuredUser: string | null;
  /** what the image's configuration gave to show that server; none where nobody asks for one */
  token?: string | null;
}

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** What the outbox states of itself; the page gives it an id. */
export type OwnStatement = WithoutId<Statement>;

/** What a page tells its outbox. The first message is `open`. */
export type ToOutbox =
  | { kind: 'open'; pageId: string; destination: Destination; bounds: OutboxBounds; page: PageFacts }
  | { kind: 'take'; event: AuditEvent; page: PageFacts }
  /** what pages that went left in this profile */
  | { kind: 'adopt'; words: LastWord[] }
  /** the page's state is another: the server learns it at once */
  | { kind: 'beat'; page: PageFacts }
  | { kind: 'destination'; destination: Destination; page: PageFacts }
  /** which events were refused? */
  | { kind: 'list-refusals' }
  /** how much may be kept is another */
  | { kind: 'bounds'; bounds: OutboxBounds }
  /** try again soon, within so many ms */
  | { kind: 'hurry'; spreadMs: number };

/** What an outbox tells its page. */
export type FromOutbox =
  | ({ kind: 'news' } & News)
  /** these last words are safe: on the disk, or with the server */
  | { kind: 'adopted'; ids: WordId[] }
  | { kind: 'refusals'; refusals: Refusal[] }
  /** something to put on record */
  | { kind: 'statement'; statement: OwnStatement };

/** How delivery stands, and what became of the page's events since the last news. */
export interface News {
  state: OutboxState;
  /** who may be sent for without asking the server again; null: nobody */
  confirmed: string | null;
  /** numbers of this page's events that are on the disk */
  stored: number[];
  /** numbers of this page's events that the server answered for good */
  settled: number[];
}
