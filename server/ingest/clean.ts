import {
  executionId,
  isOpen,
  MAX_FUTURE_MS,
  type AuditEvent,
  type ExecutionEvent,
  type OtherEvent,
  type ProblemDetails,
  type ProblemType
} from '@celltrail/protocol';
import { auditEvent } from '@celltrail/protocol/schemas';
import { moment } from './moment.js';
import { isStorable, storable, storableValue } from './storable.js';

/** With every field there: what an event left out is null. */
type Filled<T> = { [K in keyof T]-?: undefined extends T[K] ? Exclude<T[K], undefined> | null : T[K] };

/** An execution as far as one event saw it, as a row can hold it. */
export type Execution = Filled<Omit<ExecutionEvent, 'type'>> & {
  /** the exact code as a JSON string, where `code` could not hold it */
  code_json: string | null;
  /** told by a page that did not send it: it saw no reply */
  witnessed: boolean;
};

/** Any other event, as a row can hold it. */
export interface Occurrence {
  id: string;
  type: string;
  observed_at: string;
  page_id: string;
  page_seq: number;
  kernel_id: string | null;
  /** the event whole; with `original_json` where a text of it could not be held as it is */
  body: Record<string, unknown>;
}

/** Why an event can't be stored. */
export interface Refusal {
  kind: ProblemType;
  details: ProblemDetails;
}

/** One event after a look at it. */
export type Cleaned =
  | { kind: 'execution'; execution: Execution }
  | { kind: 'occurrence'; occurrence: Occurrence }
  | { kind: 'refused'; refusal: Refusal };

/** Ten years. A sum of times past the range of a double would fail every later run of the same quarter of an hour. */
const MAX_DURATION_MS = 10 * 366 * 24 * 60 * 60 * 1000;

/**
 * Validates one event of a batch and makes it storable.
 * @param raw what came out of the JSON
 * @param index its place in the batch, for the name of the field that is wrong
 * @param now Unix ms by the server's clock
 */
export function cleanEvent(raw: unknown, index: number, now: number): Cleaned {
  const at = `events[${index}]`;
  const parsed = auditEvent.safeParse(raw);
  if (!parsed.success) return refused(readIssue(parsed.error.issues[0], at));
  const event = parsed.data;
  const refusal = checkDates(event, at, now) ?? checkDurations(event, at);
  if (refusal) return refused(refusal);
  if (event.type !== 'execution.started' && event.type !== 'execution.finished')
    return { kind: 'occurrence', occurrence: toOccurrence(event) };
  const wrong = checkExecution(event, at);
  return wrong ? refused(wrong) : { kind: 'execution', execution: toExecution(event) };
}

const refused = (refusal: Refusal): Cleaned => ({ kind: 'refused', refusal });

interface Issue {
  code?: string;
  path: PropertyKey[];
  message: string;
  note?: string;
}

function readIssue(issue: Issue | undefined, at: string): Refusal {
  const path = issue?.path.map(part => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('') ?? '';
  const field = at + path;
  if (issue?.code === 'invalid_union' && path === '.type')
    return {
      kind: 'event-type-unknown',
      details: { field, fix: 'send it to a server that knows it, or a known type' }
    };
  return { kind: 'field-invalid', details: { field, fix: issue?.message ?? 'send a valid event' } };
}

function checkDates(event: AuditEvent, at: string, now: number): Refusal | undefined {
  for (const name of ['observed_at', 'timestamp', 'requested_at'] as const) {
    const text = (event as Partial<Record<typeof name, string>>)[name];
    if (text === undefined) continue;
    const field = `${at}.${name}`;
    const ms = Date.parse(text);
    if (!Number.isFinite(ms) || ms < 0)
      return { kind: 'field-invalid', details: { field, fix: 'use a date after 1970' } };
    if (ms > now + MAX_FUTURE_MS)
      return {
        kind: 'date-in-future',
        details: { field, fix: 'set the clock that made it; it is more than a day ahead' }
      };
  }
  return undefined;
}

function checkDurations(event: AuditEvent, at: string): Refusal | undefined {
  for (const name of ['execution_time_ms', 'queued_ms', 'duration_ms'] as const) {
    const ms = (event as Partial<Record<typeof name, number | null>>)[name] ?? 0;
    if (ms > MAX_DURATION_MS)
      return {
        kind: 'field-invalid',
        details: { field: `${at}.${name}`, fix: 'use milliseconds, less than ten years' }
      };
  }
  return undefined;
}

function checkExecution(event: ExecutionEvent, at: string): Refusal | undefined {
  if (event.id.toLowerCase() !== executionId(event.requested_at, event.kernel_id, event.msg_id))
    return {
      kind: 'id-mismatch',
      details: { field: `${at}.id`, fix: 'make it of requested_at, kernel_id and msg_id' }
    };
  const fits = event.type === 'execution.started' ? isOpen(event.status) : event.status !== 'running';
  if (fits) return undefined;
  const fix = event.type === 'execution.started' ? 'a start is running or unknown' : 'an end is anything but running';
  return { kind: 'field-invalid', details: { field: `${at}.status`, fix } };
}

function toExecution(event: ExecutionEvent): Execution {
  const text = (value: string | null | undefined): string | null => (value == null ? null : storable(value));
  return {
    id: event.id.toLowerCase(),
    cell_number: event.cell_number ?? null,
    code: storable(event.code),
    code_json: isStorable(event.code) ? null : JSON.stringify(event.code),
    execution_time_ms: event.execution_time_ms ?? null,
    status: event.status,
    error_message: text(event.error_message),
    timestamp: momentOf(event.timestamp),
    notebook_path: text(event.notebook_path),
    cell_id: text(event.cell_id),
    client: event.client ?? null,
    witnessed: event.client === 'foreign',
    kernel_id: storable(event.kernel_id),
    kernel_name: text(event.kernel_name),
    msg_id: storable(event.msg_id),
    session_id: text(event.session_id),
    requested_at: momentOf(event.requested_at),
    queued_ms: event.queued_ms ?? null,
    silent: event.silent ?? null,
    store_history: event.store_history ?? null,
    error_name: text(event.error_name),
    error_traceback: text(event.error_traceback),
    error_traceback_length: event.error_traceback_length ?? null,
    output_types: event.output_types?.map(storable) ?? null,
    output_bytes: event.output_bytes ?? null,
    reason: text(event.reason),
    page_id: event.page_id.toLowerCase(),
    page_seq: event.page_seq,
    observed_at: momentOf(event.observed_at)
  };
}

function toOccurrence(event: OtherEvent): Occurrence {
  const original = JSON.stringify(event);
  const body = storableValue<Record<string, unknown>>(event);
  // Escapes inside a JSON text are plain letters for whoever stores it.
  if (JSON.stringify(body) !== original) body.original_json = original;
  return {
    id: event.id.toLowerCase(),
    type: event.type,
    observed_at: momentOf(event.observed_at),
    page_id: event.page_id.toLowerCase(),
    page_seq: event.page_seq,
    kernel_id: 'kernel_id' in event && event.kernel_id != null ? storable(event.kernel_id) : null,
    body
  };
}

/** Of a date that {@link checkDates} let through. */
function momentOf(text: string): string {
  return moment(text) ?? text;
}
