import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import type { AuditEvent, Problem, Statement } from '@celltrail/protocol';
import type { Language, Translate } from '@celltrail/protocol/locales';

/** What a person or the image's owner chose, with defaults filled in. */
export interface SettingsValues {
  /** whether executions are captured */
  enabled: boolean;
  /** address of the audit server without a trailing slash */
  endpoint: string;
  showBanner: boolean;
  /** the banner's five lines, `{user}` filled in where it is shown; empty: the language's own */
  banner: readonly string[];
  language: Language;
  /** the user that the image's configuration names; the server's word counts where it answers */
  configuredUser: string | null;
  /** what the image's configuration gave to show its server; null for any other server, and where there is none */
  token: string | null;
  outbox: OutboxBounds;
}

/** How much a browser keeps of what the server has not answered for. */
export interface OutboxBounds {
  maxEvents: number;
  /** UTF-8 bytes */
  maxBytes: number;
  /** days on which JupyterLab was used in this browser */
  maxDays: number;
}

/** The settings of the extension, and the words of the language they choose. */
export interface ISettings {
  readonly values: SettingsValues;
  readonly t: Translate;
  readonly direction: 'ltr' | 'rtl';
  readonly changed: ISignal<ISettings, SettingsValues>;
}

/** Provided by the settings plugin. */
export const ISettings = new Token<ISettings>(
  'jupyterlab-celltrail:ISettings',
  'The settings of Celltrail and its words.'
);

/** Turns what happens in this page into events. */
export interface ICapture {
  /** every event of this page, stamped with the page's id and its sequence, in that order */
  readonly events: ISignal<ICapture, AuditEvent>;
  readonly pageId: string;
  /** number of the last event that this page stamped; 0 before the first */
  readonly sequence: number;
  /** whether executions are captured now */
  readonly capturing: boolean;
  /** why capture can't see kernels although it is on: Lab changed under it, or a callback failed; null when all is well */
  readonly fault: string | null;
  /** the same for the server, which has words of its own: `no-connect-to`, `bypassed`, or what the failure said */
  readonly faultCode: string | null;
  readonly stateChanged: ISignal<ICapture, void>;
  /** State something that another plugin saw; it gets its page's stamp and travels like the rest. */
  record(statement: Statement): void;
  /**
   * For extensions that let an agent run code: what is sent to a kernel, or handed to Lab to be run, before `deed`
   * returns is recorded as the agent's. What it sends later (after an `await`) is not: call this again around that.
   * @returns what `deed` returns; what it throws is thrown
   */
  asAgent<T>(deed: () => T): T;
}

/** Provided by the capture plugin. */
export const ICapture = new Token<ICapture>(
  'jupyterlab-celltrail:ICapture',
  'The events that Celltrail captured in this page.'
);

/** What a failure is called where neither the server nor the browser has words for it; people get words of their own. */
export const OWN_PROBLEMS = ['timeout', 'not-our-server', 'unreadable-answer', 'too-large-on-the-way'] as const;

/** How delivery stands. */
export interface OutboxState {
  /**
   * `refused`: the server refuses this user or this origin; `expired`: it no longer knows who is signed in; `storage`:
   * the browser keeps nothing
   */
  reach: 'unknown' | 'reachable' | 'unreachable' | 'refused' | 'expired' | 'storage';
  /** events not yet acknowledged */
  waiting: number;
  /** of these, what waits for another person to sign in */
  others: number;
  /** events kept because the server refused them for good */
  refused: number;
  /** the browser keeps as many as it may: what is captured now is lost, and counted */
  full: boolean;
  /** Unix ms of the last acknowledgement; null before the first */
  lastStoredAt: number | null;
  /** Unix ms of the next try; null when none is due */
  nextTryAt: number | null;
  /** what the last failure said: in the server's or the browser's words, or one of {@link OWN_PROBLEMS}; null: none */
  problem: string | null;
  /** whom the server takes this page for; null until it answered */
  username: string | null;
}

/** An event that the server refused for good, as the browser keeps it. */
export interface Refusal {
  /** as it was sent */
  event: unknown;
  problem: Problem;
  /** Unix ms; null where it lies only in memory */
  refusedAt: number | null;
}

/** The browser's durable queue of events not yet acknowledged. */
export interface IOutbox {
  readonly state: OutboxState;
  readonly changed: ISignal<IOutbox, OutboxState>;
  /** Try at once instead of waiting for the back-off. */
  retry(): void;
  /** What the server refused of the person who is signed in, oldest first, {@link MAX_REFUSALS} at most. */
  refusals(): Promise<readonly Refusal[]>;
}

/** How many refused events are listed. */
export const MAX_REFUSALS = 200;

/** Provided by the outbox plugin. */
export const IOutbox = new Token<IOutbox>('jupyterlab-celltrail:IOutbox', 'The events that wait for the audit server.');
