import { z } from 'zod';
import { MAX_CODE_LENGTH, MAX_ERROR_MESSAGE_LENGTH, MAX_TEXT_LENGTH, MAX_TRACEBACK_LENGTH } from './limits.js';
import { EXECUTION_CLIENTS, EXECUTION_STATUSES } from './status.js';

const text = z.string().max(MAX_TEXT_LENGTH);
const name = text.min(1);
const instant = z.iso
  .datetime({ offset: true })
  .describe('ISO 8601 with a time zone; microseconds where the clock gives them');
const milliseconds = z.number().min(0).describe('milliseconds, three decimals');
const count = z.int().min(0);

const browserId = z
  .guid()
  .nullish()
  .describe('the browser profile, by a random id that it keeps; its pages share one outbox');

/** What every event carries, whoever made it. */
const envelope = z.object({
  id: z
    .guid()
    .describe(
      'the execution id for execution.started and .finished; of what several pages see alike a hash of it (observationId); else random'
    ),
  observed_at: instant.describe("when the page made this event, by the page's clock"),
  page_id: z.guid().describe('the Lab tab that observed it'),
  page_seq: z.int().min(1).describe('number of this event in its page, without holes: a hole is a lost event')
});

const kernel = { kernel_id: name, kernel_name: text.nullish() };

/**
 * One execution as far as it was seen. `execution.started` tells of a run still going, `execution.finished` is
 * whole by itself: the store makes one row of either or both, in any order.
 */
const execution = envelope.extend({
  ...kernel,
  msg_id: name.describe('msg_id of the execute_request'),
  session_id: text.nullish().describe("session of the request's header: which client sent it"),
  requested_at: instant.describe("date of the request's header, by the client's clock"),
  code: z.string().max(MAX_CODE_LENGTH).describe("the request's code, never the cell's text afterwards"),
  status: z.enum(EXECUTION_STATUSES),
  timestamp: instant.describe('when the kernel began; for a run that never began, when it was requested'),
  execution_time_ms: milliseconds.nullish().describe("the kernel's time, without the queue's"),
  queued_ms: milliseconds.nullish().describe('from the request to the beginning'),
  cell_number: count.nullish().describe("the kernel's execution_count"),
  cell_id: text.nullish(),
  notebook_path: text.nullish(),
  client: z.enum(EXECUTION_CLIENTS).nullish(),
  silent: z.boolean().nullish(),
  store_history: z.boolean().nullish(),
  error_name: text.nullish(),
  error_message: z.string().max(MAX_ERROR_MESSAGE_LENGTH).nullish().describe('ename: evalue'),
  error_traceback: z.string().max(MAX_TRACEBACK_LENGTH).nullish().describe('without ANSI codes'),
  error_traceback_length: count.nullish().describe('its length before it was cut'),
  output_types: z.array(text).max(100).nullish().describe('MIME types displayed'),
  output_bytes: count.nullish(),
  reason: text.nullish().describe('why the status is unknown, or how long a code was that had to be cut')
});

const started = execution.extend({ type: z.literal('execution.started') });
const finished = execution.extend({ type: z.literal('execution.finished') });

const unseen = envelope.extend({
  type: z.literal('execution.unseen'),
  ...kernel,
  msg_id: name,
  session_id: text.nullish(),
  timestamp: instant,
  execution_time_ms: milliseconds.nullish()
});

const kernelEvent = envelope.extend({ ...kernel, notebook_path: text.nullish(), reason: text.nullish() });
const captureEvent = envelope.extend({ reason: text.nullish() });

const gap = envelope.extend({
  type: z.literal('capture.gap'),
  kernel_id: text.nullish(),
  reason: name.describe('execution_count, connection_lost, page_late, page_seq, …'),
  gap_from: text.nullish().describe('the last that was seen: a count or a time'),
  gap_to: text.nullish().describe('the first seen after it'),
  missing: count.nullish().describe('how many are missing, where that is known')
});

const pageEvent = envelope.extend({
  extension_version: text.nullish(),
  lab_version: text.nullish(),
  reason: text.nullish()
});
const terminalEvent = envelope.extend({ terminal_name: name, duration_ms: milliseconds.nullish() });

const refused = envelope.extend({
  type: z.literal('outbox.refused'),
  refused_id: z.guid().describe('id of the event that the server refused'),
  refused_type: text,
  problem: text.describe('the problem type it was answered'),
  field: text.nullish(),
  refused_page_id: z.guid().nullish().describe('the page whose number is accounted for by this'),
  refused_page_seq: z.int().min(1).nullish().describe('that number')
});

/** Every event a browser may send, told apart by `type`. */
export const auditEvent = z.discriminatedUnion('type', [
  started,
  finished,
  unseen,
  kernelEvent.extend({ type: z.literal('kernel.started') }),
  kernelEvent.extend({ type: z.literal('kernel.restarted') }),
  kernelEvent.extend({ type: z.literal('kernel.died') }),
  captureEvent.extend({ type: z.literal('capture.enabled') }),
  captureEvent.extend({ type: z.literal('capture.disabled') }),
  gap,
  pageEvent.extend({ type: z.literal('page.opened'), browser_id: browserId }),
  pageEvent.extend({ type: z.literal('page.closed') }),
  terminalEvent.extend({ type: z.literal('terminal.opened') }),
  terminalEvent.extend({ type: z.literal('terminal.closed') }),
  refused
]);

/** An immutable statement, as it travels from a browser. */
export type AuditEvent = z.infer<typeof auditEvent>;

/** The name of an event's kind. */
export type AuditEventType = AuditEvent['type'];

/** An event that makes or completes a row of `code_execution_logs`. */
export type ExecutionEvent = Extract<AuditEvent, { type: 'execution.started' | 'execution.finished' }>;

/** Every other event: it lands in `audit_events`. */
export type OtherEvent = Exclude<AuditEvent, ExecutionEvent>;

type Unenveloped<E> = E extends unknown ? Omit<E, 'observed_at' | 'page_id' | 'page_seq'> : never;

/** An event before its page has put its own stamp on it. */
export type Statement = Unenveloped<AuditEvent>;

/** The page that sends a batch, as it stands now: the server keeps it as presence. */
export const pageState = z.object({
  page_id: z.guid(),
  extension_version: text,
  lab_version: text.nullish(),
  capturing: z.boolean(),
  last_seq: count.nullish().describe('the number of its last event so far: one up to it that never comes is missing'),
  fault: text.nullish().describe('why it may miss runs although it captures: no-connect-to, bypassed, or what failed'),
  browser_id: browserId,
  keeping: z
    .enum(['disk', 'memory', 'full'])
    .nullish()
    .describe('how it keeps what was not acknowledged: memory is lost with the tab, full loses what is captured now'),
  waiting: count.describe('events in the outbox that were not acknowledged yet'),
  refused: count.describe('events kept because the server refused them for good')
});

/** What a page says of itself with every batch. */
export type PageState = z.infer<typeof pageState>;

/**
 * The body of `POST /api/events`. Events are checked one by one after the envelope was, so that one bad event
 * never fails its neighbours. No events at all is a heartbeat.
 */
export const eventBatch = z.object({
  protocol: z.int(),
  page: pageState.nullish(),
  actor: text
    .nullish()
    .describe("whose events these are, as GET /api/me said; another's credential is answered actor-changed"),
  events: z.array(z.unknown())
});

/** The body of `POST /api/events` as a sender makes it. */
export interface EventBatch {
  protocol: number;
  page?: PageState | null;
  actor?: string | null;
  events: AuditEvent[];
}
