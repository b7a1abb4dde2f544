import { type Statement } from '@celltrail/protocol';

/** What the terminals of a page need from outside. */
export interface TerminalsOptions {
  state: (statement: Statement) => void;
  randomId: () => string;
  /** the page's monotonic clock, ms */
  clock: () => number;
}

/**
 * The terminals of the server, opened and closed: not what is typed in them, which nobody here sees.
 * One that was open before the page looked is told as opened when it is first seen, without a beginning of its own.
 */
export class Terminals {
  constructor(private readonly options: TerminalsOptions) {}

  /** The names of the terminals that run now. */
  running(names: readonly string[]): void {
    const now = new Set(names);
    for (const name of now) if (!this.open.has(name)) this.opened(name);
    for (const name of [...this.open.keys()]) if (!now.has(name)) this.closed(name);
    this.isFirst = false;
  }

  /** Looks anew: what was open is not taken for closed. */
  forget(): void {
    this.open.clear();
    this.isFirst = true;
  }

  private opened(name: string): void {
    // How long a terminal was open that was there before us is not known.
    this.open.set(name, this.isFirst ? null : this.options.clock());
    this.options.state({ id: this.options.randomId(), type: 'terminal.opened', terminal_name: name });
  }

  private closed(name: string): void {
    const since = this.open.get(name) ?? null;
    this.open.delete(name);
    this.options.state({
      id: this.options.randomId(),
      type: 'terminal.closed',
      terminal_name: name,
      duration_ms: since === null ? null : Math.round((this.options.clock() - since) * 1000) / 1000
    });
  }

  private readonly open = new Map<string, number | null>();
  private isFirst = true;
}
