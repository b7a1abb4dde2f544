import type { AuditEvent, Statement } from '@celltrail/protocol';
import type { Kernel } from '@jupyterlab/services';
import { Signal, type ISignal } from '@lumino/signaling';
import { faults, guarded } from '../guarded.js';
import type { ICapture } from '../tokens.js';
import { Agents } from './agents.js';
import { listen, watchConnections, type ConnectionFault, type Connections } from './connections.js';
import { type Application, Places, type Scheduled } from './context.js';
import type { Counts } from './counts.js';
import { Kernels } from './kernels.js';
import { Page } from './page.js';
import { type Handover, Runs } from './runs.js';
import { see, type Context, type JupyterMessage } from './seen.js';
import { signOf } from './signs.js';
import type { OpenTerminals } from './open-terminals.js';
import { Terminals } from './terminals.js';

/** What capture needs from its page. */
export interface CaptureOptions {
  pageId: string;
  /** the browser profile; null where it keeps nothing */
  browserId: string | null;
  /** the versions that `page.opened` tells */
  versions: { extension_version: string; lab_version: string | null };
  isEnabled: boolean;
  kernels: Kernel.IManager;
  application: Application;
  handover: Handover;
  counts: Counts;
  openTerminals: OpenTerminals;
  randomId: () => string;
  /** monotonic clock, ms */
  clock: () => number;
  /** ISO 8601 */
  date: () => string;
  later: (ms: number, callback: () => void) => void;
  /** @returns a function that ends it */
  every: (ms: number, callback: () => void) => () => void;
  /** the words of a fault */
  explain: (fault: ConnectionFault) => string;
}

/** Joins the parts: connections → messages → runs and kernels → statements → the page's events. */
export class Capture implements ICapture {
  constructor(private readonly options: CaptureOptions) {
    const { pageId, date, randomId, clock, later, every, handover } = options;
    const state = (statement: Statement) => this.state(statement);
    this.capturing = options.isEnabled;
    this.pageId = pageId;
    this.page = new Page({ pageId, date, emit: event => this.eventsSignal.emit(event) });
    const afterTurn = (callback: () => void) => queueMicrotask(guarded('capture', callback));
    this.agents = new Agents(afterTurn);
    this.places = new Places(options.application, { clock, afterTurn });
    this.runs = new Runs({
      state,
      handover,
      every: (ms, callback) => every(ms, guarded('capture', callback)),
      origin: kernelId => this.kernels.origin(kernelId)
    });
    this.kernels = new Kernels({
      runs: this.runs,
      state,
      randomId,
      clock,
      date,
      later: (ms, callback) => later(ms, guarded('capture', callback)),
      isRunning: kernelId => isRunning(options.kernels, kernelId),
      pathOf: kernelId => this.places.pathOf(kernelId),
      counts: options.counts
    });
    this.terminals = new Terminals({
      state,
      date,
      later: (ms, callback) => later(ms, guarded('capture', callback)),
      shared: options.openTerminals,
      server: () => this.terminalServer
    });
    this.began();
    faults.changed.connect(this.onFault);
    this.connections = watchConnections(options.kernels, {
      onConnection: guarded('capture', (connection, isNew, model) => this.join(connection, isNew, model)),
      onFault: fault => this.fail(fault)
    });
  }

  readonly pageId: string;
  readonly places: Places;
  readonly agents: Agents;
  capturing: boolean;

  get events(): ISignal<ICapture, AuditEvent> {
    return this.eventsSignal;
  }

  get sequence(): number {
    return this.page.sequence;
  }

  get stateChanged(): ISignal<ICapture, void> {
    return this.stateSignal;
  }

  get fault(): string | null {
    return this.connectionFault ? this.options.explain(this.connectionFault) : faults.of('capture');
  }

  get faultCode(): string | null {
    return this.connectionFault ?? faults.of('capture');
  }

  /** States what another plugin saw. It is on record even while capture is off: it is not about what a person runs. */
  record(statement: Statement): void {
    this.page.state(statement);
  }

  asAgent<T>(deed: () => T): T {
    return this.agents.act(deed);
  }

  /** Lab's notebook announces a cell that is about to be run. */
  onScheduled(cell: Omit<Scheduled, 'isAgents'>): void {
    const { isActing } = this.agents;
    const scheduled = this.places.schedule({ ...cell, isAgents: isActing });
    if (!isActing) this.agents.remember(() => (scheduled.isAgents = true));
  }

  /** Those who carry events away are there: what was held goes out. */
  open(): void {
    this.page.open();
  }

  /** Which kernels the server has: a run that another page left in one it hasn't has ended, unseen. */
  onKernels(running: readonly string[]): void {
    if (this.capturing) this.runs.disown(kernelId => !running.includes(kernelId));
  }

  /** A notebook or console uses that connection: it must have come by the way that is watched. */
  expect(connection: Kernel.IKernelConnection): void {
    this.connections.expect(connection);
  }

  /** The toggle. What was going on when it went off is stated as unknown, so that its absence is on record. */
  enable(isEnabled: boolean): void {
    if (isEnabled === this.capturing) return;
    if (isEnabled) {
      this.capturing = true;
      this.page.state({ id: this.options.randomId(), type: 'capture.enabled' });
      this.kernels.blind('capture_disabled');
    } else {
      this.kernels.flush();
      this.runs.lose(null, 'capture_disabled');
      this.capturing = false;
      this.terminals.forget();
      this.page.state({ id: this.options.randomId(), type: 'capture.disabled' });
    }
    this.stateSignal.emit();
  }

  /** The page goes: what is going on will be told by the next page, if there is one. */
  close(): void {
    this.kernels.flush();
    this.terminals.flush();
    this.runs.lose(null, 'page_closed');
    this.state({ id: this.options.randomId(), type: 'page.closed', ...this.options.versions });
  }

  /** The page came back as it was, from the browser's cache. */
  reopen(): void {
    this.state({ id: this.options.randomId(), type: 'page.opened', reason: 'restored', ...this.opening });
  }

  /** The terminals that run now. @param server which one they are on, and when it started */
  onTerminals(names: readonly string[], server: string): void {
    this.terminalServer = server;
    if (this.capturing) this.terminals.running(names);
  }

  /** Code was put into a console by a command, in the same turn as its request. @param path of the file it came from */
  onInjected(code: string, path: string): void {
    const sent = this.lastConsole;
    this.lastConsole = null;
    if (!sent || sent.code !== code || this.places.isNotebook(path)) return;
    this.runs.place(sent.kernelId, sent.msgId, () => ({ client: 'editor', cellId: null, notebookPath: path }));
  }

  /** Ends all of it; nothing more is stated. */
  dispose(): void {
    faults.changed.disconnect(this.onFault);
    this.connections.dispose();
    for (const end of this.listening.values()) end();
    this.listening.clear();
    this.runs.dispose();
    Signal.clearData(this);
  }

  private get opening(): Pick<Statement & { type: 'page.opened' }, 'browser_id' | 'extension_version' | 'lab_version'> {
    return { browser_id: this.options.browserId, ...this.options.versions };
  }

  private began(): void {
    const { randomId } = this.options;
    if (this.capturing) this.page.state({ id: randomId(), type: 'page.opened', ...this.opening });
    else this.page.state({ id: randomId(), type: 'capture.disabled', reason: 'off_when_the_page_opened' });
  }

  private state(statement: Statement): void {
    if (this.capturing) this.page.state(statement);
  }

  private join(connection: Kernel.IKernelConnection, isNew: boolean, model: Kernel.IModel): void {
    // A model may be an old one that Lab kept; a kernel that others are connected to is not coming up just now.
    const isStarting = isNew && model.execution_state === 'starting' && !model.connections;
    const isUp = connection.connectionStatus === 'connected';
    this.kernels.join(connection.id, connection.name, connection, isUp, isStarting);
    const end = listen(connection, {
      onMessage: guarded('capture', (_, args) => this.onMessage(connection, args)),
      onStatus: guarded('capture', (_, status) => this.kernels.status(connection.id, status)),
      onLink: guarded('capture', (_, link) => this.kernels.link(connection.id, connection, link)),
      onDisposed: guarded('capture', () => this.leave(connection))
    });
    this.listening.set(connection, end);
  }

  private leave(connection: Kernel.IKernelConnection): void {
    this.listening.get(connection)?.();
    this.listening.delete(connection);
    this.kernels.leave(connection.id, connection);
  }

  private onMessage(connection: Kernel.IKernelConnection, { msg, direction }: Kernel.IAnyMessageArgs): void {
    // Read-only, and never kept: outputs of any size pass without being copied.
    const message = msg as unknown as JupyterMessage;
    // What kind of kernel it is must be known when capture is turned on, too: that is told once, at the connection.
    const sign = direction === 'recv' ? signOf(message) : null;
    if (sign) this.kernels.sign(connection.id, connection, sign);
    if (!this.capturing) return;
    const seen = see(direction, message, this.kernels.origin(connection.id, connection.clientId));
    if (!seen) return;
    const { msgId } = seen.request;
    const before = this.runs.peek(connection.id, msgId);
    const wasAlone = this.runs.going(connection.id) === 0;
    if (seen.kind === 'request') {
      const { context, scheduled } = this.places.ofRequest(connection, seen);
      this.lastConsole = context.client === 'console' ? { kernelId: connection.id, msgId, code: seen.code } : null;
      seen.context = context;
      const sending = { ...context, kernelId: connection.id, code: seen.code, isScheduled: scheduled !== null };
      if (seen.isAgents || scheduled?.isAgents || this.agents.sends(sending)) context.client = 'agent';
      else this.agents.remember(() => this.runs.place(connection.id, msgId, known => byAgent(known ?? context)));
    } else if (seen.kind === 'input' && !before?.context) {
      seen.context = this.places.ofForeign(connection.id, seen.code);
    }
    const run = this.runs.see(seen);
    if (seen.kind === 'input' && run && !before?.inputAt) this.kernels.count(run, wasAlone);
  }

  private fail(fault: ConnectionFault): void {
    if (this.connectionFault === fault) return;
    this.connectionFault = fault;
    console.warn(`Celltrail: capture: ${fault}`);
    this.stateSignal.emit();
  }

  private readonly onFault = (_: unknown, room: string): void => {
    if (room === 'capture') this.stateSignal.emit();
  };

  private readonly page: Page;
  private readonly runs: Runs;
  private readonly kernels: Kernels;
  private readonly terminals: Terminals;
  private terminalServer = '';
  private readonly connections: Connections;
  private readonly listening = new Map<Kernel.IKernelConnection, () => void>();
  private readonly eventsSignal = new Signal<ICapture, AuditEvent>(this);
  private readonly stateSignal = new Signal<ICapture, void>(this);
  private connectionFault: ConnectionFault | null = null;
  private lastConsole: { kernelId: string; msgId: string; code: string } | null = null;
}

function byAgent(context: Context): Context {
  return { ...context, client: 'agent' };
}

async function isRunning(manager: Kernel.IManager, kernelId: string): Promise<boolean | null> {
  try {
    await manager.refreshRunning();
  } catch {
    return null; // the server can't be asked; nobody knows
  }
  for (const model of manager.running()) if (model.id === kernelId) return true;
  return false;
}
