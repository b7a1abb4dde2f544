import { observationId, type Statement } from '@celltrail/protocol';
import type { OpenTerminals, OpenTerminal } from './open-terminals.js';

/** An opening is told this much later, ms: two tabs that see it at the same moment agree by then when it began. */
export const OPENING_TOLD_MS = 500;

/** What the terminals of a page need from outside. */
export interface TerminalsOptions {
  state: (statement: Statement) => void;
  /** the page's date, ISO 8601 */
  date: () => string;
  later: (ms: number, callback: () => void) => void;
  /** what the tabs of this browser know of terminals that are open */
  shared: OpenTerminals;
  /** which server they are on: its address and when it started. Terminals end with their server. */
  server: () => string;
}

interface Known extends OpenTerminal {
  isTold: boolean;
}

/**
 * The terminals of the server, opened and closed: not what is typed in them, which nobody here sees.
 * One that was open before any tab of this browser looked is told as opened when it is first seen, and how long it was
 * open is not known.
 */
export class Terminals {
  constructor(private readonly options: TerminalsOptions) {}

  /** The names of the terminals that run now. */
  running(names: readonly string[]): void {
    const now = new Set(names);
    for (const name of now) this.see(name);
    for (const name of [...this.open.keys()]) if (!now.has(name)) this.closed(name);
    this.isFirst = false;
  }

  /** Tells at once what was held back: the page goes. */
  flush(): void {
    for (const name of this.open.keys()) this.tell(name);
  }

  /** Looks anew: what was open is not taken for closed. */
  forget(): void {
    this.flush();
    this.open.clear();
    this.isFirst = true;
  }

  private see(name: string): void {
    const { shared, server, date, later } = this.options;
    const known = this.open.get(name);
    const others = shared.recall(server(), name);
    // A name is free again when its terminal is closed: another tab may have seen that in between.
    if (known?.isTold && others && others.since !== known.since) this.closed(name);
    else if (known) return;
    const found = others ?? { since: date(), isBegun: !this.isFirst };
    if (!others) shared.keep(server(), name, found);
    this.open.set(name, { ...found, isTold: false });
    later(OPENING_TOLD_MS, () => this.tell(name));
  }

  private tell(name: string): void {
    const known = this.open.get(name);
    if (!known || known.isTold) return;
    const { shared, server, state } = this.options;
    Object.assign(known, shared.recall(server(), name), { isTold: true });
    state({ id: this.id('terminal.opened', name, known), type: 'terminal.opened', terminal_name: name });
  }

  private closed(name: string): void {
    this.tell(name);
    const known = this.open.get(name);
    if (!known) return;
    const { shared, server, state, date } = this.options;
    this.open.delete(name);
    if (shared.recall(server(), name)?.since === known.since) shared.drop(server(), name);
    state({
      id: this.id('terminal.closed', name, known),
      type: 'terminal.closed',
      terminal_name: name,
      // By the clock that all tabs share.
      duration_ms: known.isBegun ? Math.max(0, Date.parse(date()) - Date.parse(known.since)) : null
    });
  }

  private id(type: string, name: string, { since }: OpenTerminal): string {
    return observationId(type, this.options.server(), name, since);
  }

  private readonly open = new Map<string, Known>();
  private isFirst = true;
}
