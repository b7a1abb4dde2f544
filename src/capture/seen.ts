import { ofBundle, ofStream, type Footprint } from './footprint.js';
import type { KernelRules } from './rules.js';
import { instant, micros, padded } from './times.js';
import type { Failure } from './traceback.js';

/** A Jupyter message as far as it is read here. https://jupyter-client.readthedocs.io/en/stable/messaging.html */
export interface JupyterMessage {
  channel: string;
  header: { msg_id: string; msg_type: string; session: string; date?: string };
  /** xeus-python writes null where a message has no parent */
  parent_header: Partial<JupyterMessage['header']> | null;
  /** xeus-python writes null for nothing */
  metadata: Readonly<Record<string, unknown>> | null;
  content: unknown;
  buffers?: readonly unknown[];
}

/** Who saw it, where and when. */
export interface Origin {
  kernelId: string;
  kernelName: string | null;
  rules: KernelRules;
  /** which connection delivered it: outputs are counted from one only, all connections of a kernel carry them */
  via: string;
  /** the page's monotonic clock, ms: for waiting only */
  clock: number;
  /** the page's date, ISO 8601: stands in where a message has none */
  wall: () => string;
}

/** Which request a message belongs to; every message of a run repeats it. */
export interface Request {
  msgId: string;
  sessionId: string | null;
  requestedAt: string;
}

/** Where a run came from, as far as the page can tell. */
export interface Context {
  client: 'notebook' | 'console' | 'editor' | 'foreign' | 'background' | 'agent';
  cellId: string | null;
  notebookPath: string | null;
}

/** What a request says of who wants it: an agent's extension may put `{ celltrail: { client: 'agent' } }` into its metadata. */
export interface Claim {
  isAgents?: true;
}

/** What a message says of a run. */
export type Said =
  | ({ kind: 'request'; code: string; silent: boolean; storeHistory: boolean; cellId: string | null } & Claim)
  | { kind: 'busy' | 'idle' }
  | { kind: 'input'; code: string; count: number | null }
  | { kind: 'output'; footprint: Footprint }
  | { kind: 'error'; failure: Failure }
  | { kind: 'reply'; status: string; startedAt: string | null; count: number | null; failure: Failure | null };

/** A message of a run. */
export type SeenMessage = Said & {
  origin: Origin;
  request: Request;
  /** the stamp of who sent the message: the kernel's, but for a request; empty for an output */
  at: string;
  /** session of the kernel process that sent it; null for a request. It changes when the kernel restarts. */
  process: string | null;
  context?: Context;
};

/** What the page's edges see beside messages. */
export type SeenEvent =
  /** time went by */
  | { kind: 'tick'; origin: Origin }
  /** the kernel is about to end: what it does not finish by itself ends with it */
  | { kind: 'doomed'; origin: Origin; status: EndStatus; reason: string | null; process: string | null }
  /** that kernel process is gone */
  | { kind: 'over'; origin: Origin; status: EndStatus; reason: string | null; process: string | null }
  /** nothing more will be seen by this page, or nothing was for a while */
  | { kind: 'lost'; origin: Origin; reason: string };

/** How a kernel's end ends its runs. */
export type EndStatus = 'kernel_restarted' | 'kernel_died';

/** Anything that moves a run on. */
export type Seen = SeenMessage | SeenEvent;

/**
 * What a message says of a run, or null when it says nothing: other requests (kernel_info, comm, complete, inspect,
 * debug, shutdown) and their answers make no run, and neither does a comm or a question inside of one.
 */
export function see(direction: 'send' | 'recv', message: JupyterMessage, origin: Origin): SeenMessage | null {
  const { header } = message;
  const isRequest = direction === 'send' && header.msg_type === 'execute_request';
  const of = isRequest ? header : direction === 'recv' ? message.parent_header : null;
  if (!of?.msg_id || of.msg_type !== 'execute_request') return null;
  const stamp = isRequest || origin.rules.padsFractions ? (date: unknown) => date : padded;
  const said = isRequest ? readRequest(message) : read(message, stamp);
  if (!said) return null;
  // Outputs come in thousands and open no run: their dates are not looked at.
  const at = said.kind === 'output' ? '' : (dated(stamp(header.date)) ?? origin.wall());
  const requestedAt = said.kind === 'output' ? '' : (dated(of.date) ?? at);
  const request = { msgId: of.msg_id, sessionId: of.session ?? null, requestedAt };
  return { ...said, origin, request, at, process: isRequest ? null : header.session };
}

// An execution id has no time before 1970, and no clock that counts was ever there.
function dated(value: unknown): string | undefined {
  const date = instant(value);
  return date && micros(date) >= 0 ? date : undefined;
}

type Content = Readonly<Record<string, unknown>>;

function readRequest(message: JupyterMessage): Said {
  const content = message.content as Content;
  const silent = content['silent'] === true;
  return {
    kind: 'request',
    code: text(content['code']),
    silent,
    storeHistory: !silent && content['store_history'] !== false,
    ...readOrigin(message.metadata ?? {})
  };
}

// Lab sends a cell's own metadata along with its id, and a notebook may say there what it likes: a person who runs its
// cells is not taken for an agent. So the key counts only in a request that Lab did not make of a cell, and names its
// cell, if it has one, within the key.
function readOrigin(metadata: Content): { cellId: string | null } & Claim {
  const id = metadata['cellId'];
  if (typeof id === 'string') return { cellId: id };
  const claim = (metadata['celltrail'] ?? {}) as Content;
  if (claim['client'] !== 'agent') return { cellId: null };
  return { cellId: typeof claim['cellId'] === 'string' ? claim['cellId'] : null, isAgents: true };
}

function read(message: JupyterMessage, stamp: (date: unknown) => unknown): Said | null {
  const content = (message.content ?? {}) as Content;
  switch (message.header.msg_type) {
    case 'status': {
      const state = content['execution_state'];
      return state === 'busy' || state === 'idle' ? { kind: state } : null;
    }
    case 'execute_input':
      return { kind: 'input', code: text(content['code']), count: count(content['execution_count']) };
    case 'stream':
      return { kind: 'output', footprint: ofStream(content['name'], content['text']) };
    case 'display_data':
    case 'update_display_data':
    case 'execute_result':
      return { kind: 'output', footprint: ofBundle(content['data'], message.buffers) };
    case 'error':
      return { kind: 'error', failure: failure(content) };
    case 'execute_reply':
      return readReply(content, stamp(message.metadata?.['started']));
    default:
      return null;
  }
}

function readReply(content: Content, started: unknown): Said {
  const status = text(content['status']) || 'ok';
  return {
    kind: 'reply',
    status,
    startedAt: instant(started) ?? null,
    count: count(content['execution_count']),
    failure: status === 'error' ? failure(content) : null
  };
}

function failure(content: Content): Failure {
  const lines = content['traceback'];
  return {
    ename: text(content['ename']),
    evalue: text(content['evalue']),
    traceback: Array.isArray(lines) ? lines.filter((line): line is string => typeof line === 'string') : []
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function count(value: unknown): number | null {
  return Number.isInteger(value) && (value as number) >= 0 ? (value as number) : null;
}
