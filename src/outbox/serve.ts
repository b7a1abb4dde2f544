import type { OutboxDatabase } from './database.js';
import type { FromOutbox, News, ToOutbox } from './messages.js';
import { Outbox } from './outbox.js';
import { NOTHING_KNOWN } from './state.js';
import type { Surroundings } from './surroundings.js';

/** How often a page hears news at most, in ms: each message takes time of the thread that draws the page. */
export const NEWS_MS = 250;

/** Where an outbox works. */
export interface Workplace {
  surroundings: Surroundings;
  database: OutboxDatabase;
  locks: LockManager | undefined;
  tell: (message: FromOutbox) => void;
  /** see {@link NEWS_MS} */
  newsMs?: number;
}

/** An outbox that is spoken to by messages. */
export interface ServedOutbox {
  hear(message: ToOutbox): void;
  dispose(): void;
}

/** Runs the outbox of the page that will say `open`. */
export function serveOutbox(workplace: Workplace): ServedOutbox {
  let served: Opened | null = null;
  return {
    hear: message => {
      if (message.kind === 'open') served ??= new Opened(workplace, message);
      else served?.hear(message);
    },
    dispose: () => served?.dispose()
  };
}

class Opened {
  constructor(
    private readonly workplace: Workplace,
    { pageId, destination, bounds, page }: Extract<ToOutbox, { kind: 'open' }>
  ) {
    this.destination = destination;
    this.page = page;
    this.bounds = bounds;
    const { surroundings, database, locks, tell } = workplace;
    this.outbox = new Outbox({
      surroundings,
      database,
      locks,
      pageId,
      endpoint: () => this.destination.endpoint,
      token: () => this.destination.token ?? null,
      configuredUser: () => this.destination.configuredUser,
      bounds: () => this.bounds,
      page: () => this.page,
      record: statement => tell({ kind: 'statement', statement }),
      onState: state => this.note({ state }),
      onAdopted: ids => tell({ kind: 'adopted', ids }),
      onStored: stored => this.note({ stored }),
      onSettled: settled => this.note({ settled })
    });
  }

  hear(message: Exclude<ToOutbox, { kind: 'open' }>): void {
    if ('page' in message) this.page = message.page;
    switch (message.kind) {
      case 'take':
        return this.outbox.take(message.event);
      case 'adopt':
        return this.outbox.adopt(message.words);
      case 'list-refusals':
        void this.outbox.refusals().then(refusals => this.workplace.tell({ kind: 'refusals', refusals }));
        return;
      case 'bounds':
        this.bounds = message.bounds;
        return;
      case 'beat':
        return this.outbox.beat();
      case 'hurry':
        return this.outbox.hurry(message.spreadMs);
      case 'destination': {
        const isOther = message.destination.endpoint !== this.destination.endpoint;
        this.destination = message.destination;
        if (isOther) this.outbox.restart();
      }
    }
  }

  dispose(): void {
    this.outbox.dispose();
    this.cancel?.();
  }

  private note({ state, stored = [], settled = [] }: Partial<News>): void {
    const { news } = this;
    this.news = {
      state: state ?? news.state,
      confirmed: null,
      stored: [...news.stored, ...stored],
      settled: [...news.settled, ...settled]
    };
    if (this.cancel) return;
    const { surroundings, newsMs = NEWS_MS } = this.workplace;
    // The first at once, so that a page that asks is answered; what follows it within the time together.
    const wait = Math.max(0, this.toldAt + newsMs - surroundings.monotonic());
    this.cancel = surroundings.after(wait, () => this.tellNews());
  }

  private tellNews(): void {
    this.cancel = null;
    this.toldAt = this.workplace.surroundings.monotonic();
    const { news } = this;
    this.news = { ...news, stored: [], settled: [] };
    this.workplace.tell({ kind: 'news', ...news, confirmed: this.outbox.confirmed });
  }

  private readonly outbox: Outbox;
  private destination;
  private page;
  private bounds;
  private news: News = { state: NOTHING_KNOWN, confirmed: null, stored: [], settled: [] };
  private toldAt = -Infinity;
  private cancel: (() => void) | null = null;
}
