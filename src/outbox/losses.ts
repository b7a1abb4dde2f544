import type { Entry } from './entry.js';
import type { LossReason } from './layout.js';
import type { OutboxDatabase } from './database.js';

/** What a teller of losses needs. */
export interface LossesParts {
  database: Pick<OutboxDatabase, 'losses' | 'lossTold'>;
  /** states it, as an event of this page */
  record: (statement: { type: 'capture.gap'; reason: LossReason; missing: number }) => void;
  /** the browser's storage failed */
  onFault: (error: unknown) => void;
}

/**
 * Puts on record how many events were lost to the outbox's bounds. The count lies on the disk until the statement does:
 * a page that goes in between tells it twice rather than never.
 */
export class Losses {
  constructor(private readonly parts: LossesParts) {}

  /** Tell what was lost of this person's, if anything was. For the tab that sends, when there is room for it. */
  async tell(actor: string): Promise<void> {
    if (this.telling.size > 0) return;
    try {
      for (const { reason, events } of await this.parts.database.losses(actor)) {
        this.telling.set(reason, { actor, events });
        this.parts.record({ type: 'capture.gap', reason, missing: events });
      }
    } catch (error) {
      this.parts.onFault(error);
    }
  }

  /** These are on the disk: a statement of a loss may be among them. */
  stored(entries: readonly Entry[]): void {
    if (this.telling.size === 0) return;
    for (const { type, json } of entries) {
      if (type !== 'capture.gap') continue;
      const { reason } = JSON.parse(json) as { reason?: LossReason };
      const told = reason && this.telling.get(reason);
      if (!told) continue;
      this.parts.database
        .lossTold(told.actor, reason, told.events)
        .then(() => this.telling.delete(reason))
        .catch((error: unknown) => this.parts.onFault(error));
    }
  }

  private readonly telling = new Map<LossReason, { actor: string; events: number }>();
}
