/** A request that is sent, as far as it can be matched with what an agent's command was told to run. */
export interface Sending {
  kernelId: string;
  cellId: string | null;
  code: string;
  /** Lab's notebook announced the cell first, as it does for every cell that a person runs */
  isScheduled: boolean;
}

/** What a command was told to run, by its arguments. */
interface Target {
  kernelId: string | null;
  cellId: string | null;
  code: string | null;
}

/**
 * Commands that agents' extensions register for their agents alone.
 * - `notebook-intelligence:run-cell-at-index`: called for the tool `run-cell`, https://github.com/plmbr/notebook-intelligence
 * - `notebook:append-execute`: jupyter-mcp-tools, https://github.com/datalayer/jupyter-mcp-tools
 * - `jupyterlab-ai-commands:…`: the tools of Jupyter AI where documents are not shared,
 *   https://github.com/jupyter-ai-contrib/jupyterlab-ai-commands
 */
const AGENTS_COMMANDS = /^(notebook-intelligence:run-cell-at-index|notebook:append-execute|jupyterlab-ai-commands:.+)$/;

/**
 * The event by which jupyterlab-commands-toolkit (Jupyter AI's tools, jupyter-server-mcp) has the page run a command.
 * https://github.com/jupyter-ai-contrib/jupyterlab-commands-toolkit
 */
export const AGENT_ASKS = 'https://events.jupyter.org/jupyterlab_command_toolkit/lab_command/v1';

/**
 * What runs at an agent's bidding. Only what is certain counts: what was sent in the same synchronous turn as an
 * agent's command, which no person can get into, and what such a command was told by its arguments to run and Lab's
 * notebook did not announce. An agent that runs Lab's own command by itself looks like a person and is taken for one.
 */
export class Agents {
  /** @param afterTurn calls back when the synchronous turn that is going on is over, and before any other begins */
  constructor(private readonly afterTurn: (callback: () => void) => void) {}

  /** Does what an agent wants: all that it sends before it returns is the agent's. */
  act<T>(deed: () => T): T {
    this.acting++;
    try {
      return deed();
    } finally {
      this.acting--;
    }
  }

  /** Whether an agent is acting now. */
  get isActing(): boolean {
    return this.acting > 0;
  }

  /** Whether a request that is being sent is known to be an agent's. */
  sends(sending: Sending): boolean {
    return this.isActing || [...this.targets].some(target => isMeant(target, sending));
  }

  /** Something is sent in this turn that isn't known to be an agent's. @param claim called if that turns out */
  remember(claim: () => void): void {
    this.turn().claims.push(claim);
  }

  /** An agent has the page run a command: the extension that listens too does so in this turn, before or after. */
  asked(command: string): void {
    const turn = this.turn();
    turn.asked.add(command);
    if (turn.executed.has(command)) this.claim(turn);
  }

  /** A command was executed, as far as it went in this turn. @param ended settles when all of it was */
  executed(command: string, args: unknown, ended: Promise<unknown>): void {
    const turn = this.turn();
    turn.executed.add(command);
    const isOwn = AGENTS_COMMANDS.test(command);
    if (isOwn || turn.asked.has(command)) this.claim(turn);
    const target = isOwn ? targetOf(args) : null;
    if (!target) return;
    this.targets.add(target);
    const forget = () => void this.targets.delete(target);
    ended.then(forget, forget);
  }

  private claim(turn: Turn): void {
    for (const claim of turn.claims.splice(0)) claim();
  }

  private turn(): Turn {
    if (!this.current) {
      this.current = { claims: [], asked: new Set(), executed: new Set() };
      this.afterTurn(() => (this.current = null));
    }
    return this.current;
  }

  private acting = 0;
  private current: Turn | null = null;
  private readonly targets = new Set<Target>();
}

/** One synchronous turn of the page. */
interface Turn {
  claims: (() => void)[];
  asked: Set<string>;
  executed: Set<string>;
}

function targetOf(args: unknown): Target | null {
  const given = (args ?? {}) as Readonly<Record<string, unknown>>;
  const text = (name: string) => (typeof given[name] === 'string' && given[name] ? given[name] : null);
  const target = { kernelId: text('kernelId'), cellId: text('cellId'), code: text('code') };
  return (target.cellId ?? target.code) ? target : null;
}

// A cell that the notebook announced may be the person's own: the agent's command runs cells past the notebook.
function isMeant(target: Target, { kernelId, cellId, code, isScheduled }: Sending): boolean {
  if (isScheduled || (target.kernelId ?? kernelId) !== kernelId) return false;
  return cellId === null ? target.kernelId !== null && target.code === code : target.cellId === cellId;
}
