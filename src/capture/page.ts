import type { AuditEvent, Statement } from '@celltrail/protocol';

/** What a page needs to put its stamp on statements. */
export interface PageOptions {
  pageId: string;
  /** the page's date, ISO 8601 */
  date: () => string;
  emit: (event: AuditEvent) => void;
}

/**
 * A Lab tab as the source of events: it numbers them without holes, in the order they leave it. Until {@link open}
 * they are held, because those who carry them away may not be listening yet.
 */
export class Page {
  constructor(private readonly options: PageOptions) {}

  /** Number of the last event that was stamped; 0 before the first. */
  get sequence(): number {
    return this.last;
  }

  /** Puts the page's stamp on a statement and sends it on. */
  state(statement: Statement): void {
    const { pageId, date } = this.options;
    const event: AuditEvent = { ...statement, observed_at: date(), page_id: pageId, page_seq: ++this.last };
    if (this.held) this.held.push(event);
    else this.options.emit(event);
  }

  /** Lets events go: those who carry them away are there. */
  open(): void {
    const held = this.held ?? [];
    this.held = null;
    for (const event of held) this.options.emit(event);
  }

  private last = 0;
  private held: AuditEvent[] | null = [];
}
