import { z } from 'zod';
import { EXECUTION_CLIENTS, EXECUTION_STATUSES } from './status.js';

/** One run as lists show it. */
export const executionSummary = z.object({
  id: z.guid(),
  timestamp: z.iso.datetime(),
  notebook_path: z.string().nullable(),
  cell_number: z.int().nullable(),
  code_preview: z.string().describe('the first 200 characters'),
  status: z.enum(EXECUTION_STATUSES),
  execution_time_ms: z.number().nullable(),
  error_message: z.string().nullable(),
  client: z.enum(EXECUTION_CLIENTS).nullable()
});

/** One run as the portal lists it. */
export type ExecutionSummary = z.infer<typeof executionSummary>;

/** The same with its owner, for lists that may hold several people's. */
export const ownedSummary = executionSummary.extend({ username: z.string() });

/** One run as the portal lists it, with whose it is. */
export type OwnedSummary = z.infer<typeof ownedSummary>;

const wholeExecution = ownedSummary.omit({ code_preview: true }).extend({
  code: z.string().describe('whole, as the kernel got it'),
  cell_id: z.string().nullable(),
  kernel_id: z.string(),
  kernel_name: z.string().nullable(),
  msg_id: z.string().describe('of the execute_request'),
  session_id: z.string().nullable(),
  requested_at: z.iso.datetime().describe("by the client's clock"),
  queued_ms: z.number().nullable(),
  silent: z.boolean().nullable(),
  store_history: z.boolean().nullable(),
  error_name: z.string().nullable(),
  error_traceback: z.string().nullable(),
  error_traceback_length: z.int().nullable().describe('its length before it was cut'),
  output_types: z.array(z.string()).nullable().describe('MIME types displayed; the content is never on record'),
  output_bytes: z.int().nullable(),
  reason: z.string().nullable(),
  code_json: z.string().nullable().describe('the exact code where it holds what text in Postgres can not'),
  witnessed: z.boolean().describe('whether its end was told by a page that did not send it'),
  page_id: z.guid(),
  page_seq: z.int(),
  observed_at: z.iso.datetime(),
  stored_at: z.iso.datetime(),
  completed_at: z.iso.datetime().nullable()
});

const cellVersion = z.object({
  id: z.guid(),
  timestamp: z.iso.datetime(),
  cell_number: z.int().nullable(),
  status: z.enum(EXECUTION_STATUSES),
  code: z.string()
});

/** An earlier run of the same cell. */
export type CellVersion = z.infer<typeof cellVersion>;

/** What one execution's screen shows. */
export const executionDetail = z.object({
  execution: wholeExecution,
  before: z.array(ownedSummary).describe('runs before it in its kernel, the latest first; the reader may see these'),
  after: z.array(ownedSummary).describe('runs after it in its kernel, the earliest first'),
  versions: z
    .array(cellVersion)
    .describe('earlier runs of the same cell by the same person, where its code was another; the latest first')
});

/** One execution with all that stands around it. */
export type ExecutionDetail = z.infer<typeof executionDetail>;

/** A page of a feed, and where the next one begins. */
export const activityPage = z.object({
  items: z.array(ownedSummary),
  next: z.string().nullable().describe('what to ask as `cursor` for the page after this one; null: this is the last')
});

/** A page of a person's feed, newest first. */
export type ActivityPage = z.infer<typeof activityPage>;

/** What a feed is asked by. */
export const activityQuery = z.object({
  user: z.string().min(1).max(255).optional().describe('whose; your own by default, others for auditors and admins'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(1024).optional().describe('`next` of the page before')
});

/** Routes that read executions. */
export const EXECUTION_ROUTES = {
  getExecution: {
    method: 'get',
    path: '/api/executions/:id',
    role: 'analyst',
    params: z.object({ id: z.guid().describe('the execution id') }),
    answer: executionDetail,
    says: 'One run whole: code, error, context, its neighbours in the kernel, earlier versions of its cell.'
  },
  getActivity: {
    method: 'get',
    path: '/api/v1/activity',
    role: 'analyst',
    query: activityQuery,
    answer: activityPage,
    says: "A feed of runs, newest first, page by page; another person's for auditors and admins, which goes on record."
  }
} as const;
